//! XML bodies: the element, attribute or text of each value (OAS 3.0.4 §4.7.26, OAS 3.2 "XML Object").
//!
//! The XML Object of a schema applies to its place. A reference has that of its target, unless it has one of
//! its own. The name of an element is the schema's, else the property's, else, of a whole document, the component's.

use std::collections::{BTreeSet, HashMap};

use crate::ir::{Api, Media, Object, Rest, ScalarType, SchemaId, Shape, Use, Xml, XmlNode};
use crate::media_type;
use crate::plan::naming::type_names::Names;
use crate::rust::name::{Case, Name, Scope};
use crate::rust::{XmlContent, XmlDocument, XmlElement, XmlKind, XmlMember, XmlPlan, XmlTable};

/// The reason why a value can't be written as XML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct XmlUnsupported(pub(crate) String);

impl From<&str> for XmlUnsupported {
    fn from(reason: &str) -> Self {
        XmlUnsupported(reason.to_owned())
    }
}

impl From<String> for XmlUnsupported {
    fn from(reason: String) -> Self {
        XmlUnsupported(reason)
    }
}

/// The documents of all XML bodies and parts, each with its constant.
#[derive(Default)]
pub(crate) struct Documents {
    bodies: HashMap<SchemaId, Result<Name, XmlUnsupported>>,
    parts: HashMap<(SchemaId, String), Result<Name, XmlUnsupported>>,
}

impl Documents {
    /// Returns the constant of the document that a body is.
    pub(crate) fn of(&self, usage: &Use) -> Result<&Name, &XmlUnsupported> {
        self.bodies.get(&usage.schema).map_or(Err(&NOT_PLANNED), Result::as_ref)
    }

    /// Returns the constant of the document that the part of this name is.
    pub(crate) fn part(&self, usage: &Use, name: &str) -> Result<&Name, &XmlUnsupported> {
        self.parts.get(&(usage.schema, name.to_owned())).map_or(Err(&NOT_PLANNED), Result::as_ref)
    }
}

static NOT_PLANNED: XmlUnsupported = XmlUnsupported(String::new());

/// The documents and tables so far.
#[derive(Default)]
struct Found {
    names: Scope,
    documents: Vec<XmlDocument>,
    /// Each table with the schema of its object; `None` while it is being made.
    tables: Vec<(SchemaId, Option<Vec<XmlMember>>)>,
}

/// Plans the XML of every body and part: the documents by their uses, and the tables, if there are any.
pub(crate) fn xml(api: &Api, names: &Names) -> (Documents, Option<XmlPlan>) {
    let (mut found, mut documents) = (Found::default(), Documents::default());
    for operation in &api.operations {
        for media in operation.body.iter().flat_map(|body| &body.content) {
            let Some(usage) = &media.schema else { continue };
            if media_type::is_xml(&media.content_type) {
                documents.bodies.entry(usage.schema).or_insert_with(|| found.document(api, names, usage, None));
            }
            for (usage, name) in parts(api, media, usage) {
                let key = (usage.schema, name.to_owned());
                documents.parts.entry(key).or_insert_with(|| found.document(api, names, usage, Some(name)));
            }
        }
        let responses = operation.responses.iter().flat_map(|response| &response.content);
        for media in responses.filter(|media| media_type::is_xml(&media.content_type)) {
            let Some(usage) = &media.schema else { continue };
            documents.bodies.entry(usage.schema).or_insert_with(|| found.document(api, names, usage, None));
        }
    }
    (documents, found.finish(names))
}

/// The members of a body that may be XML by their `encoding`, each with its name; each item of a list is a part, and therefore a document.
fn parts<'a>(api: &'a Api, media: &'a Media, usage: &Use) -> impl Iterator<Item = (&'a Use, &'a str)> {
    let object = match &api.schemas.get(api.schemas.resolve(usage.schema)).shape {
        Shape::Object(object) if media_type::is_multipart(&media.content_type) => Some(object),
        _ => None,
    };
    let properties = object.into_iter().flat_map(|object| &object.properties);
    properties.filter_map(|property| {
        let encoding = media.encoding_of(&property.name)?;
        let stated = encoding.content_type.as_deref()?;
        if !stated.split(',').all(|stated| media_type::is_xml(stated.trim())) {
            return None;
        }
        let items = match &api.schemas.get(api.schemas.resolve(property.value.schema)).shape {
            Shape::Array { items, .. } => items,
            _ => &property.value,
        };
        Some((items, property.name.as_str()))
    })
}

impl Found {
    /// Plans a document; `name` is the root's name if the schema states none.
    fn document(&mut self, api: &Api, names: &Names, usage: &Use, name: Option<&str>) -> Result<Name, XmlUnsupported> {
        let before = self.tables.len();
        let mut planner = Planner { api, names, found: self, within: Vec::new() };
        match planner.root(usage, name) {
            Ok(root) => Ok(self.claim(root)),
            Err(reason) => {
                // Tables that were made on the way may refer to values without an XML form.
                self.tables.truncate(before);
                Err(reason)
            }
        }
    }

    fn finish(self, items: &Names) -> Option<XmlPlan> {
        let Found { mut names, documents, tables } = self;
        if documents.is_empty() {
            return None;
        }
        let mut table = |(id, members): (SchemaId, Option<Vec<XmlMember>>)| {
            let ty = items.of(id).cloned().unwrap_or_else(|| Scope::new().claim("object", Case::Type));
            let constant = names.claim(&format!("{} content", ty.bare()), Case::Constant);
            XmlTable { constant, ty, members: members.unwrap_or_default() }
        };
        Some(XmlPlan { documents, tables: tables.into_iter().map(&mut table).collect() })
    }

    fn claim(&mut self, root: XmlElement) -> Name {
        if let Some(known) = self.documents.iter().find(|known| known.root == root) {
            return known.constant.clone();
        }
        let constant = self.names.claim(&root.name, Case::Constant);
        self.documents.push(XmlDocument { constant: constant.clone(), root });
        constant
    }
}

struct Planner<'a> {
    api: &'a Api,
    names: &'a Names,
    found: &'a mut Found,
    /// The objects that share the current element.
    within: Vec<SchemaId>,
}

/// The XML facts of a place, with references resolved.
struct Said<'a> {
    node: Option<XmlNode>,
    /// The XML facts with the name: those of the nearest schema that states one.
    naming: Option<&'a Xml>,
    /// The prefix of the nearest schema that states one.
    prefix: Option<&'a str>,
    /// The component that the place refers to first.
    component: Option<&'a str>,
    /// The target of the references.
    id: SchemaId,
}

impl<'a> Planner<'a> {
    fn root(&mut self, usage: &Use, place: Option<&str>) -> Result<XmlElement, XmlUnsupported> {
        let said = self.said(usage)?;
        let root = self.node(usage, said.component.or(place))?;
        match (&root.kind, &root.content) {
            (XmlKind::Element, XmlContent::Object(_) | XmlContent::List(_)) => Ok(root),
            (XmlKind::Element, _) => Err("it is no object".into()),
            _ => Err("no element is the root".into()),
        }
    }

    fn said(&self, usage: &Use) -> Result<Said<'a>, XmlUnsupported> {
        let schemas = &self.api.schemas;
        let mut said = Said { node: None, naming: None, prefix: None, component: None, id: usage.schema };
        for _ in 0..=schemas.len() {
            let schema = schemas.get(said.id);
            let alias = match &schema.shape {
                Shape::Alias(target) => Some(target.schema),
                _ => None,
            };
            said.component = said.component.or(schema.component.as_deref());
            // A reference with `nodeType: none` has the node of its target.
            let xml = schemas.xml(said.id).filter(|xml| alias.is_none() || xml.node != Some(XmlNode::None));
            if let Some(xml) = xml {
                if said.node == Some(XmlNode::Element) && xml.node == Some(XmlNode::Element) {
                    return Err("a reference and what it refers to are an element each".into());
                }
                said.node = said.node.or(xml.node);
                said.naming = said.naming.or((xml.name.is_some() || xml.namespace.is_some()).then_some(xml));
                // Stated alone, it does not take the name from what the place refers to.
                said.prefix = said.prefix.or(xml.prefix.as_deref());
            }
            match alias {
                Some(target) => said.id = target,
                None => break,
            }
        }
        Ok(said)
    }

    /// A node for a value; `inferred` is its name if no name is stated.
    fn node(&mut self, usage: &Use, inferred: Option<&str>) -> Result<XmlElement, XmlUnsupported> {
        let said = self.said(usage)?;
        let shape = &self.api.schemas.get(said.id).shape;
        let kind = match said.node {
            Some(XmlNode::Element) => XmlKind::Element,
            Some(XmlNode::Attribute) => XmlKind::Attribute,
            Some(XmlNode::Text) => XmlKind::Text,
            Some(XmlNode::Cdata) => XmlKind::Cdata,
            Some(XmlNode::None) => XmlKind::Bare,
            None if matches!(shape, Shape::Array { .. }) => XmlKind::Bare,
            None => XmlKind::Element,
        };
        let has_name = matches!(kind, XmlKind::Element | XmlKind::Attribute);
        let named = said.naming.filter(|_| has_name);
        let name = match kind {
            XmlKind::Element | XmlKind::Attribute => {
                let name = named.and_then(|xml| xml.name.as_deref()).or(inferred);
                name.ok_or("nothing says the name of its element")?.to_owned()
            }
            XmlKind::Text | XmlKind::Cdata | XmlKind::Bare => String::new(),
        };
        let prefix = said.prefix.filter(|_| has_name).map(str::to_owned);
        for name in [Some(&name), prefix.as_ref()].into_iter().flatten().filter(|name| !name.is_empty()) {
            if !is_name(name) {
                return Err(format!("`{name}` is no name in XML").into());
            }
        }
        let outer = if kind == XmlKind::Bare { Vec::new() } else { std::mem::take(&mut self.within) };
        // Items of a list without an element of its own are named by the property, and those of a wrapped list like the element.
        let content = self.content(said.id, if kind == XmlKind::Element { Some(&name) } else { inferred });
        if kind != XmlKind::Bare {
            self.within = outer;
        }
        let content = content?;
        let is_scalar = matches!(content, XmlContent::Text | XmlContent::Number | XmlContent::Boolean);
        match kind {
            XmlKind::Attribute | XmlKind::Text | XmlKind::Cdata if !is_scalar => {
                return Err(format!("{} is to be text", what(inferred)).into());
            }
            XmlKind::Bare if is_scalar => return Err(format!("{} has no node", what(inferred)).into()),
            _ => {}
        }
        let namespace = named.and_then(|xml| xml.namespace.clone());
        let nullable = self.api.schemas.is_nullable(usage);
        Ok(XmlElement { kind, name, prefix, namespace, nullable, content })
    }

    fn content(&mut self, id: SchemaId, inferred: Option<&str>) -> Result<XmlContent, XmlUnsupported> {
        let api = self.api;
        match &api.schemas.get(id).shape {
            Shape::Boolean => Ok(XmlContent::Boolean),
            Shape::Integer { .. } | Shape::Number { .. } => Ok(XmlContent::Number),
            Shape::String { .. } => Ok(XmlContent::Text),
            Shape::Enumeration(found) if found.of == Some(ScalarType::Boolean) => Ok(XmlContent::Boolean),
            Shape::Enumeration(found) if found.values.iter().all(serde_json::Value::is_string) => Ok(XmlContent::Text),
            Shape::Enumeration(found) if found.values.iter().all(serde_json::Value::is_i64) => Ok(XmlContent::Number),
            Shape::Enumeration(_) => Err(format!("{} is one of values of several types", what(inferred)).into()),
            Shape::Object(object) => self.object(id, object, inferred),
            Shape::Array { items, .. } => {
                let item = self.node(items, inferred)?;
                match item.kind {
                    XmlKind::Element => Ok(XmlContent::List(Box::new(item))),
                    _ => Err(format!("the items of {} are no elements", what(inferred)).into()),
                }
            }
            Shape::Tuple { .. } => Err(format!("{} is a list of different things", what(inferred)).into()),
            Shape::Union(_) => {
                Err(format!("nothing in XML says which of several schemas {} has", what(inferred)).into())
            }
            Shape::Any(_) | Shape::Never => Err(format!("{} has no type", what(inferred)).into()),
            Shape::Alias(_) => Err(format!("{} refers to itself", what(inferred)).into()),
        }
    }

    /// The members of an object, which have a table of their own.
    fn object(&mut self, id: SchemaId, object: &Object, inferred: Option<&str>) -> Result<XmlContent, XmlUnsupported> {
        let open = !matches!(object.rest, Rest::Open | Rest::Closed) || !object.patterns.is_empty();
        if open || object.properties.is_empty() {
            return Err(format!("{} may have members that have no name", what(inferred)).into());
        }
        if self.within.contains(&id) {
            return Err(format!("{} would hold itself, without an element between", what(inferred)).into());
        }
        if let Some(index) = self.found.tables.iter().position(|(known, _)| *known == id) {
            return Ok(XmlContent::Object(index));
        }
        let index = self.found.tables.len();
        self.found.tables.push((id, None));
        self.within.push(id);
        let mut members = Vec::with_capacity(object.properties.len());
        for property in &object.properties {
            let node = self.node(&property.value, Some(&property.name))?;
            members.push(XmlMember { property: property.name.clone(), required: property.required, node });
        }
        self.within.pop();
        self.check_apart(&members)?;
        // Equal structures are one type, and usually one table.
        let same = self.found.tables[..index]
            .iter()
            .position(|(other, known)| self.names.of(*other) == self.names.of(id) && known.as_ref() == Some(&members));
        if let Some(same) = same.filter(|_| index + 1 == self.found.tables.len()) {
            self.found.tables.pop();
            return Ok(XmlContent::Object(same));
        }
        self.found.tables[index].1 = Some(members);
        Ok(XmlContent::Object(index))
    }

    /// Checks that the nodes in one element are distinct.
    fn check_apart(&self, members: &[XmlMember]) -> Result<(), XmlUnsupported> {
        let mut seen = BTreeSet::new();
        let mut waiting: Vec<&XmlElement> = members.iter().map(|member| &member.node).collect();
        while let Some(node) = waiting.pop() {
            let key = match (node.kind, &node.content) {
                (XmlKind::Attribute, _) => (1, node.name.as_str()),
                (XmlKind::Element, _) => (0, node.name.as_str()),
                (XmlKind::Text | XmlKind::Cdata, _) => (2, "text"),
                (XmlKind::Bare, XmlContent::List(item)) => {
                    waiting.push(item);
                    continue;
                }
                (XmlKind::Bare, XmlContent::Object(table)) => {
                    let members = self.found.tables[*table].1.iter().flatten();
                    waiting.extend(members.map(|member| &member.node));
                    continue;
                }
                (XmlKind::Bare, XmlContent::Text | XmlContent::Number | XmlContent::Boolean) => continue,
            };
            if !seen.insert(key) {
                return Err(format!("two members are `{}`", key.1).into());
            }
        }
        Ok(())
    }
}

fn what(name: Option<&str>) -> String {
    name.map_or_else(|| "it".to_owned(), |name| format!("`{name}`"))
}

/// A name without a colon (Namespaces in XML 1.0, `NCName`), somewhat stricter for letters beyond ASCII.
fn is_name(name: &str) -> bool {
    let mut characters = name.chars();
    let first = characters.next().is_some_and(|first| first == '_' || first.is_alphabetic());
    first && !name.starts_with("xmlns") && characters.all(|other| other.is_alphanumeric() || "-_.".contains(other))
}
