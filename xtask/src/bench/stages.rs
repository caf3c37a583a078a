//! The generator's stages one by one, for measuring them.

use std::path::Path;

use clientwright::diagnostics::Diagnostics;
use clientwright::{NoFiles, Source, document, emit, lower, normalize, plan};

use crate::measure::own_cpu;
use clientwright_cli::output::File;

/// The CPU seconds of each stage.
pub(crate) type Stages = Vec<(&'static str, f64)>;

/// Runs one stage after the other; `None` where the document is rejected.
pub(crate) fn stages(path: &Path, bytes: &[u8]) -> Option<(Stages, Vec<File>)> {
    let mut taken = Vec::new();
    let mut since = own_cpu();
    let mut done = |stage: &'static str| {
        let now = own_cpu();
        taken.push((stage, now - since));
        since = now;
    };
    let (settings, found) = (normalize::Settings::default(), &mut Diagnostics::default());
    let source = Source { name: path.display().to_string(), bytes: bytes.to_vec() };
    let document = document::read(&source, &settings.limits, found)?;
    done("reading");
    let tree = normalize::tree(document, Vec::new(), &NoFiles, &settings, found)?;
    let model = normalize::typed(tree, found)?;
    done("normalizing");
    let api = lower::lower(model, &|_| false, found);
    done("lowering");
    let plan = plan::plan(&api, &plan::Package::new("stages"), found);
    drop(api);
    done("planning");
    let files = emit::emit(&plan);
    let files = files.into_iter().map(|file| File { path: file.path, contents: file.contents }).collect();
    done("emitting");
    Some((taken, files))
}
