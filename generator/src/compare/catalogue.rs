// The catalogue of changes: id, effect, title; the reason.

rules! {
    /// The rules about the API, an operation, or a part of one.
    ApiRule {
        ApiRemovedWithoutDeprecation "api-removed-without-deprecation" Effect::Always(Level::Breaking), "an operation was removed that was not deprecated",
            "Every caller of the operation fails, without having been warned. Deprecate an operation before removing it.";
        ApiRemovedWithDeprecation "api-removed-with-deprecation" Effect::Always(Level::Info), "a deprecated operation was removed",
            "Callers were warned that the operation would be removed.";
        EndpointAdded "endpoint-added" Effect::Always(Level::Info), "an operation was added",
            "No caller knows it yet.";
        EndpointDeprecated "endpoint-deprecated" Effect::Always(Level::Info), "an operation was deprecated",
            "It works as before.";
        EndpointReactivated "endpoint-reactivated" Effect::Always(Level::Info), "an operation is no longer deprecated",
            "It works as before.";
        ApiOperationIdRemoved "api-operation-id-removed" Effect::Always(Level::Info), "the operationId was removed or changed",
            "The id is not sent. Names in clients may follow from it; the section about Rust lists those that changed.";
        ApiOperationIdAdded "api-operation-id-added" Effect::Always(Level::Info), "an operationId was added",
            "The id is not sent. Names in clients may follow from it; the section about Rust lists those that changed.";
        ApiTagRemoved "api-tag-removed" Effect::Always(Level::Info), "the first tag of an operation was removed",
            "Tags are not sent. The group of the operation in a client follows from its first tag.";
        ApiTagAdded "api-tag-added" Effect::Always(Level::Info), "an operation has another first tag",
            "Tags are not sent. The group of the operation in a client follows from its first tag.";
        ApiServerChanged "api-server-changed" Effect::Always(Level::Warning), "the default server changed",
            "Callers that rely on the default send their requests to another server. Callers with a base URL of their own do not notice.";
        WebhookRemoved "webhook-removed" Effect::Always(Level::Breaking), "a webhook was removed",
            "Receivers wait for an event that is no longer sent.";
        WebhookAdded "webhook-added" Effect::Always(Level::Info), "a webhook was added",
            "Receivers that do not subscribe to it do not notice.";
        NewRequiredRequestParameter "new-required-request-parameter" Effect::Always(Level::Breaking), "a required parameter was added",
            "Requests without the parameter are refused. Add it as an optional parameter.";
        NewOptionalRequestParameter "new-optional-request-parameter" Effect::Always(Level::Info), "an optional parameter was added",
            "Requests without it are valid as before.";
        RequestParameterRemoved "request-parameter-removed" Effect::Always(Level::Warning), "a parameter was removed",
            "A server usually ignores a parameter that it does not know, so that the request succeeds with another result; or it refuses the request.";
        RequestParameterRemovedWithDeprecation "request-parameter-removed-with-deprecation" Effect::Always(Level::Info), "a deprecated parameter was removed",
            "Callers were warned that the parameter would be removed.";
        RequestParameterStyleChanged "request-parameter-style-changed" Effect::Always(Level::Breaking), "a parameter is serialized in another style",
            "A server reads values in the old style as other values, or refuses them.";
        RequestBodyAddedRequired "request-body-added-required" Effect::Always(Level::Breaking), "a required request body was added",
            "Requests without a body are refused. Add it as an optional body.";
        RequestBodyAddedOptional "request-body-added-optional" Effect::Always(Level::Info), "an optional request body was added",
            "Requests without it are valid as before.";
        RequestBodyRemoved "request-body-removed" Effect::Always(Level::Breaking), "the request body was removed",
            "What callers send in the body has no effect any more, or the request is refused.";
        RequestBodyMediaTypeRemoved "request-body-media-type-removed" Effect::Always(Level::Breaking), "a request body may no longer have a media type",
            "Requests with a body of this media type are refused (status 415).";
        RequestBodyMediaTypeAdded "request-body-media-type-added" Effect::Always(Level::Info), "a request body may have a further media type",
            "The other media types are valid as before.";
        NewRequiredRequestProperty "new-required-request-property" Effect::Always(Level::Breaking), "a required property was added to a request",
            "Requests without the property are refused. Add it as an optional property.";
        NewRequiredRequestPropertyWithDefault "new-required-request-property-with-default" Effect::Always(Level::Breaking), "a required property with a default was added to a request",
            "The default describes what the server assumes if a property is absent, but a required property may not be absent.";
        NewOptionalRequestProperty "new-optional-request-property" Effect::Always(Level::Info), "an optional property was added to a request",
            "Requests without it are valid as before.";
        RequestPropertyRemoved "request-property-removed" Effect::Always(Level::Warning), "a property was removed from a request",
            "A server usually ignores a property that it does not know, so that the request succeeds with another result; or it refuses the request.";
        ResponseRequiredPropertyRemoved "response-required-property-removed" Effect::Always(Level::Breaking), "a property that was always there was removed from a response",
            "Callers that read the property find nothing.";
        ResponseOptionalPropertyRemoved "response-optional-property-removed" Effect::Always(Level::Info), "an optional property was removed from a response",
            "Callers had to expect that the property is absent.";
        ResponseRequiredPropertyAdded "response-required-property-added" Effect::Always(Level::Info), "a property was added to a response",
            "Callers ignore properties that they do not know.";
        ResponseOptionalPropertyAdded "response-optional-property-added" Effect::Always(Level::Info), "an optional property was added to a response",
            "Callers ignore properties that they do not know.";
        ResponseSuccessStatusRemoved "response-success-status-removed" Effect::Always(Level::Breaking), "a status of success was removed",
            "The API answers with another status, for which callers are not prepared.";
        ResponseSuccessStatusAdded "response-success-status-added" Effect::Always(Level::Info), "a status of success was added",
            "The statuses that callers know are described as before.";
        ResponseNonSuccessStatusRemoved "response-non-success-status-removed" Effect::Always(Level::Info), "a status of failure was removed",
            "Callers had to expect undocumented failures anyway.";
        ResponseNonSuccessStatusAdded "response-non-success-status-added" Effect::Always(Level::Info), "a status of failure was added",
            "Callers had to expect undocumented failures anyway.";
        ResponseMediaTypeRemoved "response-media-type-removed" Effect::Always(Level::Breaking), "a response may no longer have a media type",
            "Callers that ask for this media type get another one, or none (status 406).";
        ResponseMediaTypeAdded "response-media-type-added" Effect::Always(Level::Info), "a response may have a further media type",
            "Callers that do not ask for it do not get it.";
        RequiredResponseHeaderRemoved "required-response-header-removed" Effect::Always(Level::Breaking), "a response header that was always there was removed",
            "Callers that read the header find nothing.";
        OptionalResponseHeaderRemoved "optional-response-header-removed" Effect::Always(Level::Warning), "an optional response header was removed",
            "Most headers are documented as optional although they are always there, and callers rely on them.";
        ResponseHeaderAdded "response-header-added" Effect::Always(Level::Info), "a response header was added",
            "Callers ignore headers that they do not know.";
        ApiSecurityBecameRequired "api-security-became-required" Effect::Always(Level::Breaking), "an operation requires credentials now",
            "Requests without credentials are refused (status 401).";
        ApiSecurityBecameOptional "api-security-became-optional" Effect::Always(Level::Info), "an operation requires no credentials any more",
            "Requests with credentials are valid as before.";
        ApiSecurityRemoved "api-security-removed" Effect::Depends, "an alternative of the security requirements was removed",
            "Callers with these credentials are refused, unless one of the remaining alternatives requires no more.";
        ApiSecurityAdded "api-security-added" Effect::Always(Level::Info), "an alternative of the security requirements was added",
            "The other alternatives suffice as before.";
        ApiSecurityScopeAdded "api-security-scope-added" Effect::Always(Level::Breaking), "an operation requires a further scope",
            "Tokens without the scope are refused (status 403).";
        ApiSecurityScopeRemoved "api-security-scope-removed" Effect::Always(Level::Info), "an operation requires a scope no longer",
            "Tokens with the scope are valid as before.";
        ApiSecurityComponentAdded "api-security-component-added" Effect::Always(Level::Info), "a security scheme was added",
            "It has an effect only where an operation requires it.";
        ApiSecurityComponentRemoved "api-security-component-removed" Effect::Always(Level::Info), "a security scheme was removed",
            "It had an effect only where an operation required it, which is reported for the operation.";
        ApiSecurityComponentOauthChanged "api-security-component-oauth-changed" Effect::Always(Level::Warning), "an OAuth 2.0 scheme has other flows, URLs or scopes",
            "Callers that fetch tokens from the old URL, or by a flow that was removed, get none.";
        ApiSecurityComponentTypeChanged "api-security-component-type-changed" Effect::Always(Level::Breaking), "a security scheme is of another type",
            "Credentials sent in the old way are not recognized.";
    }
}

rules! {
    /// The rules about a value.
    ValueRule {
        TypeChanged "type-changed" Effect::Always(Level::Breaking), "the type or format changed",
            "Neither type holds all values of the other.";
        TypeGeneralized "type-generalized" Effect::Widens, "the type became more general",
            "Every old value is still valid, and new ones are.";
        TypeSpecialized "type-specialized" Effect::Narrows, "the type became more special",
            "Every new value was valid before.";
        BecameNullable "became-nullable" Effect::Widens, "`null` became valid",
            "A value that was never `null` may be so now.";
        BecameNotNullable "became-not-nullable" Effect::Narrows, "`null` is no longer valid",
            "A value that could be `null` may not be so any more.";
        BecameRequired "became-required" Effect::Narrows, "an optional value became required",
            "Requests without it are refused; responses always have it.";
        BecameRequiredWithDefault "became-required-with-default" Effect::Always(Level::Breaking), "an optional property with a default became required",
            "The default describes what the server assumes if a property is absent, but a required property may not be absent.";
        BecameOptional "became-optional" Effect::Widens, "a required value became optional",
            "It may be absent now.";
        Deprecated "deprecated" Effect::Always(Level::Info), "a value was deprecated",
            "It works as before.";
        BecameEnum "became-enum" Effect::Narrows, "the value became limited to a list",
            "Values outside the list are no longer valid.";
        EnumRemoved "enum-removed" Effect::WidensAList, "the value is no longer limited to a list",
            "Values outside the list are valid now.";
        EnumValueRemoved "enum-value-removed" Effect::Narrows, "a value was removed from a list",
            "The value is no longer valid.";
        EnumValueAdded "enum-value-added" Effect::WidensAList, "a value was added to a list",
            "Callers may receive a value that they do not know.";
        OneOfAdded "one-of-added" Effect::Widens, "an alternative was added to a `oneOf`",
            "Values of the alternative are valid now.";
        OneOfRemoved "one-of-removed" Effect::Narrows, "an alternative was removed from a `oneOf`",
            "Values of the alternative are no longer valid.";
        AnyOfAdded "any-of-added" Effect::Widens, "an alternative was added to an `anyOf`",
            "Values of the alternative are valid now.";
        AnyOfRemoved "any-of-removed" Effect::Narrows, "an alternative was removed from an `anyOf`",
            "Values of the alternative are no longer valid.";
        DiscriminatorAdded "discriminator-added" Effect::Always(Level::Info), "a discriminator was added",
            "The same values are valid.";
        DiscriminatorRemoved "discriminator-removed" Effect::Always(Level::Info), "the discriminator was removed",
            "The same values are valid.";
        DiscriminatorChanged "discriminator-property-name-changed" Effect::Always(Level::Info), "the discriminator is another property",
            "The same values are valid.";
        DefaultAdded "default-value-added" Effect::Always(Level::Info), "a default was added",
            "It states what the server assumes if the value is absent. Requests without the value may have another result.";
        DefaultRemoved "default-value-removed" Effect::Always(Level::Info), "the default was removed",
            "It states what the server assumes if the value is absent. Requests without the value may have another result.";
        DefaultChanged "default-value-changed" Effect::Always(Level::Info), "the default changed",
            "It states what the server assumes if the value is absent. Requests without the value may have another result.";
        AdditionalPropertiesForbidden "additional-properties-forbidden" Effect::Always(Level::Warning), "other properties are no longer valid",
            "Requests with properties that the schema does not name are refused.";
    }
}

rules! {
    /// The rules about a bound of a value.
    BoundRule {
        Set "set" Effect::Narrows, "a bound was added",
            "Values beyond the bound are no longer valid.";
        Unset "unset" Effect::Widens, "a bound was removed",
            "Values beyond the old bound are valid now.";
        Increased "increased" Effect::Depends, "a bound became a larger number",
            "A larger maximum makes more values valid, a larger minimum fewer. Fewer valid values break requests, more of them break responses.";
        Decreased "decreased" Effect::Depends, "a bound became a smaller number",
            "A smaller maximum makes fewer values valid, a smaller minimum more. Fewer valid values break requests, more of them break responses.";
        Generalized "generalized" Effect::Widens, "`multipleOf` became a divisor of what it was",
            "Every old value is still valid, and new ones are.";
        Specialized "specialized" Effect::Narrows, "`multipleOf` became a multiple of what it was",
            "Some old values are no longer valid.";
        Added "added" Effect::Narrows, "a pattern was added",
            "Values that do not match the pattern are no longer valid.";
        Removed "removed" Effect::Widens, "the pattern was removed",
            "Values that do not match the old pattern are valid now.";
        Changed "changed" Effect::Depends, "the pattern, or `multipleOf`, changed",
            "Neither needs to hold all values of the other. Whether one pattern holds all values of another is not worked out, so that a changed pattern is a warning.";
    }
}

rules! {
    /// The rules about the API of the crate.
    CrateRule {
        ItemRemoved "rust-item-removed" Effect::Always(Level::Breaking), "a part of the crate was removed",
            "Code that names it does not compile any more. The next version is a major one.";
        ItemRenamed "rust-item-renamed" Effect::Always(Level::Breaking), "a part of the crate has another name",
            "It stands for the same on the wire. Code that names it does not compile until the name is replaced. The names file keeps names; to keep this one as well, write it there.";
        ItemMoved "rust-item-moved" Effect::Always(Level::Breaking), "an operation has another group",
            "It sends the same request. Code that calls it does not compile until the new group is named.";
        ItemChanged "rust-item-changed" Effect::Always(Level::Breaking), "a part of the crate has another type, or stands for something else",
            "Code that relies on the type does not compile any more. The next version is a major one.";
        ItemDeprecated "rust-item-deprecated" Effect::Always(Level::Info), "a part of the crate was deprecated",
            "Code that names it compiles with a warning. The next version is a minor one.";
        ItemAdded "rust-item-added" Effect::Always(Level::Info), "a part was added to the crate",
            "Existing code compiles as before. The next version is a minor one.";
        FieldAdded "rust-field-added" Effect::Always(Level::Breaking), "a field was added to a struct that users can write out",
            "Code that writes out or matches all fields of the struct does not compile any more. Code that calls `new` does, unless the field is required.";
        TypeReplaced "rust-type-replaced" Effect::Always(Level::Breaking), "several places have another type of the crate",
            "An edit of a schema that several places share may give some of them a type of their own. Code that names the old type at these places does not compile any more.";
        ArgumentRenamed "rust-argument-renamed" Effect::Always(Level::Breaking), "an argument stands for another parameter or member of the same type",
            "Existing code still compiles, and sends its value under the new name. Check every call. An argument that only has another name, such as a parameter of the path, breaks nothing.";
        ArgumentsReordered "rust-arguments-reordered" Effect::Always(Level::Breaking), "the arguments of a method have another order",
            "Arguments of one type that changed places still compile, and send one value for another. Check every call. The names file keeps the order; without it, the order of the document counts.";
    }
}
