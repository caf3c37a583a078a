//! `overlay` and `lint --overlay-for`: overlays that the program writes.

use crate::place::Place;

const OLD: &str = "\
openapi: 3.0.3
info: { title: Animals, version: 1.0.0 }
paths:
  /cats/{id}:
    get: { operationId: cat, responses: { '204': { description: Done } } }
";

#[test]
fn the_difference_of_two_documents_is_printed() {
    let place = Place::new();
    place.write("old.yaml", OLD);
    place.write("new.yaml", &OLD.replace("Animals", "Cats"));
    let run = place.run(&["overlay", "old.yaml", "new.yaml"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("extends: old.yaml\n") && run.stdout.contains("title: Cats\n"), "{}", run.stdout);
    place.write("cats.overlay.yaml", &run.stdout);
    let with = place.run(&["effective", "old.yaml", "--overlay", "cats.overlay.yaml"]);
    assert_eq!(with.stdout, place.run(&["effective", "new.yaml"]).stdout);

    let same = place.run(&["overlay", "old.yaml", "old.yaml"]);
    assert_eq!((same.code, same.stdout.as_str()), (0, ""));
    assert!(same.stderr.contains("the same contents"), "{}", same.stderr);
}

#[test]
fn lint_names_the_overlay_that_it_writes() {
    let place = Place::new();
    place.write("old.yaml", OLD);
    let run = place.run(&["lint", "old.yaml"]);
    assert!(run.stderr.contains("--overlay-for CODE") && run.stderr.contains("CW0501"), "{}", run.stderr);
    let run = place.run(&["lint", "old.yaml", "--overlay-for", "CW0501"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, "1 of 1 finding of CW0501 settled\n"));
    place.write("cats.overlay.yaml", &run.stdout);
    let run = place.run(&["lint", "old.yaml", "--overlay", "cats.overlay.yaml"]);
    assert!(run.stderr.contains("0 errors, 0 warnings, 0 notes"), "{}", run.stderr);

    let none = place.run(&["lint", "old.yaml", "--overlay-for", "CW0000"]);
    assert_eq!(none.code, 2, "{}", none.stderr);
}
