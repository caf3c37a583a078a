//! The fuzz targets, where this machine has what they take: a nightly toolchain and `cargo-fuzz`.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use clientwright_cli::report::Ui;

/// Runs each target for its share of the time, and returns those that found something.
pub(super) fn run(finds: &Path, time: Duration, ui: &Ui) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let fuzz = |args: &[&str]| {
        let mut command = Command::new("cargo");
        command.args(["+nightly", "fuzz"]).args(args).current_dir(&root).stdout(Stdio::null());
        command
    };
    let is_there = fuzz(&["--version"]).stderr(Stdio::null()).status().is_ok_and(|status| status.success());
    if !is_there {
        ui.print("the fuzz targets need a nightly toolchain and cargo-fuzz: not run\n");
        return Vec::new();
    }
    let entries = fs::read_dir(root.join("fuzz/fuzz_targets")).into_iter().flatten().flatten();
    let mut targets: Vec<String> =
        entries.filter_map(|entry| Some(entry.path().file_stem()?.to_str()?.to_owned())).collect();
    targets.sort();
    let share = time.as_secs() / (targets.len().max(1) as u64);
    let mut found = Vec::new();
    for target in targets {
        ui.print(&format!("fuzzing {target} for {share} s\n"));
        let (limit, artifacts) =
            (format!("-max_total_time={share}"), format!("-artifact_prefix={}/{target}-", finds.display()));
        let arguments = ["run", &target, "--", &limit, &artifacts, "-timeout=25", "-rss_limit_mb=4096"];
        if !fuzz(&arguments).status().is_ok_and(|status| status.success()) {
            found.push(format!("the fuzz target {target}, in {}", finds.display()));
        }
    }
    found
}
