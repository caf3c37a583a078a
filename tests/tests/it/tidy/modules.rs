//! The modules of a package, and the paths that each names, as `syn` reads them.
//!
//! Tests are left out, since they may look at a stage from outside, and so is the content of `quote!`: that is the code of the
//! emitted crate and not ours.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Item, ItemImpl, ItemUse, UseTree, Visibility};

/// A path with `self` and `super` resolved: `crate`, then names; or the name of another crate, then names.
pub(crate) type Names = Vec<String>;

/// The modules of a package that are not for tests, each under its path.
#[derive(Debug, Default)]
pub(crate) struct Package {
    pub(crate) modules: BTreeMap<Names, Module>,
}

/// A module: a file, or a part of one.
#[derive(Debug, Default)]
pub(crate) struct Module {
    pub(crate) file: PathBuf,
    /// The names of the items that it defines.
    items: BTreeSet<String>,
    /// The paths that its `use` lines bring in, under the name that they have here.
    imports: BTreeMap<String, Names>,
    /// The imports that are only passed on: public, and not named in the module itself.
    passed_on: BTreeSet<String>,
    globs: Vec<Names>,
    /// The paths of several segments in its code.
    paths: Vec<Names>,
    /// The methods that other files can call.
    methods: Vec<Method>,
    /// The methods that its code calls.
    calls: BTreeSet<String>,
}

/// A method of a type.
#[derive(Debug)]
struct Method {
    name: String,
    ty: String,
    /// Set if the type is defined in the module of the method.
    is_at_home: bool,
}

impl Package {
    /// Reads a package from the file of its root module.
    pub(crate) fn read(root: &Path) -> Self {
        let mut package = Package::default();
        package.read_file(root, vec!["crate".to_owned()]);
        package
    }

    /// Every path that a module names: of its `use` lines, and in its code.
    pub(crate) fn named(&self) -> impl Iterator<Item = (&Names, &Module, &Names)> {
        self.modules.iter().flat_map(|(module, found)| {
            let imports = found.imports.values().chain(&found.globs).chain(&found.paths);
            imports.map(move |path| (module, found, path))
        })
    }

    /// The files of the package that each file imports, with one of the paths by which it does.
    ///
    /// A path counts for the file that defines the name, however many modules pass it on. A call of a method counts where the type
    /// gets the method in another file than its own, since nothing else tells of that file.
    pub(crate) fn imports(&self) -> BTreeMap<&Path, BTreeMap<&Path, String>> {
        let mut edges: BTreeMap<&Path, BTreeMap<&Path, String>> = BTreeMap::new();
        let methods = self.added_methods();
        for (module, found) in &self.modules {
            let to = edges.entry(&found.file).or_default();
            let called = methods.iter().filter(|(method, file)| found.can_call(method) && *file != found.file);
            for (Method { name, ty, .. }, file) in called {
                to.entry(file).or_insert_with(|| format!("{} calls {ty}::{name}", module.join("::")));
            }
            let imports = found.imports.iter().filter(|(name, _)| !found.passed_on.contains(*name));
            let paths = imports.map(|(_, path)| path).chain(&found.globs).chain(&found.paths);
            for path in paths {
                let first_is_here = found.imports.get(&path[0]);
                let whole = match first_is_here {
                    Some(import) => [import.as_slice(), &path[1..]].concat(),
                    None => path.clone(),
                };
                let Some((file, is_module)) = self.resolve(&whole, 0) else { continue };
                // What a name for a module is used for is a path of its own.
                let is_only_a_name = is_module && found.imports.values().any(|import| import == path);
                if file != found.file && !is_only_a_name {
                    to.entry(file).or_insert_with(|| format!("{} names {}", module.join("::"), path.join("::")));
                }
            }
        }
        edges
    }

    /// The methods that a file adds to a type of another, with that file. Of a name that several types have, none is.
    fn added_methods(&self) -> Vec<(&Method, &Path)> {
        let mut named: BTreeMap<&str, Vec<(&Method, &Path)>> = BTreeMap::new();
        for found in self.modules.values() {
            for method in &found.methods {
                named.entry(&method.name).or_default().push((method, &found.file));
            }
        }
        let only = |methods: Vec<_>| if let [only] = methods.as_slice() { Some(*only) } else { None };
        named.into_values().filter_map(only).filter(|(method, _)| !method.is_at_home).collect()
    }

    /// The file that defines the name at the end of a path, and whether that is a module.
    fn resolve(&self, path: &[String], depth: usize) -> Option<(&Path, bool)> {
        if path.first().is_none_or(|first| first != "crate") || depth > 16 {
            return None;
        }
        let mut at = 1;
        while at < path.len() && self.modules.contains_key(&path[..=at]) {
            at += 1;
        }
        let module = self.modules.get(&path[..at])?;
        let Some(name) = path.get(at) else { return Some((&module.file, true)) };
        if module.items.contains(name) {
            return Some((&module.file, false));
        }
        if let Some(import) = module.imports.get(name) {
            let rest = [import.as_slice(), &path[at + 1..]].concat();
            return self.resolve(&rest, depth + 1);
        }
        let through = |glob: &Names| self.resolve(&[glob.as_slice(), &path[at..]].concat(), depth + 1);
        module.globs.iter().find_map(through).or(Some((&module.file, false)))
    }

    fn read_file(&mut self, file: &Path, module: Names) {
        let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let parsed = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        self.read_items(&parsed.items, file, module);
    }

    fn read_items(&mut self, items: &[Item], file: &Path, module: Names) {
        let mut found = Module { file: file.to_owned(), ..Module::default() };
        let mut children = BTreeSet::new();
        let items: Vec<&Item> = items.iter().filter(|item| !is_for_tests(attributes(item))).collect();
        for item in &items {
            found.items.extend(name_of(item));
            if let Item::Mod(child) = item {
                let name = child.ident.to_string();
                let path = [module.as_slice(), std::slice::from_ref(&name)].concat();
                match &child.content {
                    Some((_, items)) => self.read_items(items, file, path),
                    // A file under a second path is read under its first.
                    None if child.attrs.iter().any(|attribute| attribute.path().is_ident("path")) => {}
                    None => {
                        let stated = stated_path(&child.attrs).map(|stated| file.with_file_name("").join(stated));
                        self.read_file(&stated.unwrap_or_else(|| file_of(file, &module, &name)), path);
                    }
                }
                children.insert(name);
            }
        }
        let scope = Scope { module: &module, children: &children };
        let mut code = Vec::new();
        let mut public = BTreeSet::new();
        for item in items {
            if let Item::Impl(block) = item {
                found.add_methods(block);
            }
            match item {
                Item::Use(found_use) => {
                    let mut leaves = Vec::new();
                    scope.leaves(&found_use.tree, &mut Vec::new(), &mut leaves);
                    let is_public = !matches!(found_use.vis, Visibility::Inherited);
                    for (name, path) in leaves {
                        match name {
                            Some(name) => {
                                public.extend(is_public.then(|| name.clone()));
                                found.imports.insert(name, path);
                            }
                            None => found.globs.push(path),
                        }
                    }
                }
                Item::Mod(_) => {}
                item => code.extend(without_tests(item)),
            }
        }
        let mut names = BTreeSet::new();
        for tokens in code {
            scope.paths(tokens, &mut found, &mut names);
        }
        found.passed_on = public.into_iter().filter(|name| !names.contains(name)).collect();
        self.modules.insert(module, found);
    }
}

impl Module {
    /// Records the methods of a block that other files can call, those of traits apart.
    fn add_methods(&mut self, block: &ItemImpl) {
        let syn::Type::Path(path) = &*block.self_ty else { return };
        let Some(ty) = path.path.segments.last().map(|last| last.ident.to_string()) else { return };
        if block.trait_.is_some() {
            return;
        }
        for member in &block.items {
            if let syn::ImplItem::Fn(function) = member
                && !is_for_tests(&function.attrs)
                && !matches!(function.vis, Visibility::Inherited)
            {
                let (name, is_at_home) = (function.sig.ident.to_string(), self.items.contains(&ty));
                self.methods.push(Method { name, ty: ty.clone(), is_at_home });
            }
        }
    }

    /// Returns whether the code calls a method of this name and names the type, which it needs to for most values of it.
    fn can_call(&self, method: &Method) -> bool {
        let names_type = self.imports.contains_key(&method.ty) || self.items.contains(&method.ty);
        names_type && self.calls.contains(&method.name)
    }
}

/// The path of `#[path = "…"]`.
fn stated_path(attributes: &[Attribute]) -> Option<String> {
    let stated = attributes.iter().find(|attribute| attribute.path().is_ident("path"))?;
    match &stated.meta.require_name_value().ok()?.value {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(path), .. }) => Some(path.value()),
        _ => None,
    }
}

/// The file of a module that is declared in another.
fn file_of(parent: &Path, module: &[String], name: &str) -> PathBuf {
    let stem = parent.file_stem().is_some_and(|stem| stem == "lib" || stem == "main" || stem == "mod");
    let folder =
        if module.len() == 1 || stem { parent.parent().unwrap().to_owned() } else { parent.with_extension("") };
    let flat = folder.join(format!("{name}.rs"));
    if flat.is_file() { flat } else { folder.join(name).join("mod.rs") }
}

struct Scope<'a> {
    module: &'a [String],
    children: &'a BTreeSet<String>,
}

impl Scope<'_> {
    /// A path from the root of the crate, or as it stands where it begins with another crate or with a name of the module.
    fn absolute(&self, path: &[String]) -> Names {
        let mut resolved = Names::new();
        for (index, part) in path.iter().enumerate() {
            match part.as_str() {
                "self" | "super" if index == 0 => {
                    resolved.extend(self.module.iter().cloned());
                    if part == "super" {
                        resolved.pop();
                    }
                }
                "super" => drop(resolved.pop()),
                "self" => {}
                name if index == 0 && self.children.contains(name) => {
                    resolved.extend(self.module.iter().cloned());
                    resolved.push(part.clone());
                }
                _ => resolved.push(part.clone()),
            }
        }
        resolved
    }

    /// The ends of a `use`, with the name that each has here; a glob has none.
    fn leaves(&self, tree: &UseTree, before: &mut Names, into: &mut Vec<(Option<String>, Names)>) {
        let end = |name: &syn::Ident, before: &Names| {
            let name = name.to_string();
            if name == "self" { before.clone() } else { [before.as_slice(), &[name]].concat() }
        };
        match tree {
            UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.leaves(&path.tree, before, into);
                before.pop();
            }
            UseTree::Name(name) => {
                let path = end(&name.ident, before);
                into.push((path.last().cloned(), self.absolute(&path)));
            }
            UseTree::Rename(rename) => {
                into.push((Some(rename.rename.to_string()), self.absolute(&end(&rename.ident, before))));
            }
            UseTree::Glob(_) => into.push((None, self.absolute(before))),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.leaves(tree, before, into)),
        }
    }

    /// Collects the paths in code, and all names.
    fn paths(&self, tokens: TokenStream, into: &mut Module, names: &mut BTreeSet<String>) {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while at < trees.len() {
            match &trees[at] {
                TokenTree::Group(group) => self.paths(group.stream(), into, names),
                TokenTree::Ident(ident) if ident == "use" => {
                    let end = trees[at..]
                        .iter()
                        .position(|tree| is_sign(Some(tree), ';'))
                        .map_or(trees.len(), |end| at + end + 1);
                    if let Ok(local) = syn::parse2::<ItemUse>(trees[at..end].iter().cloned().collect()) {
                        let mut leaves = Vec::new();
                        self.leaves(&local.tree, &mut Vec::new(), &mut leaves);
                        into.paths.extend(leaves.into_iter().map(|(_, path)| path));
                        at = end;
                        continue;
                    }
                }
                // `pub(in path)` names a module, and imports nothing of it.
                TokenTree::Ident(ident) if ident == "pub" => {
                    at += 1 + usize::from(matches!(trees.get(at + 1), Some(TokenTree::Group(_))));
                    continue;
                }
                TokenTree::Ident(ident) if is_emitted(&ident.to_string()) && is_sign(trees.get(at + 1), '!') => {
                    at += 3;
                    continue;
                }
                TokenTree::Ident(ident) => {
                    let mut path = vec![ident.to_string()];
                    while is_sign(trees.get(at + 1), ':') && is_sign(trees.get(at + 2), ':') {
                        let Some(TokenTree::Ident(next)) = trees.get(at + 3) else { break };
                        path.push(next.to_string());
                        at += 3;
                    }
                    let of_value = at.checked_sub(1).is_some_and(|before| is_sign(trees.get(before), '.'));
                    if of_value && matches!(trees.get(at + 1), Some(TokenTree::Group(_))) {
                        into.calls.insert(path[0].clone());
                    }
                    names.insert(path[0].clone());
                    if path.len() > 1 {
                        into.paths.push(self.absolute(&path));
                    }
                }
                _ => {}
            }
            at += 1;
        }
    }
}

fn is_sign(tree: Option<&TokenTree>, sign: char) -> bool {
    matches!(tree, Some(TokenTree::Punct(found)) if found.as_char() == sign)
}

/// Macros whose content is code of the emitted crate.
fn is_emitted(name: &str) -> bool {
    matches!(name, "quote" | "quote_spanned" | "parse_quote")
}

/// `#[test]`, `#[cfg(test)]`, and what asks for tests among other things.
fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let path = attribute.path();
        let condition = || attribute.meta.require_list().map(|list| list.tokens.to_string()).unwrap_or_default();
        path.segments.last().is_some_and(|last| last.ident == "test")
            || (path.is_ident("cfg") && (condition() == "test" || condition().starts_with("all (test")))
    })
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn name_of(item: &Item) -> Option<String> {
    let name = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        _ => return None,
    };
    Some(name.to_string())
}

/// The code of an item, less what it has only for tests.
fn without_tests(item: &Item) -> Vec<TokenStream> {
    let Item::Impl(block) = item else { return vec![item.to_token_stream()] };
    let mut head = block.clone();
    head.items.clear();
    let kept = block.items.iter().filter(|member| match member {
        syn::ImplItem::Fn(function) => !is_for_tests(&function.attrs),
        syn::ImplItem::Const(constant) => !is_for_tests(&constant.attrs),
        _ => true,
    });
    std::iter::once(head.to_token_stream()).chain(kept.map(ToTokens::to_token_stream)).collect()
}
