//! Runs that end in the middle: killed at any instant, refused by the system at any call, or two at once.
//!
//! Whatever happened, the next run completes the folder, and nothing is left beside it.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::place::{CONFIG, Place, spec};

type Files = BTreeMap<String, Vec<u8>>;

/// The states that a run may begin in.
#[derive(Clone, Copy, Debug)]
enum Start {
    /// Nothing was generated yet.
    Empty,
    /// A group was added and another removed since the last run.
    Changed,
}

const STARTS: [Start; 2] = [Start::Empty, Start::Changed];

/// The part of the files' names that says that clientwright writes to them only for a while.
const TEMPORARY: &str = ".clientwright.tmp";

fn begin(start: Start) -> Place {
    let place = Place::new();
    place.write("codegen.toml", CONFIG);
    if let Start::Changed = start {
        place.write("specs/animals.yaml", &spec(&["cats", "dogs", "elks"]));
        assert_eq!(place.run(&["codegen"]).code, 0);
    }
    place.write("specs/animals.yaml", &spec(&["cats", "dogs", "owls"]));
    place
}

/// Everything that is in the place once a run has come to its end.
fn complete(start: Start) -> Files {
    let place = begin(start);
    assert_eq!(place.run(&["codegen"]).code, 0);
    place.files("")
}

fn command(place: &Place) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clientwright"));
    command.arg("codegen");
    in_place(&mut command, place);
    command
}

fn in_place(command: &mut Command, place: &Place) {
    command.current_dir(place.path("")).env("CLIENTWRIGHT_CACHE", place.fingerprints());
    command.stdout(Stdio::null()).stderr(Stdio::null());
}

/// The next run has to end well and to leave exactly what one run would have.
fn completes(place: &Place, expected: &Files, after: &str) {
    let run = place.run(&["codegen"]);
    assert_eq!(run.code, 0, "{after}: {}", run.stderr);
    let found = place.files("");
    let names = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&found), names(expected), "{after}");
    assert_eq!(&found, expected, "{after}");
    let fingerprints = std::fs::read_dir(place.fingerprints()).unwrap().map(|entry| entry.unwrap().file_name());
    let left: Vec<_> = fingerprints.filter(|name| name.to_string_lossy().contains(TEMPORARY)).collect();
    assert!(left.is_empty(), "{after}: {left:?}");
}

/// The number of things to try; the variable `CLIENTWRIGHT_INSTANTS` changes it.
fn instants(usual: usize) -> usize {
    std::env::var("CLIENTWRIGHT_INSTANTS").ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// Kills runs at instants that are spread over the time that a run takes; the instants differ from run to run of the machine.
fn kill_at_instants(number: usize) -> usize {
    let mut unfinished = 0;
    for start in STARTS {
        let expected = complete(start);
        let place = begin(start);
        let begun = Instant::now();
        assert!(command(&place).status().unwrap().success());
        let usual = begun.elapsed();
        for index in 0..number / STARTS.len() {
            let place = begin(start);
            let signal = ["-KILL", "-INT", "-TERM"][index % 3];
            let mut child = command(&place).spawn().unwrap();
            // The last tenths of a run are those in which it writes.
            let share = 0.3 + 0.9 * (index as f64 + 0.5) / (number as f64 / STARTS.len() as f64);
            std::thread::sleep(Duration::from_secs_f64(usual.as_secs_f64() * share));
            let _ = Command::new("kill").args([signal, &child.id().to_string()]).stderr(Stdio::null()).status();
            unfinished += usize::from(!child.wait().unwrap().success());
            let after = format!("{start:?}, {signal} at {share:.3}");
            if signal != "-KILL" {
                let left: Vec<String> = place.files("").into_keys().filter(|name| name.contains(TEMPORARY)).collect();
                assert!(left.is_empty(), "{after}: {left:?}");
            }
            completes(&place, &expected, &after);
        }
    }
    unfinished
}

#[cfg(unix)]
#[test]
fn a_killed_run_is_completed_by_the_next() {
    kill_at_instants(instants(12));
}

#[cfg(unix)]
#[test]
#[ignore = "takes minutes"]
fn a_run_killed_at_any_of_a_thousand_instants_is_completed_by_the_next() {
    let number = instants(1000);
    println!("{number} instants, {} of them before the end of a run; 0 broken, 0 left over", kill_at_instants(number));
}

/// The calls by which a run changes files.
const CALLS: [&str; 9] = ["openat", "write", "mkdir", "rename", "unlink", "rmdir", "unlinkat", "chmod", "fchmod"];

/// Returns the number of calls of each kind that a run makes.
fn calls(start: Start) -> BTreeMap<&'static str, usize> {
    let place = begin(start);
    let log = tempfile::NamedTempFile::new().unwrap();
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qq", "-e", &format!("trace={}", CALLS.join(",")), "-o"]).arg(log.path());
    strace.arg(env!("CARGO_BIN_EXE_clientwright")).arg("codegen");
    in_place(&mut strace, &place);
    assert!(strace.status().expect("strace").success());
    let log = std::fs::read_to_string(log.path()).unwrap();
    CALLS.iter().map(|call| (*call, log.lines().filter(|line| line.contains(&format!(" {call}("))).count())).collect()
}

/// Injects something into each call of a run, one run for each call.
fn inject(effects: &[&str]) -> usize {
    let mut tried = 0;
    for start in STARTS {
        let expected = complete(start);
        let before = begin(start).files("");
        for (call, number) in calls(start) {
            // Of reads, a hundred say as much as all.
            for at in (1..=number).step_by(1 + number / instants(100)) {
                for effect in effects {
                    let place = begin(start);
                    let mut strace = Command::new("strace");
                    let injection = format!("inject={call}:{effect}:when={at}");
                    strace.args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={call}"), "-e", &injection]);
                    strace.arg(env!("CARGO_BIN_EXE_clientwright")).arg("codegen");
                    in_place(&mut strace, &place);
                    let done = strace.status().unwrap().success();
                    let after = format!("{start:?}, {injection}");
                    tried += 1;
                    let left = place.files("");
                    // Where the process lives on, it leaves all or nothing; calls that remove things may be refused for good.
                    if effect.starts_with("error") && !["unlink", "rmdir", "unlinkat"].contains(&call) {
                        assert!(left == before || left == expected, "{after}: {:?}", left.keys());
                        assert!(!done || left == expected, "{after}: success, and not complete");
                    }
                    completes(&place, &expected, &after);
                }
            }
        }
    }
    tried
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "needs strace, and takes minutes"]
fn a_system_call_that_fails_leaves_all_or_nothing() {
    println!("{} calls refused; 0 broken, 0 left over", inject(&["error=ENOSPC", "error=EACCES"]));
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "needs strace, and takes minutes"]
fn a_run_killed_at_a_system_call_is_completed_by_the_next() {
    println!("{} calls killed; 0 broken, 0 left over", inject(&["signal=KILL"]));
}

#[test]
fn runs_at_once_wait_for_each_other() {
    for start in STARTS {
        let (expected, place) = (complete(start), begin(start));
        let mut running: Vec<_> = (0..4).map(|_| command(&place).spawn().unwrap()).collect();
        for child in &mut running {
            assert!(child.wait().unwrap().success(), "{start:?}");
        }
        assert_eq!(place.files(""), expected, "{start:?}");
    }
}

#[test]
fn what_a_killed_run_left_is_no_obstacle_and_goes() {
    let place = begin(Start::Empty);
    let expected = complete(Start::Empty);
    place.write("out/.clientwright.tmp/0", "half of a fi");
    place.write("specs/.animals.names.yaml.clientwright.tmp", "half of a na");
    completes(&place, &expected, "leftovers before the first run");
    // Also where there is nothing to do.
    completes(&place, &expected, "a second run");
    place.write("out/.clientwright.tmp/0", "half of a fi");
    completes(&place, &expected, "leftovers before a run that is spared");
}

#[cfg(unix)]
#[test]
fn a_permission_lost_half_way_leaves_the_folder_as_it_was() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = begin(Start::Changed);
    let before = place.files("");
    let folder = place.path("out/src");
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o555)).unwrap();
    let refused = std::fs::write(folder.join("probe.rs"), "").is_err();
    let run = place.run(&["codegen"]);
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o755)).unwrap();
    // To the superuser, everything is permitted.
    if refused {
        assert_eq!((run.code, place.files("")), (1, before));
    } else {
        assert_eq!(run.code, 0, "{}", run.stderr);
    }
}
