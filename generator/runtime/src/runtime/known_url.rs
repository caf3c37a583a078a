//! URLs, as the URL standard of the WHATWG reads and writes them.

use url::Url;

super::known::text_value! {
    Url: nowhere(), |text| Url::parse(text).ok(), |value: &Url| Some(value.as_str().to_owned()), "an absolute URL"
}

fn nowhere() -> Url {
    Url::parse("data:,").unwrap_or_else(|_| unreachable!("this is a URL"))
}
