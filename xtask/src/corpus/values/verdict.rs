//! Verdicts on the alternatives and listed values of a document.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Value, json};

use super::document::{Document, Judge, Kind, Place, members};
use super::instances::Maker;
use super::program::Reading;

/// The type at a place, by the generator.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) catch_all: Option<String>,
    /// True for the type that is sent, where another comes back.
    pub(crate) sent: bool,
}

/// The alternatives of a union, or the values of an enumeration, with the instances of each.
pub(crate) struct Case {
    pub(crate) place: Place,
    pub(crate) named: Named,
    pub(crate) sides: Vec<Side>,
}

/// An alternative or a value.
pub(crate) struct Side {
    /// `oneOf/2`, or the value.
    pub(crate) label: String,
    pub(crate) instances: Vec<Value>,
    /// The schema of the alternative, references followed, by which equal alternatives are found.
    pub(crate) target: Value,
}

/// The means by which a document is judged.
#[derive(Default)]
pub(crate) struct Cases {
    pub(crate) cases: Vec<Case>,
    /// The reasons why alternatives and values are not judged, with the number of either: (alternatives, values).
    pub(crate) left_out: BTreeMap<&'static str, (usize, usize)>,
}

/// Instances of an alternative that are judged.
const MOST: usize = 6;

impl Cases {
    /// Every instance with the name of the type that it is read as.
    pub(crate) fn instances(&self) -> Vec<(String, Value)> {
        let sides = self.cases.iter().flat_map(|case| case.sides.iter().map(move |side| (case, side)));
        sides
            .flat_map(|(case, side)| side.instances.iter().map(|value| (case.named.name.clone(), value.clone())))
            .collect()
    }
}

/// The alternatives and values of a document that can be judged.
pub(crate) fn cases(document: &Document, types: &HashMap<String, Named>) -> Cases {
    let mut judge = Judge::of(document);
    let mut found = Cases::default();
    for place in document.places() {
        let Some(schema) = document.root.pointer(&place.pointer) else { continue };
        let named = types.get(&place.pointer).cloned();
        match place.kind {
            Kind::Enumeration => {
                let values: Vec<&Value> =
                    schema["enum"].as_array().into_iter().flatten().filter(|value| !value.is_null()).collect();
                let count = values.len();
                let mut leave = |why| found.left_out.entry(why).or_default().1 += count;
                if count == 1 {
                    leave("a single value, which is a constant");
                    continue;
                }
                if values.iter().all(|value| value.is_boolean()) {
                    leave("booleans");
                    continue;
                }
                let Some(named) = named else {
                    leave(unnamed(&place.pointer));
                    continue;
                };
                let valid = |judge: &mut Option<Judge>, value: &Value| {
                    judge.as_mut().is_none_or(|judge| judge.is_valid(&place.pointer, value) != Some(false))
                };
                let mut sides = Vec::new();
                for value in values {
                    if valid(&mut judge, value) {
                        sides.push(Side {
                            label: value.to_string(),
                            instances: vec![value.clone()],
                            target: value.clone(),
                        });
                    } else {
                        found.left_out.entry("a value that its own schema forbids").or_default().1 += 1;
                    }
                }
                found.cases.push(Case { place, named, sides });
            }
            Kind::Union(key) => {
                let all = schema[key].as_array().cloned().unwrap_or_default();
                let real: Vec<usize> = (0..all.len())
                    .filter(|index| document.resolve(&all[*index]).get("type") != Some(&json!("null")))
                    .collect();
                let Some(named) = named else {
                    found.left_out.entry(unnamed(&place.pointer)).or_default().0 += real.len();
                    continue;
                };
                let Some(judge) = &mut judge else {
                    found.left_out.entry("the validator cannot read the document").or_default().0 += real.len();
                    continue;
                };
                let maker = Maker { document, without: if named.sent { "readOnly" } else { "writeOnly" } };
                let mut sides = Vec::new();
                for index in &real {
                    let mut only = schema.clone();
                    only[key] = json!([all[*index]]);
                    let mut made = maker.make(&only);
                    let tags = tags(document, schema, &all[*index]);
                    if let Some((property, tags)) = &tags {
                        for value in &mut made {
                            let current = value.get(property).and_then(Value::as_str).map(str::to_owned);
                            if let (Value::Object(all), Some(tag)) = (value, tags.iter().next())
                                && current.is_none_or(|current| !tags.contains(&current))
                            {
                                all.insert(property.clone(), json!(tag));
                            }
                        }
                    }
                    made.dedup();
                    let mut own = Vec::new();
                    let (mut is_valid_at_all, mut others_too) = (false, false);
                    for value in made {
                        if judge.is_valid(&place.pointer, &value) == Some(false) && !(key == "oneOf" && tags.is_some())
                        {
                            continue;
                        }
                        let valid: Vec<usize> = real
                            .iter()
                            .copied()
                            .filter(|other| {
                                judge.is_valid(&format!("{}/{key}/{other}", place.pointer), &value) == Some(true)
                            })
                            .collect();
                        if !valid.contains(index) {
                            continue;
                        }
                        is_valid_at_all = true;
                        let tag_is_its_own = tags.as_ref().is_some_and(|(property, own)| {
                            let tag = value.get(property).and_then(Value::as_str);
                            tag.is_some_and(|tag| own.contains(tag))
                                && real.iter().filter(|other| *other != index).all(|other| {
                                    self::tags(document, schema, &all[*other])
                                        .is_none_or(|(_, theirs)| tag.is_none_or(|tag| !theirs.contains(tag)))
                                })
                        });
                        if valid == [*index] || tag_is_its_own {
                            own.push(value);
                        } else {
                            others_too = true;
                        }
                    }
                    own.truncate(MOST);
                    if own.is_empty() {
                        let why = match (is_valid_at_all, others_too) {
                            (true, _) => "the validator finds every instance valid for another alternative as well",
                            (false, _) => "no instance could be made",
                        };
                        found.left_out.entry(why).or_default().0 += 1;
                        continue;
                    }
                    sides.push(Side {
                        label: format!("{key}/{index}"),
                        instances: own,
                        target: document.resolve(&all[*index]).clone(),
                    });
                }
                found.cases.push(Case { place, named, sides });
            }
        }
    }
    found
}

fn unnamed(pointer: &str) -> &'static str {
    if pointer.contains("/allOf/") {
        "a part of an allOf: the type is that of the whole"
    } else if pointer.contains("/parameters/") || pointer.contains("/headers/") {
        "a parameter or header without a type of its own"
    } else {
        "no type of its own"
    }
}

/// The discriminator's property, and its values for an alternative.
fn tags(document: &Document, union: &Value, alternative: &Value) -> Option<(String, BTreeSet<String>)> {
    let discriminator = union.get("discriminator")?;
    let property = discriminator.get("propertyName")?.as_str()?.to_owned();
    let reference = alternative.get("$ref").and_then(Value::as_str)?;
    let name = reference.rsplit('/').next().unwrap_or_default();
    let mapping = members(discriminator.get("mapping"));
    let mut tags: BTreeSet<String> = mapping
        .filter(|(_, to)| to.as_str().is_some_and(|to| to == reference || to == name))
        .map(|(tag, _)| tag.clone())
        .collect();
    // A constant of the property in the alternative has precedence over its name.
    let stated =
        document.resolve(alternative).pointer(&format!("/properties/{property}")).map(|it| document.resolve(it));
    let constants: BTreeSet<String> = match stated {
        Some(stated) if stated.get("const").is_some() => {
            stated["const"].as_str().map(str::to_owned).into_iter().collect()
        }
        Some(stated) => stated
            .get("enum")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        None => BTreeSet::new(),
    };
    if tags.is_empty() {
        tags = if constants.is_empty() { BTreeSet::from([name.to_owned()]) } else { constants };
    }
    Some((property, tags))
}

/// The outcome for a document.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) alternatives: usize,
    pub(crate) alternatives_read: usize,
    pub(crate) values: usize,
    pub(crate) values_read: usize,
    /// Exceptions, by reason.
    pub(crate) exceptions: BTreeMap<&'static str, Vec<String>>,
}

impl Tally {
    /// The share of alternatives and of values that read as their own.
    #[expect(clippy::cast_precision_loss, reason = "a corpus has thousands")]
    pub(crate) fn share(&self) -> String {
        let share = |read: usize, all: usize| if all == 0 { 100.0 } else { 100.0 * read as f64 / all as f64 };
        format!(
            "{} of {} alternatives ({:.1} %), {} of {} values ({:.1} %) read as their own",
            self.alternatives_read,
            self.alternatives,
            share(self.alternatives_read, self.alternatives),
            self.values_read,
            self.values,
            share(self.values_read, self.values),
        )
    }

    /// Adds what came of another document.
    pub(crate) fn add(&mut self, other: &Tally) {
        self.alternatives += other.alternatives;
        self.alternatives_read += other.alternatives_read;
        self.values += other.values;
        self.values_read += other.values_read;
        for (why, lines) in &other.exceptions {
            self.exceptions.entry(why).or_default().extend(lines.iter().cloned());
        }
    }
}

/// Returns whether a schema lists its values.
fn is_list(schema: &Value) -> bool {
    schema.get("enum").is_some() || schema.get("const").is_some()
}

/// Judges readings, which come in the order of the cases' instances.
pub(crate) fn judge(cases: &Cases, readings: &[Reading]) -> Tally {
    let mut tally = Tally::default();
    let mut readings = readings.iter();
    for case in &cases.cases {
        let mut heads: Vec<(usize, BTreeSet<(&str, &str)>)> = Vec::new();
        let is_enumeration = case.place.kind == Kind::Enumeration;
        let mut faults: Vec<Option<(&'static str, String)>> = Vec::new();
        for (index, side) in case.sides.iter().enumerate() {
            let mut fault = None;
            let mut own = BTreeSet::new();
            // A list of values may be several variants, of the type or of the one that a variant holds.
            let is_list = is_list(&side.target);
            // Plain text beside lists of values is the catch-all: the type is an open enumeration, and the document says that it is open.
            let is_rest = side.target.get("type") == Some(&json!("string"))
                && !is_list
                && case.sides.iter().all(|other| std::ptr::eq(other, side) || self::is_list(&other.target));
            for instance in &side.instances {
                let reading = readings.next().expect("there is a reading for each instance");
                let text = || instance.to_string().chars().take(240).collect::<String>();
                match reading {
                    Reading::Refused(why) => drop(fault.get_or_insert(("is refused", format!("{why}: {}", text())))),
                    Reading::Read { head, inner, changed } => {
                        own.insert((head.as_str(), if is_list { inner.as_str() } else { "" }));
                        let is_caught = Some(head) == case.named.catch_all.as_ref() && !(is_rest && inner.is_empty());
                        if is_caught || is_list && inner == "Other" {
                            fault.get_or_insert(("reads as the catch-all", text()));
                        } else if let Some(changed) = changed {
                            let changed: String = changed.chars().take(240).collect();
                            fault.get_or_insert(("comes back as something else", format!("{} -> {changed}", text())));
                        }
                    }
                }
            }
            if own.len() > 1 && fault.is_none() && !is_list {
                fault = Some(("reads as several variants", format!("{own:?}")));
            }
            heads.push((index, own));
            faults.push(fault);
        }
        // A type that is no enum has one form for all of its alternatives: nothing is distinguished, and nothing is lost.
        if case.named.catch_all.is_some() {
            for (index, own) in &heads {
                let shared = heads.iter().find(|(other, theirs)| {
                    other != index && !own.is_disjoint(theirs) && case.sides[*other].target != case.sides[*index].target
                });
                if let (Some((other, _)), None) = (shared, &faults[*index]) {
                    faults[*index] =
                        Some(("shares its variant", format!("{own:?}, with {}", case.sides[*other].label)));
                }
            }
        }
        for (side, fault) in case.sides.iter().zip(faults) {
            let (all, read) = if is_enumeration {
                (&mut tally.values, &mut tally.values_read)
            } else {
                (&mut tally.alternatives, &mut tally.alternatives_read)
            };
            *all += 1;
            match fault {
                None => *read += 1,
                Some((why, about)) => {
                    let line = format!("{} {} as {}: {about}", case.place.pointer, side.label, case.named.name);
                    tally.exceptions.entry(why).or_default().push(line);
                }
            }
        }
    }
    tally
}
