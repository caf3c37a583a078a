//! Pages of HTML that need nothing but themselves: no script, no network, readable on a phone, in light and in dark.

/// The contents of a page as HTML. Its methods escape text.
#[derive(Default)]
pub struct Html(String);

impl Html {
    /// Adds HTML that we wrote.
    pub fn raw(&mut self, html: &str) -> &mut Self {
        self.0.push_str(html);
        self
    }

    /// Adds text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        for character in text.chars() {
            match character {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                // Marks that turn the direction of text would let a document rearrange ours.
                '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => self.0.push('\u{fffd}'),
                other if other.is_control() => self.0.push(' '),
                other => self.0.push(other),
            }
        }
        self
    }

    /// Adds a sentence with names between backticks.
    pub fn sentence(&mut self, text: &str) -> &mut Self {
        for (index, part) in text.split('`').enumerate() {
            if index % 2 == 0 {
                self.text(part);
            } else {
                self.code(part);
            }
        }
        self
    }

    /// Adds a name. It may break across lines after signs, where no space allows it.
    pub fn code(&mut self, text: &str) -> &mut Self {
        self.raw("<code>");
        for part in text.split_inclusive(['/', ':', '.', '_', '-', ',']) {
            self.text(part).raw("<wbr>");
        }
        self.raw("</code>")
    }

    /// The whole page.
    pub fn page(&self, title: &str) -> String {
        let mut shown = Html::default();
        shown.text(title);
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{}</h1>\n{}</main>\n</body>\n</html>\n",
            shown.0, shown.0, self.0
        )
    }
}

const STYLE: &str = include_str!("page/style.css");

#[cfg(test)]
mod tests {
    use super::Html;

    #[test]
    fn text_is_text() {
        let mut html = Html::default();
        html.text("<script>\"a\" & 'b'\u{202e}</script>").sentence(" the `<b>` is `x");
        let page = html.page("</title><b>");
        assert!(!page.contains("<script") && !page.contains("<b>") && !page.contains('\u{202e}'), "{page}");
        assert_eq!(page.matches("<title>").count(), 1);
        assert_eq!(page.matches("<code>").count(), page.matches("</code>").count());
    }

    #[test]
    fn a_page_asks_for_nothing() {
        let page = Html::default().page("Title");
        for asking in ["http:", "https:", "<script", "<link", "url(", "@import", "src="] {
            assert!(!page.contains(asking), "{asking} in {page}");
        }
    }
}
