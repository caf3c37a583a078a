//! `codegen --watch`, `init` and `graph`.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::place::{CONFIG, Place, spec};

/// A run that goes on until the test is over.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn watch(place: &Place) -> Running {
    let child = Command::new(env!("CARGO_BIN_EXE_clientwright"))
        .args(["codegen", "--watch"])
        .current_dir(place.path(""))
        .stdout(Stdio::null())
        .stderr(std::fs::File::create(place.path("log")).unwrap())
        .spawn()
        .unwrap();
    Running(child)
}

/// Waits, far longer than it ever takes, for something to be so.
fn eventually(place: &Place, what: &str, holds: impl Fn() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < Duration::from_secs(60), "{what}; the run said: {}", place.read("log"));
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn watching_follows_the_description_and_outlives_its_faults() {
    let place = Place::new();
    place.write("codegen.toml", CONFIG);
    place.write("specs/animals.yaml", &spec(&["cats"]));
    let _running = watch(&place);
    let said = |text: &str, times: usize| place.read("log").matches(text).count() >= times;
    eventually(&place, "it generates at once", || said("animals: 1 operation", 1));
    eventually(&place, "it says that it waits", || said("waiting for changes of 2 files", 1));

    place.write("specs/animals.yaml", &spec(&["cats", "dogs"]));
    eventually(&place, "it generates again", || said("animals: 2 operations", 1));
    assert!(said("specs/animals.yaml changed", 1), "{}", place.read("log"));
    let good = place.files("out");

    place.write("specs/animals.yaml", "openapi: 3.1.0\ninfo: [");
    eventually(&place, "it says what is wrong", || said("rejected", 1));
    assert_eq!(place.files("out"), good);

    place.write("codegen.toml", "[[client]]\nspec = 1\n");
    eventually(&place, "a broken configuration does not end it", || said("codegen.toml", 1));
    assert_eq!(place.files("out"), good);

    place.write("specs/animals.yaml", &spec(&["cats", "dogs", "birds"]));
    place.write("codegen.toml", CONFIG);
    eventually(&place, "it goes on", || said("animals: 3 operations", 1));
    assert_eq!(place.read("log").matches("waiting for changes").count(), 1);
}

#[test]
fn without_a_configuration_there_is_nothing_to_watch() {
    let run = Place::new().run(&["codegen", "--watch"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("codegen.toml"), "{}", run.stderr);
}

#[test]
fn a_new_configuration_works_and_an_old_one_stays() {
    let place = Place::new();
    place.write("specs/animals.yaml", &spec(&["cats"]));
    let run = place.run(&["init", "specs/animals.yaml"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let run = place.run(&["codegen"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(place.path("animals/src/lib.rs").exists());

    let before = place.read("codegen.toml");
    let run = place.run(&["init", "specs/animals.yaml", "--package", "other"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("here already"), "{}", run.stderr);
    assert_eq!(place.read("codegen.toml"), before);
}

/// The comments are to be uncommented: they have to be right, too.
#[test]
fn every_suggestion_of_a_new_configuration_is_accepted() {
    let place = Place::new();
    place.write("animals.yaml", &spec(&["cats"]));
    place.write("corrections.overlay.yaml", "overlay: 1.0.0\ninfo: { title: None, version: '1' }\nactions:\n  - { target: $.info, update: { title: Beasts } }\n");
    assert_eq!(place.run(&["init", "animals.yaml", "--out", "clients/animals"]).code, 0);
    let text = place.read("codegen.toml");
    let lines = text.lines().filter(|line| !line.contains('…'));
    let all: Vec<&str> =
        lines.map(|line| line.strip_prefix("# ").filter(|it| it.contains(" = ")).unwrap_or(line)).collect();
    assert!(all.iter().filter(|line| line.contains(" = ")).count() >= 7, "{text}");
    place.write("codegen.toml", &all.join("\n"));
    let run = place.run(&["codegen"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(place.read("clients/animals/README.md").contains("Beasts"));
}

#[test]
fn nothing_is_set_up_for_a_document_that_is_not_there() {
    let place = Place::new();
    assert_eq!(place.run(&["init", "none.yaml"]).code, 1);
    place.write("animals.yaml", &spec(&["cats"]));
    assert_eq!(place.run(&["init", "animals.yaml", "--out", "../elsewhere"]).code, 2);
    assert!(!place.path("codegen.toml").exists());
}

const DRAWN: &str = "openapi: 3.1.0
info: { title: Pets, version: '1' }
paths:
  /pets:
    get:
      tags: [pets]
      security: [{ login: [read] }]
      responses: { '200': { description: All, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Pet' } } } } } }
  /toys: { get: { tags: [toys], responses: { '200': { description: All, content: { application/json: { schema: { $ref: '#/components/schemas/Toy' } } } } } } }
components:
  securitySchemes: { login: { type: oauth2, flows: { clientCredentials: { tokenUrl: 'https://pets.example', scopes: { read: Read } } } } }
  schemas:
    Pet: { type: object, properties: { owner: { $ref: '#/components/schemas/Person' } } }
    Person: { type: object, properties: { name: { type: string }, pets: { type: array, items: { $ref: '#/components/schemas/Pet' } } } }
    Toy: { type: object, properties: { name: { type: string } } }
";

#[test]
fn pictures_show_groups_operations_types_and_scopes() {
    let place = Place::new();
    place.write("pets.yaml", DRAWN);
    let mermaid = place.run(&["graph", "pets.yaml"]).stdout;
    assert!(mermaid.starts_with("flowchart LR\n"), "{mermaid}");
    for label in
        ["([\"pets\"]):::groups", "[\"GET /pets\"]:::operations", "(\"Person\"):::types", "{{\"read\"}}:::scopes"]
    {
        assert!(mermaid.contains(label), "{label} in {mermaid}");
    }
    let dot = place.run(&["graph", "pets.yaml", "--format", "dot"]).stdout;
    assert_eq!(dot.matches(" -> ").count(), mermaid.matches(" --> ").count());
    assert!(dot.contains("label=\"GET /toys\""), "{dot}");
}

/// A document without components: its types and scopes are drawn all the same.
const INLINE: &str = "openapi: 3.1.0
info: { title: Hooks, version: '1' }
security: [{ login: [] }]
paths:
  /hooks:
    get:
      responses:
        '200':
          description: All
          content:
            application/json:
              schema:
                type: object
                properties:
                  hooks: { type: array, items: { type: object, properties: { kind: { type: string, enum: [a, b] } } } }
components:
  securitySchemes:
    login: { type: oauth2, flows: { clientCredentials: { tokenUrl: 'https://hooks.example', scopes: { 'hooks:read': Read } } } }
";

#[test]
fn pictures_show_inline_types_and_every_scope() {
    let place = Place::new();
    place.write("hooks.yaml", INLINE);
    let dot = place.run(&["graph", "hooks.yaml", "--format", "dot"]).stdout;
    let node = |label: &str| {
        let line = dot.lines().find(|line| line.contains(&format!("label=\"{label}\"")));
        line.unwrap_or_else(|| panic!("{label} in {dot}")).split_whitespace().next().unwrap_or_default().to_owned()
    };
    let answer = dot.lines().find(|line| line.contains("Response\"")).expect(&dot);
    let answer = answer.split_whitespace().next().unwrap_or_default();
    for (from, to) in [(&*node("GET /hooks"), answer), (answer, &*node("Hook")), (&*node("Hook"), &*node("HookKind"))] {
        assert!(dot.contains(&format!("{from} -> {to};")), "{from} {to} in {dot}");
    }
    assert!(dot.contains("shape=hexagon, label=\"hooks:read\""), "{dot}");
    // The types of the picture are those of the crate.
    assert_eq!(place.run(&["codegen", "--spec", "hooks.yaml", "--out", "out"]).code, 0);
    let sources: String = place.files("out/src").into_values().map(|it| String::from_utf8(it).unwrap()).collect();
    for name in ["Hook", "HookKind"] {
        let declared = ["struct", "enum"].iter().any(|kind| sources.contains(&format!("pub {kind} {name} {{")));
        assert!(declared, "{name}");
    }
}

#[test]
fn a_picture_can_be_of_a_part() {
    let place = Place::new();
    place.write("pets.yaml", DRAWN);
    let part = place.run(&["graph", "pets.yaml", "--focus", "Person"]).stdout;
    assert!(part.contains("\"Person\"") && part.contains("\"Pet\""), "{part}");
    assert!(!part.contains("Toy") && !part.contains("toys"), "{part}");
    let none = place.run(&["graph", "pets.yaml", "--focus", "person"]);
    assert_eq!(none.code, 2);
    assert!(none.stderr.contains("there is Person"), "{}", none.stderr);
}
