// The tokens of Rust that are worth a color. Everything else is shown as it is.
const KEYWORDS =
  "as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod move mut pub ref return self Self static struct super trait true type union unsafe use where while";
const TOKEN = new RegExp(
  [
    String.raw`(?<c>//[^\n]*)`,
    String.raw`(?<s>b?r(#*)"[\s\S]*?"\2|b?"(?:\\[\s\S]|[^"\\])*"|b?'(?:\\.[^']*|[^'\\\n])')`,
    String.raw`(?<k>\b(?:${KEYWORDS.replaceAll(" ", "|")})\b)`,
    String.raw`(?<t>\b[A-Z]\w*\b|\b(?:bool|char|f32|f64|i8|i16|i32|i64|i128|isize|str|u8|u16|u32|u64|u128|usize)\b)`,
  ].join("|"),
  "g",
);

/// Pairs of a kind, empty for plain text, and the text.
export function pieces(text, path) {
  if (!path.endsWith(".rs")) return [["", text]];
  const found = [];
  let last = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > last) found.push(["", text.slice(last, match.index)]);
    const [kind] = Object.entries(match.groups).find(([, part]) => part !== undefined);
    found.push([kind, match[0]]);
    last = match.index + match[0].length;
  }
  found.push(["", text.slice(last)]);
  return found;
}
