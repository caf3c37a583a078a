//! Names of components that FastAPI makes from routes and modules.

use std::collections::{BTreeMap, BTreeSet};

use super::method_name::without_route;
use super::words::fold;
use crate::ir::Api;

/// The shorter names of components, by their keys, where no other component has them.
pub(super) fn shorter<'a>(api: &'a Api, keys: &[&'a str]) -> BTreeMap<&'a str, String> {
    let mut found = bodies(api, keys);
    found.extend(of_modules(keys));
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for name in keys.iter().map(|key| fold(key)).chain(found.values().map(|name| fold(name))) {
        *counts.entry(name).or_default() += 1;
    }
    found.retain(|_, name| counts[&fold(name)] == 1);
    found
}

/// The body of `upload_file_v1_files_post` is `Body_upload_file_v1_files_post`, and so it is if the operation has another id: it is
/// `upload_file Body`.
fn bodies<'a>(api: &'a Api, keys: &[&'a str]) -> BTreeMap<&'a str, String> {
    const MARK: &str = "Body_";
    let marked: Vec<&str> = keys.iter().copied().filter(|key| key.contains(MARK)).collect();
    if marked.is_empty() {
        return BTreeMap::new();
    }
    let of_id = api.operations.iter().filter_map(|operation| {
        let id = operation.id.as_deref()?;
        let own = without_route(id, operation.path.text());
        (own.len() < id.len()).then(|| id[own.len()..].to_owned())
    });
    let of_path = api.operations.iter().map(|operation| {
        let path = operation.path.text().split(['#', '?']).next().unwrap_or_default();
        let flat = |sign: char| if sign.is_alphanumeric() { sign } else { '_' };
        format!("{}_{}", path.chars().map(flat).collect::<String>(), operation.method.to_ascii_lowercase())
    });
    let routes: BTreeSet<String> = of_id.chain(of_path).collect();
    let named = |key: &'a str| {
        let (before, function) = key.split_once(MARK)?;
        let own = routes.iter().filter_map(|route| function.strip_suffix(route.as_str()));
        let own = own.filter(|own| !own.is_empty()).min_by_key(|own| own.len())?;
        Some((key, format!("{before} {own} Body")))
    };
    marked.into_iter().filter_map(named).collect()
}

/// Of two classes with one name, pydantic writes the modules as well: `shop__models__User` and `shop__schemas__User` are told apart by one of
/// these.
fn of_modules<'a>(keys: &[&'a str]) -> BTreeMap<&'a str, String> {
    let mut classes: BTreeMap<&str, Vec<(&'a str, Vec<&str>)>> = BTreeMap::new();
    for key in keys {
        let mut modules: Vec<&str> = key.split("__").collect();
        let Some(class) = modules.pop().filter(|class| class.starts_with(|first: char| first.is_uppercase())) else {
            continue;
        };
        let is_module = |name: &&str| name.starts_with(|first: char| first.is_ascii_lowercase());
        if !modules.is_empty() && modules.iter().all(is_module) {
            classes.entry(class).or_default().push((key, modules));
        }
    }
    let mut found = BTreeMap::new();
    for (class, places) in classes {
        let deepest = places.iter().map(|(_, modules)| modules.len()).max().unwrap_or_default();
        let tells = |at: &usize| {
            let names: Option<BTreeSet<&str>> = places.iter().map(|(_, modules)| modules.get(*at).copied()).collect();
            names.is_some_and(|names| names.len() == places.len())
        };
        match (places.as_slice(), (0..deepest).find(tells)) {
            ([(key, _)], _) => drop(found.insert(*key, class.to_owned())),
            (_, Some(at)) => {
                found.extend(places.iter().map(|(key, modules)| (*key, format!("{} {class}", modules[at]))))
            }
            (_, None) => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_have_the_module_that_tells_them_apart() {
        let keys = [
            "shop__db__types__User",
            "ui_kit__types__User",
            "shop__models__Order",
            "shop__schemas__Order",
            "shop__models__Item",
            "Plain",
            "Not__AModule",
            "shop__a__Deep",
            "shop__a__b__Deep",
        ];
        let found: Vec<(&str, String)> = of_modules(&keys).into_iter().collect();
        let expected = [
            ("shop__db__types__User", "shop User"),
            ("shop__models__Item", "Item"),
            ("shop__models__Order", "models Order"),
            ("shop__schemas__Order", "schemas Order"),
            ("ui_kit__types__User", "ui_kit User"),
        ];
        assert_eq!(found, expected.map(|(key, name)| (key, name.to_owned())));
    }
}
