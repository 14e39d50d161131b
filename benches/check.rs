//! Checking and proving the shipped instrument, in process.
#![allow(missing_docs, clippy::unwrap_used)]

use std::hint::black_box;

use casereview::instrument::{build, check, shipped};
use criterion::{Criterion, criterion_group, criterion_main};

fn checking(criterion: &mut Criterion) {
    let shipped = shipped()[0];
    criterion.bench_function("check and prove the instrument", |bencher| {
        bencher.iter(|| check(shipped.id, black_box(shipped.text)).instrument.unwrap());
    });
    criterion.bench_function("read the instrument without proof", |bencher| {
        bencher.iter(|| build(black_box(shipped.text)).unwrap());
    });
}

criterion_group!(benches, checking);
criterion_main!(benches);
