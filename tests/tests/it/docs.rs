//! Tests of the docs: `rules.md` equals the catalogue, every recipe of the cookbook works, and every link has a target.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use clientwright::diagnostics::{Kind, Rule};
use clientwright::render::Format;
use clientwright::{NoFiles, Options, Source, generate, has_overlay};
use clientwright_tests::inputs::{WEBHOOKS_API, root, source};
use pulldown_cmark::{Event, Options as MarkdownOptions, Parser, Tag, TagEnd};

/// Returns the text of `docs/rules.md`.
fn rules() -> String {
    let mut page =
        "# Rules\n\nAll findings that can be reported. `clientwright explain CODE` prints the same with an example.\n\n\
         ## Severity\n\n\
         - An **error** is for a document that cannot be understood or trusted, and for an operation or a type that would be wrong. \
         Nothing is written. All errors of all stages are reported in one run.\n\
         - A **warning** is for everything that leaves operations and types right. A fault in prose, in a component that nothing uses, in \
         one security scheme or flow, header, response or example leaves that part out, and the message says what was left out.\n\
         - A **note** is for a part of the document that the crate does not represent, and that a caller may miss.\n\n\
         A fault has the same severity in every version, in the document and in the files that it refers to, and with overlays. \
         `strict` makes an error of everything that violates the specification.\n\n\
         A published document is corrected in an overlay. `lint SPEC --overlay-for CODE` writes the actions for findings of CODES.\n"
            .replace("CODES", &settled());
    for (kind, title, about) in [
        (Kind::Rejected, "Rejected", "An error. The document cannot be used as it is."),
        (
            Kind::Repaired,
            "Repaired",
            "A warning, and an error with `strict`. The document violates the specification, but its meaning is clear.",
        ),
        (Kind::Suspect, "Suspect", "A warning. The construct is allowed, but probably a mistake."),
        (
            Kind::Lost,
            "Lost",
            "A note, and an error with `deny-loss` unless an allowance permits it. The crate does not represent the construct, or only in part.",
        ),
        (
            Kind::Proposed,
            "Proposed",
            "A note of `lint`. Names suggest that more could be made of the construct, and nothing is until the document or an option says so.",
        ),
        (
            Kind::Equivalent,
            "Equivalent",
            "A note, shown with `--verbose`. The crate represents the construct in another form, and nothing is lost.",
        ),
    ] {
        let _ = write!(
            page,
            "\n## {title}\n\n{about}\n\n| code | finding | explanation | correction |\n|---|---|---|---|\n"
        );
        for entry in Rule::ALL.iter().map(|rule| rule.entry()).filter(|entry| entry.kind == kind) {
            // In code, an entity is not decoded.
            let part =
                |(index, text): (usize, &str)| if index % 2 == 0 { text.replace('<', "&lt;") } else { text.to_owned() };
            let escaped = |text: &str| text.split('`').enumerate().map(part).collect::<Vec<_>>().join("`");
            let cell = |text: &str| escaped(text).replace('|', "\\|").replace('\n', " ");
            let cells = [entry.code, entry.title, entry.explanation, entry.way_out].map(cell);
            let _ = writeln!(page, "| {} |", cells.join(" | "));
        }
    }
    page
}

/// Returns the codes of the rules whose findings an overlay can settle.
fn settled() -> String {
    let codes: Vec<&str> = Rule::ALL.iter().filter(|rule| has_overlay(**rule)).map(|rule| rule.code()).collect();
    codes.join(", ")
}

#[test]
fn the_list_of_rules_is_the_catalogue() {
    let file = root().join("docs/rules.md");
    let wanted = rules();
    if std::env::var("INSTA_UPDATE").is_ok_and(|how| how == "always") {
        fs::write(&file, &wanted).unwrap();
    }
    let there = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        there == wanted,
        "docs/rules.md is not what the catalogue says: run this test once with INSTA_UPDATE=always"
    );
}

/// Returns the YAML blocks of a page that are overlays.
fn overlays(page: &str) -> Vec<String> {
    let blocks = page.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next());
    blocks.filter(|block| block.starts_with("overlay:")).map(str::to_owned).collect()
}

#[test]
fn every_recipe_is_an_overlay_that_changes_something() {
    let page = fs::read_to_string(root().join("docs/cookbook.md")).unwrap();
    let recipes = overlays(&page);
    assert!(recipes.len() >= 8, "{} recipes", recipes.len());
    let spec = source(WEBHOOKS_API);
    let options = Options::new("webhooks-api");
    let plain = generate(&spec, &[], &NoFiles, &options).product.expect("the document is fine").files;
    for recipe in recipes {
        let overlay = Source { name: "recipe.yaml".to_owned(), bytes: recipe.clone().into_bytes() };
        let report = generate(&spec, std::slice::from_ref(&overlay), &NoFiles, &options);
        let said = report.render(&[&spec, &overlay], Format::Short, false);
        assert!(!said.contains("recipe.yaml"), "{recipe}\n{said}");
        let files = report.product.unwrap_or_else(|| panic!("{recipe}\n{said}")).files;
        assert!(files != plain, "changes nothing: {recipe}");
    }
}

/// The pages of the project, each with its text.
fn pages() -> Vec<(PathBuf, String)> {
    let top = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md"].map(|page| root().join(page));
    let docs = fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let pages = top.into_iter().chain(docs).filter(|page| page.extension().is_some_and(|extension| extension == "md"));
    pages.map(|page| (page.canonicalize().unwrap(), fs::read_to_string(&page).unwrap())).collect()
}

/// Returns the relative links of a page, and the anchors of its headings as GitHub names them.
fn links_and_anchors(page: &str) -> (Vec<String>, HashSet<String>) {
    let (mut links, mut anchors, mut heading) = (Vec::new(), HashSet::new(), None::<String>);
    for event in Parser::new_ext(page, MarkdownOptions::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) if !dest_url.contains("://") => links.push(dest_url.to_string()),
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => {
                let text = heading.take().unwrap_or_default().to_lowercase().replace(' ', "-");
                anchors.insert(text.replace(|sign: char| !sign.is_alphanumeric() && sign != '-' && sign != '_', ""));
            }
            Event::Text(text) | Event::Code(text) => heading.iter_mut().for_each(|heading| heading.push_str(&text)),
            _ => {}
        }
    }
    (links, anchors)
}

#[test]
fn every_link_of_the_docs_has_a_target() {
    let pages = pages();
    let anchors: HashMap<&Path, HashSet<String>> =
        pages.iter().map(|(page, text)| (page.as_path(), links_and_anchors(text).1)).collect();
    let mut broken = Vec::new();
    for (page, text) in &pages {
        for link in links_and_anchors(text).0 {
            let (file, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let beside = || page.parent().unwrap().join(file).canonicalize();
            // The book has the pages of the root beside those of `docs`.
            let in_book = |_| if page.ends_with("SUMMARY.md") { root().join(file).canonicalize() } else { beside() };
            let target = if file.is_empty() { Ok(page.clone()) } else { beside().or_else(in_book) };
            let is_there = target.is_ok_and(|target| {
                anchor.is_empty() || anchors.get(target.as_path()).is_none_or(|anchors| anchors.contains(anchor))
            });
            if !is_there {
                broken
                    .push(format!("{}: {link}", page.strip_prefix(root().canonicalize().unwrap()).unwrap().display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
