//! XML by tables: documents written by hand, and hostile documents.

use serde_json::{Value, json};

use super::faults::{PostItem, builder};
use super::server::{Server, json as answer};
use crate::runtime::cause::DecodeError;
use crate::runtime::xml_node::{Content, Kind, Node};
use crate::runtime::{xml_read, xml_write};

/// `<zoo:shelf xmlns:zoo="urn:zoo" size="2">` with books in it, each inside an element of its own kind.
static SHELF: Node = Node { name: "shelf", prefix: "zoo", namespace: "urn:zoo", content: &IN_SHELF, ..Node::ELEMENT };

static IN_SHELF: Content = Content::Object(&[
    Node { property: "size", kind: Kind::Attribute, required: true, content: &Content::Number, ..Node::ELEMENT },
    Node { property: "lang", kind: Kind::Attribute, prefix: "xml", ..Node::ELEMENT },
    Node { property: "owner", kind: Kind::Attribute, required: true, nullable: true, ..Node::ELEMENT },
    Node { property: "open", content: &Content::Boolean, nullable: true, ..Node::ELEMENT },
    Node { property: "tags", kind: Kind::Bare, required: true, content: &Content::List(&TAG), ..Node::ELEMENT },
    Node { property: "books", content: &Content::List(&BOOK), ..Node::ELEMENT },
    Node { property: "inner", name: "shelf", prefix: "zoo", namespace: "urn:zoo", content: &IN_SHELF, ..Node::ELEMENT },
    Node { property: "secret", ..Node::ELEMENT },
]);

static TAG: Node = Node { name: "tag", ..Node::ELEMENT };

static BOOK: Node = Node {
    name: "book",
    content: &Content::Object(&[
        Node { property: "pages", kind: Kind::Attribute, content: &Content::Number, ..Node::ELEMENT },
        Node { property: "title", kind: Kind::Text, required: true, ..Node::ELEMENT },
    ]),
    ..Node::ELEMENT
};

fn read(xml: &str) -> Result<Value, DecodeError> {
    xml_read::read(&SHELF, xml.as_bytes())
}

fn refused(xml: &str) -> String {
    read(xml).unwrap_err().to_string()
}

fn written(value: &Value) -> String {
    String::from_utf8(xml_write::write(&SHELF, value).unwrap().to_vec()).unwrap()
}

#[test]
fn a_document_is_written_as_its_table_says() {
    let value = json!({
        "size": 2, "lang": "de", "owner": null, "open": null, "tags": ["a<b", ""],
        "books": [{ "pages": 7, "title": "R&D \"x\"\r\n" }],
        "inner": { "size": 0, "owner": "a\t\"b\"", "tags": [] },
    });
    let text = concat!(
        r#"<?xml version="1.0" encoding="UTF-8"?>"#,
        r#"<zoo:shelf xmlns:zoo="urn:zoo" size="2" xml:lang="de">"#,
        r#"<open xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>"#,
        "<tag>a&lt;b</tag><tag></tag>",
        "<books><book pages=\"7\">R&amp;D &quot;x&quot;&#13;\n</book></books>",
        // The prefix means the same still.
        r#"<zoo:shelf size="0" owner="a&#9;&quot;b&quot;"></zoo:shelf>"#,
        "</zoo:shelf>",
    );
    assert_eq!(written(&value), text);
    assert_eq!(read(text).unwrap(), value);
}

#[test]
fn however_a_document_is_laid_out_it_means_the_same() {
    let text = "\u{feff}<?xml version='1.0' encoding='utf-8' standalone='yes'?>\n<!-- a shelf --><?style x?>\n\
        <s:shelf xmlns:s='urn:zoo' xmlns:other='urn:other' size=' +02 ' other:size='9' owner='me' new='1'>\r\n\
        <!-- > --><tag>a<![CDATA[<b>]]>&amp;&#x41;</tag>\n <unheardOf><tag>no</tag></unheardOf>\n<open> 1 </open>\n\
        <books>\n<book>\n  <?p?>A B </book>\n</books>\n</s:shelf>\n<!-- end -->";
    let value = json!({
        "size": 2, "owner": "me", "open": true, "tags": ["a<b>&A"], "books": [{ "title": "\n  A B " }],
    });
    assert_eq!(read(text).unwrap(), value);
}

/// Elements of another namespace are other elements; if the description states no namespace, any is accepted.
#[test]
fn namespaces_tell_elements_apart() {
    let text = r#"<shelf xmlns="urn:zoo" size="1" owner="o"><shelf xmlns="urn:other" size="x"/><tag>t</tag></shelf>"#;
    assert_eq!(read(text).unwrap(), json!({ "size": 1, "owner": "o", "tags": ["t"] }));
    assert!(refused(r#"<shelf size="1"/>"#).contains("the root is another element than `shelf`"));
    assert!(refused(r#"<zoo:shelf size="1"/>"#).contains("the root is another element"));
}

#[test]
fn what_does_not_fit_is_said_with_its_place_and_without_its_value() {
    let of = |inside: &str| refused(&format!(r#"<shelf xmlns="urn:zoo" size="1" owner="o">{inside}</shelf>"#));
    assert_eq!(of("<open>maybe</open>"), "the answer does not fit: is neither `true` nor `false` at `/shelf/open`");
    assert_eq!(
        of("<books><book pages='many'/></books>"),
        "the answer does not fit: is no number at `/shelf/books/book/pages`"
    );
    assert!(!of("<books><book pages='many'/></books>").contains("many"));
}

#[test]
fn hostile_documents_are_refused() {
    let of = |inside: &str| format!(r#"<shelf xmlns="urn:zoo" size="1" owner="o">{inside}</shelf>"#);
    let entities: String =
        (1..10).map(|level| format!("<!ENTITY l{level} '{}'>", format!("&l{};", level - 1).repeat(10))).collect();
    let laughs = format!("<!DOCTYPE shelf [<!ENTITY l0 'ha'>{entities}]>{}", of("<tag>&l9;</tag>"));
    assert!(refused(&laughs).contains("there is a document type"));
    let external = format!("<!DOCTYPE shelf SYSTEM 'file:///etc/passwd'>{}", of(""));
    assert!(refused(&external).contains("there is a document type"));
    assert!(refused(&of("<tag>&ha;</tag>")).contains("an entity that is none of XML's own"));
    assert!(refused(&of("<tag a='&ha;'/>")).contains("is no XML"));
    let deep = "<a>".repeat(100_000);
    assert!(refused(&of(&deep)).contains("more than 128 deep"));
    assert!(refused(&of(&"<a/>".repeat(1 << 20))).contains("more than 1048576 elements"));
    let bindings: String = (0..10_000).map(|index| format!(" xmlns:n{index}='urn:{index}'")).collect();
    assert!(refused(&of(&format!("<a{bindings}/>"))).contains("is no XML"));
    for (text, why) in [
        (of("</a>"), "is no XML"),
        (of("<a></b>"), "is no XML"),
        (of("<tag"), "is cut off"),
        (of("<a b='1' b='2'/>"), "is no XML"),
        (of("&#0;"), "is no XML"),
        (of("&#xD800;"), "is no XML"),
        (of("") + &of(""), "several roots"),
        (of("") + "text", "text outside the root"),
        ("{}".to_owned(), "text outside the root"),
        ("<shelf xmlns='urn:zoo'><tag>".to_owned(), "is cut off"),
        ("<?xml version='1.0' encoding='UTF-16'?><shelf/>".to_owned(), "encoded as `UTF-16`"),
        (" \n ".to_owned(), "is empty"),
    ] {
        assert!(refused(&text).contains(why), "{text}: {}", refused(&text));
    }
    assert!(matches!(xml_read::read(&SHELF, b"<shelf>\xff</shelf>"), Err(DecodeError::Encoding(_))));
}

#[test]
fn what_xml_cannot_carry_is_not_sent() {
    let of = |text: &str| xml_write::write(&SHELF, &json!({ "size": 1, "tags": [text] })).unwrap_err();
    assert_eq!(of("a\u{0}b"), "has a character in `tag` that XML cannot carry");
    assert_eq!(of("\u{ffff}"), "has a character in `tag` that XML cannot carry");
    let number = xml_write::write(&SHELF, &json!({ "size": [1] })).unwrap_err();
    assert_eq!(number, "has a value in `size` that is no text");
}

/// Sections can't hold their own end, so it is divided between two.
#[test]
fn text_in_sections_is_kept() {
    static PAGE: Node = Node {
        name: "page",
        content: &Content::Object(&[Node { property: "html", kind: Kind::Cdata, required: true, ..Node::ELEMENT }]),
        ..Node::ELEMENT
    };
    for text in ["<b>&amp;</b>", "]]>", "a]]>b]]>c", ""] {
        let value = json!({ "html": text });
        let xml = xml_write::write(&PAGE, &value).unwrap();
        assert_eq!(xml_read::read(&PAGE, &xml).unwrap(), value, "{text}");
    }
    let laid_out = "<page>\n  <![CDATA[ a ]]>\n</page>";
    assert_eq!(xml_read::read(&PAGE, laid_out.as_bytes()).unwrap(), json!({ "html": " a " }));
}

#[tokio::test]
async fn a_request_is_labelled_as_its_media_type() {
    let server = Server::answering(|_| answer(200, super::fault_server::ITEM)).await;
    let client = builder(&server.url).build().unwrap();
    let value = json!({ "size": 1, "tags": [] });
    PostItem::call(&client, "f", "x").with(|request| request.xml("text/xml", &SHELF, &value)).await.unwrap();
    let seen = server.seen().remove(0);
    assert_eq!(seen.header("content-type"), Some("text/xml"));
    assert!(seen.text().ends_with(r#"<zoo:shelf xmlns:zoo="urn:zoo" size="1"></zoo:shelf>"#));
    let value = json!({ "size": 1, "tags": ["\u{1}"] });
    let error =
        PostItem::call(&client, "f", "x").with(|request| request.xml("text/xml", &SHELF, &value)).await.unwrap_err();
    assert!(error.to_string().contains("that XML cannot carry") && !error.was_sent(), "{error}");
}

/// Elements inherit namespaces, however long those are.
#[test]
fn an_inherited_namespace_is_not_copied() {
    let long = |length: usize| format!("<shelf xmlns=\"{}\">{}</shelf>", "u".repeat(length), "<a/>".repeat(50_000));
    static ANY: Node = Node { name: "shelf", content: &Content::Object(&[]), ..Node::ELEMENT };
    let begun = std::time::Instant::now();
    assert_eq!(xml_read::read(&ANY, long(1000).as_bytes()).unwrap(), json!({}));
    let refused = xml_read::read(&ANY, long(200_000).as_bytes()).unwrap_err().to_string();
    assert!(refused.contains("a namespace is longer than 1024 bytes"), "{refused}");
    let many: String = (0..5000).map(|index| format!(" a{index}='1'")).collect();
    let refused = xml_read::read(&ANY, format!("<shelf{many}/>").as_bytes()).unwrap_err().to_string();
    assert!(refused.contains("more than 128 attributes"), "{refused}");
    assert!(begun.elapsed() < std::time::Duration::from_secs(5), "{:?}", begun.elapsed());
}

/// Both members are read from the elements of one name, and so are those within them.
#[test]
fn elements_that_several_members_are_read_from_come_to_an_end() {
    static TREE: Node = Node { name: "tree", content: &IN_TREE, ..Node::ELEMENT };
    static IN_TREE: Content = Content::Object(&[
        Node { property: "trees", kind: Kind::Bare, content: &Content::List(&TREE), ..Node::ELEMENT },
        Node { property: "tree", content: &IN_TREE, ..Node::ELEMENT },
    ]);
    let nested = |depth: usize| format!("{}{}", "<tree>".repeat(depth), "</tree>".repeat(depth));
    assert!(xml_read::read(&TREE, nested(5).as_bytes()).is_ok());
    let error = xml_read::read(&TREE, nested(100).as_bytes()).unwrap_err();
    assert!(error.to_string().contains("is too much work to read"), "{error}");
}
