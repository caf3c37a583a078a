//! The time of each stage over a synthetic document, and over a real one if `CLIENTWRIGHT_SHARED` names the folder of the
//! corpus.

use std::hint::black_box;
use std::path::Path;

use clientwright::diagnostics::Diagnostics;
use clientwright::{NoFiles, Source, document, emit, lower, normalize, plan};
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use xtask::synthetic;

fn stages(criterion: &mut Criterion) {
    let synthetic = Source { name: "synthetic.json".to_owned(), bytes: synthetic::document(500).into_bytes() };
    stages_of(criterion, "synthetic", &synthetic);
    match std::env::var_os("CLIENTWRIGHT_SHARED") {
        Some(shared) => {
            let file = Path::new(&shared).join("corpus/box.json");
            let bytes = std::fs::read(&file).expect("the shared folder has its corpus");
            stages_of(criterion, "box", &Source { name: "box.json".to_owned(), bytes });
        }
        None => eprintln!("CLIENTWRIGHT_SHARED is not set: no real description is measured"),
    }
}

fn stages_of(criterion: &mut Criterion, name: &str, source: &Source) {
    let mut group = criterion.benchmark_group(name);
    group.sample_size(20);
    let settings = normalize::Settings::default();
    let found = &mut Diagnostics::default();
    let document = document::read(source, &settings.limits, found).expect("the document is fine");
    group.bench_function("reading", |bench| {
        bench.iter(|| document::read(black_box(source), &settings.limits, &mut Diagnostics::default()));
    });
    let normal = |document, found: &mut Diagnostics| {
        let tree = normalize::tree(document, Vec::new(), &NoFiles, &settings, found)?;
        normalize::typed(tree, found)
    };
    group.bench_function("normalizing", |bench| {
        let copy = || document.clone();
        bench.iter_batched(copy, |document| normal(document, &mut Diagnostics::default()), BatchSize::PerIteration);
    });
    let model = normal(document, found).expect("the document is fine");
    group.bench_function("lowering", |bench| {
        let lower = |model| lower::lower(model, &|_| false, &mut Diagnostics::default());
        bench.iter_batched(|| model.clone(), lower, BatchSize::PerIteration);
    });
    let api = lower::lower(model, &|_| false, found);
    let package = plan::Package::new(name);
    group.bench_function("planning", |bench| {
        bench.iter(|| plan::plan(black_box(&api), &package, &mut Diagnostics::default()));
    });
    let plan = plan::plan(&api, &package, found);
    group.bench_function("emitting", |bench| bench.iter(|| emit::emit(black_box(&plan))));
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
