//! The command line of an API as data: groups, operations, their arguments and bodies, and where credentials come from.

use super::builder::ClientBuilder;
use super::client::Client;
use super::parameter::Parameter;
use super::reply::Reply;
use super::request::Request;
use super::security::Scheme;
use super::spec::Spec;

/// A command line.
#[derive(Debug)]
pub(crate) struct Program {
    /// The name of the binary.
    pub(crate) name: &'static str,
    /// The version of the crate, and that of the description.
    pub(crate) version: &'static str,
    /// The title of the API.
    pub(crate) about: &'static str,
    /// The description of the API.
    pub(crate) details: &'static str,
    /// The environment variable of the base URL.
    pub(crate) base_url: &'static str,
    /// The environment variable of the token URL, if a scheme fetches tokens.
    pub(crate) token_url: Option<&'static str>,
    /// The builder of the crate's client.
    pub(crate) builder: fn() -> ClientBuilder,
    /// The credentials that the environment may have.
    pub(crate) credentials: &'static [Variables],
    /// The groups of operations that are compiled.
    pub(crate) groups: &'static [Group],
    /// The operations without a group.
    pub(crate) operations: &'static [Subcommand],
}

/// The environment variables of a security scheme's credential. Of several for one scheme, the first that is set counts.
#[derive(Debug)]
pub(crate) struct Variables {
    /// The scheme.
    pub(crate) scheme: &'static Scheme,
    /// The variables, by the kind of credential.
    pub(crate) source: Source,
}

/// The variables that a credential is made of.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Source {
    /// A key, a token, or the parameters of another HTTP scheme.
    Fixed(&'static str),
    /// User and password.
    Basic(&'static str, &'static str),
    /// Id and secret of an OAuth 2.0 client.
    Client(&'static str, &'static str),
    /// Id and secret of an OAuth 2.0 client, the latter unless it is public, and a refresh token.
    Refresh(&'static str, &'static str, &'static str),
    /// The path of a client certificate, and the function by which a client presents it.
    Certificate(&'static str, fn(ClientBuilder, &str) -> Result<ClientBuilder, String>),
}

/// A group of operations.
#[derive(Debug)]
pub(crate) struct Group {
    /// The name of the subcommand.
    pub(crate) name: &'static str,
    /// A line of help.
    pub(crate) about: &'static str,
    /// The operations.
    pub(crate) operations: &'static [Subcommand],
}

/// An operation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Subcommand {
    /// The name of the subcommand.
    pub(crate) name: &'static str,
    /// The facts about the operation.
    pub(crate) spec: &'static Spec,
    /// A line of help.
    pub(crate) about: &'static str,
    /// The rest of the help.
    pub(crate) details: &'static str,
    /// The parameters.
    pub(crate) arguments: &'static [Argument],
    /// The parameters that have one value only.
    pub(crate) constants: &'static [Constant],
    /// The bodies, the usual one first.
    pub(crate) bodies: &'static [Body],
    /// The statuses that are a success besides those from 200 to 299, from the first to the last of each range.
    pub(crate) successes: &'static [(u16, u16)],
    /// The way through the pages of the answer.
    pub(crate) pages: Option<&'static dyn EachPage>,
}

impl Subcommand {
    /// An operation without parameters.
    pub(crate) const fn new(
        name: &'static str,
        spec: &'static Spec,
        about: &'static str,
        details: &'static str,
    ) -> Self {
        let (arguments, constants, bodies, successes): (&[Argument], &[Constant], &[Body], _) = (&[], &[], &[], &[]);
        Self { name, spec, about, details, arguments, constants, bodies, successes, pages: None }
    }

    /// Returns whether a status is a success.
    pub(crate) fn succeeds(&self, status: u16) -> bool {
        let mut ranges = [(200, 299)].iter().chain(self.successes);
        ranges.any(|(first, last)| (*first..=*last).contains(&status))
    }
}

/// The way from one page to the next.
pub(crate) trait EachPage: std::fmt::Debug + Sync {
    /// The place of a page's items (RFC 6901).
    fn items(&self) -> &'static str;

    /// The request for the page after an answer; `None` after the last.
    fn next(&self, client: &Client, request: Box<Request>, page: &Reply) -> Option<Box<Request>>;
}

/// An argument or an option: a name, and what its text stands for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Flag {
    /// The name, unique in the subcommand.
    pub(crate) name: &'static str,
    /// The kind of value.
    pub(crate) kind: Kind,
    /// A line of help.
    pub(crate) help: &'static str,
    /// The rest of the help.
    pub(crate) details: &'static str,
    /// True if it has to be there.
    pub(crate) required: bool,
    /// True for a list of such values.
    pub(crate) many: bool,
    /// The values that the description lists. Others are sent as well.
    pub(crate) values: &'static [&'static str],
}

impl Flag {
    /// An optional one.
    pub(crate) const fn new(name: &'static str, kind: Kind) -> Self {
        Self { name, kind, help: "", details: "", required: false, many: false, values: &[] }
    }

    /// One with help: a line, and what else is to be said.
    pub(crate) const fn help(self, help: &'static str, details: &'static str) -> Self {
        Self { help, details, ..self }
    }

    /// One that has to be there.
    pub(crate) const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// A list.
    pub(crate) const fn many(self) -> Self {
        Self { many: true, ..self }
    }

    /// One with known values.
    pub(crate) const fn values(self, values: &'static [&'static str]) -> Self {
        Self { values, ..self }
    }
}

/// The kind of value that a text stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The text itself.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Bool,
    /// JSON.
    Json,
    /// JSON if it reads as such, else the text itself.
    Any,
    /// The path of a file.
    File,
    /// A text, or behind `@` the path of a file.
    FileOrText,
}

/// A parameter.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Argument {
    /// The argument of the command line.
    pub(crate) flag: Flag,
    /// The parameter that it sets.
    pub(crate) parameter: Parameter,
    /// The serialization.
    pub(crate) content: Content,
}

impl Argument {
    /// A parameter in its style.
    pub(crate) const fn new(flag: Flag, parameter: Parameter) -> Self {
        Self { flag, parameter, content: Content::Styled }
    }

    /// A parameter in another form.
    pub(crate) const fn content(self, content: Content) -> Self {
        Self { content, ..self }
    }
}

/// The serialization of a parameter.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Content {
    /// In its style.
    Styled,
    /// As JSON.
    Json,
    /// As the pairs of a form.
    Form,
    /// As the whole query string, the members of a form.
    Query,
    /// As the whole query string, JSON.
    JsonQuery,
}

/// A parameter that has one value only.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Constant {
    /// The parameter.
    pub(crate) parameter: Parameter,
    /// The serialization.
    pub(crate) content: Content,
    /// The value.
    pub(crate) value: &'static str,
}

/// A request body.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Body {
    /// The media type, or a range of them.
    pub(crate) content_type: &'static str,
    /// The serialization.
    pub(crate) form: BodyForm,
    /// True if there has to be one.
    pub(crate) required: bool,
    /// A line of help.
    pub(crate) help: &'static str,
    /// The members that have options of their own.
    pub(crate) members: &'static [Member],
}

impl Body {
    /// An optional body without options for its members.
    pub(crate) const fn new(content_type: &'static str, form: BodyForm) -> Self {
        Self { content_type, form, required: false, help: "", members: &[] }
    }

    /// One that has to be there.
    pub(crate) const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// One with a line of help.
    pub(crate) const fn help(self, help: &'static str) -> Self {
        Self { help, ..self }
    }

    /// One whose members are options.
    pub(crate) const fn members(self, members: &'static [Member]) -> Self {
        Self { members, ..self }
    }
}

/// The serialization of a body.
#[derive(Clone, Copy, Debug)]
pub(crate) enum BodyForm {
    /// As JSON.
    Json,
    /// As the members of a form, of which some have styles.
    Form(&'static [Parameter]),
    /// As JSON values, one a line.
    Lines,
    /// As it is.
    Raw,
    /// In several parts, which this function writes.
    Parts(WriteParts),
}

/// Writes the parts that the command line has: of each member its texts.
pub(crate) type WriteParts =
    fn(request: &mut Request, content_type: &str, given: &[(&'static Member, Vec<String>)]) -> Result<(), String>;

/// A member of a body.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member {
    /// The option.
    pub(crate) flag: Flag,
    /// The name of the member, or of the part.
    pub(crate) wire: &'static str,
    /// The JSON that is sent where it is not given.
    pub(crate) otherwise: Option<&'static str>,
    /// The form of a part.
    pub(crate) part: PartForm,
}

impl Member {
    /// A member of an object.
    pub(crate) const fn new(wire: &'static str, flag: Flag) -> Self {
        Self { flag, wire, otherwise: None, part: PartForm::Plain(None) }
    }

    /// One that has a value where it is not given.
    pub(crate) const fn otherwise(self, json: &'static str) -> Self {
        Self { otherwise: Some(json), ..self }
    }

    /// A part of a multipart body.
    pub(crate) const fn part(self, part: PartForm) -> Self {
        Self { part, ..self }
    }
}

/// The form of a part.
#[derive(Clone, Copy, Debug)]
pub(crate) enum PartForm {
    /// By what it is, as of a media type, where one is to be said.
    Plain(Option<&'static str>),
    /// As JSON, of a media type that is.
    Json(&'static str),
    /// In a style of parameters.
    Styled(Parameter),
    /// The contents of a file as they are, of a media type.
    Verbatim(&'static str),
    /// A header of the part of this name.
    Header(&'static str),
}
