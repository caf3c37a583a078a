//! Claims lines as names of one scope. Each gets a unique identifier that rustc accepts, independent of the order.
#![no_main]

use std::collections::BTreeSet;

use clientwright::rust::name::{Case, Scope, words};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let wishes: BTreeSet<&str> = text.split('\n').collect();
    for case in [Case::Type, Case::Value, Case::Constant, Case::Variant] {
        let names = Scope::excluding(&["send", "Client"]).claim_all(wishes.iter().copied(), case);
        assert_eq!(names.len(), wishes.len());
        assert_eq!(names.iter().map(|name| name.bare()).collect::<BTreeSet<_>>().len(), wishes.len(), "{names:?}");
        for name in &names {
            assert!(name.as_str().is_ascii());
            assert!(syn::parse_str::<syn::Ident>(name.as_str()).is_ok(), "{name}");
            assert_eq!(Scope::new().keep(name.as_str()).as_ref(), Some(name));
        }
        let mut backwards = Scope::excluding(&["send", "Client"]).claim_all(wishes.iter().rev().copied(), case);
        backwards.reverse();
        assert_eq!(names, backwards);
    }
    for wish in wishes {
        assert!(words(wish).iter().all(|word| word.bytes().all(|byte| byte.is_ascii_alphanumeric())), "{wish:?}");
    }
});
