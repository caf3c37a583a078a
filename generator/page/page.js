// The page: files in, files out. Text of a description or a crate is only ever set as text, never as markup.
import { pieces } from "./highlight.js";
import { tar } from "./tar.js";

const at = (id) => document.getElementById(id);
const EXAMPLE = "webhooks-api.yaml";
const MOST_BYTES = 400_000; // Of a file that is shown.
const MOST_EDITED = 2_000_000; // Of a description in the text area, which takes long over more.
const PLACEHOLDER = at("text").placeholder;
const [input, text, given, name, state, save, findings, crate, list, filter, code] =
  ["input", "text", "given", "package", "state", "save", "findings", "crate", "files", "filter", "code"].map(at);

let worker;
let waiting = false;
let files = []; // Those given, the main one first, whose text the text area has unless it is too long.
let answer = { files: [] };
let shown = "";

function start() {
  worker?.terminate();
  worker = new Worker("worker.js", { type: "module" });
  worker.onmessage = ({ data }) => {
    if (data.ready) return say(waiting ? "Generating…" : "Ready.");
    waiting = false;
    at("run").disabled = false;
    if (data.failed) {
      say(data.failed);
      if (data.over) start();
      return;
    }
    show(data.answer, data.milliseconds);
  };
  worker.onerror = (event) => {
    waiting = false;
    at("run").disabled = false;
    say(`The generator can't be loaded: ${event.message || "this browser has no WebAssembly, or no module workers"}`);
  };
}

function say(message) {
  state.textContent = message;
}

function generate() {
  const first = { path: files[0]?.path ?? "openapi.yaml", text: text.value || (files[0]?.text ?? "") };
  if (!first.text.trim()) return say("Paste a description, or drop its files.");
  waiting = true;
  at("run").disabled = true;
  say("Generating…");
  worker.postMessage({ package: name.value, files: [first, ...files.slice(1)] });
}

function show(made, milliseconds) {
  answer = made;
  const rejected = made.files.length === 0;
  const bytes = made.files.reduce((sum, file) => sum + file.text.length, 0);
  say(
    rejected
      ? "The description is rejected. Nothing was made."
      : `${made.package}: ${count(made.operations, "operation")}, ${count(made.types, "type")}, ` +
          `${count(made.files.length, "file")}, ${Math.ceil(bytes / 1024).toLocaleString()} KiB, in ${Math.round(milliseconds).toLocaleString()} ms`,
  );
  const found = made.findings.trim();
  findings.hidden = !found;
  findings.open = rejected;
  findings.classList.toggle("rejected", rejected);
  const some = (found.match(/^(error|warning|note)\b/gm) ?? []).length;
  findings.querySelector("summary").textContent = some ? count(some, "finding") : "Findings";
  findings.querySelector("pre").textContent = found;
  crate.hidden = save.hidden = rejected;
  filter.value = "";
  const wanted = [shown, "src/webhooks.rs", "src/operations.rs", "src/types.rs", "src/lib.rs"];
  const first = wanted.find((path) => made.files.some((file) => file.path === path));
  fill();
  if (!rejected) open(first ?? made.files[0].path);
}

function count(number, noun) {
  return `${number.toLocaleString()} ${noun}${number === 1 ? "" : "s"}`;
}

// The crate's own files first: those of the runtime are the same in every crate.
function fill() {
  const wanted = filter.value.trim().toLowerCase();
  const has = (file) => file.path.toLowerCase().includes(wanted) || (wanted.length > 2 && file.text.toLowerCase().includes(wanted));
  const isRuntime = (file) => file.path.startsWith("src/runtime");
  const found = answer.files.filter((file) => !wanted || has(file));
  found.sort((one, other) => isRuntime(one) - isRuntime(other) || (one.path < other.path ? -1 : 1));
  list.replaceChildren(
    ...found.map((file) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.textContent = file.path;
      button.onclick = () => open(file.path);
      if (file.path === shown) button.setAttribute("aria-current", "true");
      item.append(button);
      return item;
    }),
  );
}

function open(path) {
  const file = answer.files.find((file) => file.path === path);
  if (!file) return;
  shown = path;
  for (const button of list.querySelectorAll("button")) {
    button.toggleAttribute("aria-current", button.textContent === path);
  }
  const whole = file.text.length <= MOST_BYTES;
  const body = whole ? file.text : `${file.text.slice(0, MOST_BYTES)}\n… (the file goes on; saved, it is whole)`;
  const inside = code.querySelector("code");
  inside.replaceChildren(
    ...pieces(body, path).map(([kind, piece]) => {
      if (!kind) return document.createTextNode(piece);
      const span = document.createElement("span");
      span.className = kind;
      span.textContent = piece;
      return span;
    }),
  );
  const wanted = filter.value.trim().toLowerCase();
  const found = wanted.length > 2 ? body.toLowerCase().indexOf(wanted) : -1;
  const line = found < 0 ? 0 : body.slice(0, found).split("\n").length - 3;
  code.scrollTo(0, line * parseFloat(getComputedStyle(code).lineHeight));
}

async function take(chosen) {
  const read = [...chosen].map(async (file) => ({ path: file.webkitRelativePath || file.name, text: await file.text() }));
  const all = await Promise.all(read);
  // Of several, the main one says which version it is.
  const main = all.findIndex((file) => /^\s*["']?(openapi|swagger)["']?\s*:/m.test(file.text));
  if (main > 0) all.unshift(...all.splice(main, 1));
  if (all.length === 0) return;
  files = all;
  const { length } = all[0].text;
  text.value = length > MOST_EDITED ? "" : all[0].text;
  text.placeholder = length > MOST_EDITED ? `${all[0].path} has ${(length / 1e6).toFixed(1)} MB, too many to edit here.` : PLACEHOLDER;
  given.textContent = all.map((file) => file.path).join(", ");
  name.value = "";
  generate();
}

at("run").onclick = generate;
at("open").onchange = (event) => take(event.target.files);
filter.oninput = fill;
text.onpaste = () => {
  if (!text.value) {
    files = [];
    text.placeholder = PLACEHOLDER;
    given.textContent = "";
    setTimeout(generate);
  }
};
text.onkeydown = (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) generate();
};
for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    input.classList.add("over");
  });
}
document.addEventListener("dragleave", () => input.classList.remove("over"));
document.addEventListener("drop", (event) => {
  event.preventDefault();
  input.classList.remove("over");
  take(event.dataTransfer.files);
});
save.onclick = () => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(tar(answer.package, answer.files));
  link.download = `${answer.package}.tar`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};

start();
const example = await fetch(EXAMPLE).catch(() => undefined);
if (example?.ok && !text.value) {
  files = [{ path: EXAMPLE, text: "" }];
  text.value = await example.text();
  given.textContent = `${EXAMPLE}, an example`;
  generate();
}
