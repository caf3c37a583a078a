//! Members of unions that convert to the union by `From`: those whose type no other member has.

use std::collections::HashMap;

use crate::rust::name::Name;
use crate::rust::{Item, Type};

/// Marks these members in all unions, once boxes are settled.
pub(crate) fn mark(items: &mut [Item]) {
    let aliases: HashMap<Name, Type> = items
        .iter()
        .filter_map(|item| match item {
            Item::Alias(alias) => Some((alias.name.clone(), alias.ty.clone())),
            Item::Struct(_) | Item::Enum(_) | Item::Union(_) | Item::Wrapper(_) => None,
        })
        .collect();
    for item in items {
        let Item::Union(union) = item else { continue };
        let own = Type::Named(union.name.clone());
        let types: Vec<Option<Type>> = union.members.iter().map(|member| settled(&member.ty, &aliases, 0)).collect();
        let all_known = types.iter().all(Option::is_some);
        let mut counts: HashMap<&Type, usize> = HashMap::new();
        types.iter().flatten().for_each(|ty| *counts.entry(ty).or_default() += 1);
        for (member, ty) in union.members.iter_mut().zip(&types) {
            let Some(ty) = ty else { continue };
            let stands_once = counts.get(ty) == Some(&1);
            // The catch-all holds JSON values as well, and a type of another crate may be any of those that aren't the crate's own.
            let may_be_another = *ty == Type::Value || !(all_known || matches!(ty, Type::Named(_)));
            member.converts = stands_once && !may_be_another && *ty != own;
        }
    }
}

/// Aliases of aliases that are followed.
const DEEPEST: usize = 32;

/// The type without boxes and other names; `None` for a type of another crate, which may be the same as any.
fn settled(ty: &Type, aliases: &HashMap<Name, Type>, depth: usize) -> Option<Type> {
    if depth == DEEPEST {
        return None;
    }
    let inner = |ty: &Type| settled(ty, aliases, depth + 1);
    Some(match ty {
        Type::Named(name) => match aliases.get(name) {
            Some(ty) => inner(ty)?,
            None => ty.clone(),
        },
        Type::Boxed(inside) => inner(inside)?,
        Type::List(item) => Type::List(Box::new(inner(item)?)),
        Type::Map(item) => Type::Map(Box::new(inner(item)?)),
        Type::Option(item) => Type::Option(Box::new(inner(item)?)),
        Type::Tuple(items) => Type::Tuple(items.iter().map(inner).collect::<Option<Vec<_>>>()?),
        Type::Bool
        | Type::Number(_)
        | Type::AnyNumber
        | Type::Decimal
        | Type::String
        | Type::Secret
        | Type::Timestamp
        | Type::Date
        | Type::Base64
        | Type::DecimalText
        | Type::JsonObject
        | Type::Value => ty.clone(),
        Type::Unit | Type::Foreign(_) | Type::Bytes | Type::ByteStream | Type::Stream(_) | Type::Presence(_) => {
            return None;
        }
    })
}
