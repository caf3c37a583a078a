//! Self-contained HTML pages: without scripts and network, readable on a phone, light and dark.

use crate::compile::written::{self, Written};

/// HTML, to which external text is only added escaped.
pub type Html = Written<written::Html>;

/// Returns the whole page.
pub fn page(title: &str, contents: &Html) -> Html {
    let mut page = Html::default();
    page.raw(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>",
    );
    page.text(title).raw("</title>\n<style>\n").raw(STYLE).raw("</style>\n</head>\n<body>\n<main>\n<h1>").text(title);
    page.raw("</h1>\n").append(contents).raw("</main>\n</body>\n</html>\n");
    page
}

const STYLE: &str = include_str!("page/style.css");

#[cfg(test)]
mod tests {
    use super::{Html, page};

    #[test]
    fn text_is_text() {
        let mut html = Html::default();
        html.text("<script>\"a\" & 'b'\u{202e}</script>").sentence(" the `<b>` is `x");
        let page = page("</title><b>", &html);
        let page = page.as_str();
        assert!(!page.contains("<script") && !page.contains("<b>") && !page.contains('\u{202e}'), "{page}");
        assert_eq!(page.matches("<title>").count(), 1);
        assert_eq!(page.matches("<code>").count(), page.matches("</code>").count());
    }

    #[test]
    fn a_page_asks_for_nothing() {
        let page = page("Title", &Html::default());
        let page = page.as_str();
        for asking in ["http:", "https:", "<script", "<link", "url(", "@import", "src="] {
            assert!(!page.contains(asking), "{asking} in {page}");
        }
    }
}
