//! stub
/// stub
pub fn from_path(method: &str, path: &str, collection: bool, prefix: &[&str], has_put: bool) -> String {
    let _ = (collection, prefix, has_put);
    format!("{method} {path}")
}
/// stub
pub fn from_operation_id(id: &str, group: &str) -> String {
    let _ = group;
    id.to_owned()
}
/// stub
pub fn group_prefix(paths: &[&str]) -> Vec<String> {
    let _ = paths;
    vec![]
}
