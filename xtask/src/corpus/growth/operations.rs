//! The table of operations, as the macro `operations!` of the runtime takes it.

use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Ident, ItemEnum, LitStr, Pat, Token, Type, braced, parenthesized, parse_quote};

/// The entries.
pub(super) struct Operations(pub(super) Vec<Operation>);

/// The parts of an entry that users rely on.
pub(super) struct Operation {
    /// The marker type.
    pub(super) name: Ident,
    /// The output.
    pub(super) output: Type,
    /// The enum of its failures, if it documents any.
    pub(super) failure: Option<Ident>,
    /// That enum, where the entry defines it.
    pub(super) failures: Option<ItemEnum>,
    /// The type of the items, if the operation is paginated.
    pub(super) item: Option<Type>,
}

impl Parse for Operations {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut entries = Vec::new();
        while !input.is_empty() {
            entries.push(input.parse()?);
        }
        Ok(Operations(entries))
    }
}

mod word {
    syn::custom_keyword!(needs);
    syn::custom_keyword!(pages);
    syn::custom_keyword!(with);
}

impl Parse for Operation {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Attribute::parse_outer(input)?;
        let name = input.parse()?;
        input.parse::<Token![=]>()?;
        input.parse::<Ident>()?;
        if input.peek(syn::token::Paren) {
            let custom;
            parenthesized!(custom in input);
            custom.parse::<LitStr>()?;
        }
        // The path: texts, each with the parameter behind it.
        while input.peek(LitStr) || input.peek(syn::token::Brace) {
            if input.parse::<Option<LitStr>>()?.is_none() {
                skip_group(input)?;
            }
            input.parse::<Option<Token![?]>>()?;
        }
        if input.parse::<Option<word::needs>>()?.is_some() {
            input.parse::<Ident>()?;
        }
        if input.parse::<Option<word::with>>()?.is_some() {
            skip_group(input)?;
        }
        input.parse::<Token![=>]>()?;
        let output = input.parse()?;
        skip_group(input)?;
        let (mut failure, mut failures, mut item) = (None, None, None);
        if input.parse::<Option<Token![else]>>()?.is_some() {
            if input.parse::<Option<Token![enum]>>()?.is_some() {
                let (name, variants) = (input.parse::<Ident>()?, documented(input)?);
                failures = Some(parse_quote! {
                    #[derive(Debug)]
                    #[non_exhaustive]
                    pub enum #name { #(#variants),* }
                });
                failure = Some(name);
            } else {
                input.parse::<Token![use]>()?;
                failure = Some(input.parse()?);
                skip_group(input)?;
            }
        }
        if input.parse::<Option<word::pages>>()?.is_some() {
            input.parse::<syn::Expr>()?;
            input.parse::<Token![=>]>()?;
            item = Some(input.parse()?);
        }
        Ok(Operation { name, output, failure, failures, item })
    }
}

/// `{ 404 => failure NotFound(types::Problem), … }`
fn documented(input: ParseStream<'_>) -> syn::Result<Vec<syn::Variant>> {
    let inside;
    braced!(inside in input);
    let mut variants = Vec::new();
    while !inside.is_empty() {
        Attribute::parse_outer(&inside)?;
        Pat::parse_single(&inside)?;
        inside.parse::<Token![=>]>()?;
        inside.parse::<Ident>()?;
        if inside.peek(syn::token::Bracket) {
            skip_group(&inside)?;
        }
        variants.push(inside.parse()?);
        inside.parse::<Token![,]>()?;
    }
    Ok(variants)
}

fn skip_group(input: ParseStream<'_>) -> syn::Result<()> {
    input.step(|cursor| match cursor.token_tree() {
        Some((_, rest)) => Ok(((), rest)),
        None => Err(cursor.error("the entry ends too early")),
    })
}

#[cfg(test)]
mod tests {
    use super::Operations;

    #[test]
    fn what_users_rely_on_is_read() {
        let table = r#"
            /// `GET /pets`
            List = GET "/pets" needs KEY with { accept: "text/plain", streaming: true }
                => Vec<types::Pet> { 200 => output, 204 => empty(|()| X::No) } else enum ListError {
                    /// 404: None
                    404 => failure NotFound(types::Problem),
                    500..=599 => failure_xml[FAULT] ServerError(types::Fault),
                } pages Paging::cursor("after", "/next").items("/data") => types::Pet
            /// `COPY /pets`
            Copy = custom("COPY") "/pets" => () { 204 => empty } else use ListError { 404 => failure NotFound, }
        "#;
        let Operations(entries) = syn::parse_str(table).unwrap();
        let [list, copy] = entries.as_slice() else { panic!("two entries") };
        let failures = list.failures.as_ref().unwrap();
        assert_eq!((list.name.to_string(), failures.ident.to_string()), ("List".to_owned(), "ListError".to_owned()));
        assert_eq!(failures.variants.len(), 2);
        assert!(list.item.is_some());
        assert_eq!(copy.failure.as_ref().unwrap(), "ListError");
        assert!(copy.failures.is_none() && copy.item.is_none());
    }
}
