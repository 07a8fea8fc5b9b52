//! Stages of a run, each on its own: `cargo bench`. Numbers of one machine compare only among
//! themselves; whole processes are compared with others by `benches/compare`.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a benchmark that cannot start should say so"
)]

mod support;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::process::Command;
use std::sync::LazyLock;

use divan::{Bencher, counter::ItemsCount};
use gemba::dataset::{
    ByCustomer, ByDefects, Dataset, Grain, OpportunityBasis, by_customer, by_defects, span,
};
use gemba::intake::{self, Options, Read};
use gemba::sample;
use support::workbook::{Layout, write};
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_gemba");

/// Where the inputs stand until the last benchmark has run.
static FOLDER: LazyLock<TempDir> = LazyLock::new(|| tempfile::tempdir().unwrap());

fn main() {
    divan::main();
}

fn workbook(rows: u64, layout: Layout) -> PathBuf {
    let extension = if layout == Layout::Csv { "csv" } else { "xlsx" };
    let path = FOLDER.path().join(format!("{}-{rows}.{extension}", layout.name()));
    if !path.exists() {
        let mut file = BufWriter::new(File::create(&path).unwrap());
        write(rows, layout, &mut file).unwrap();
        file.flush().unwrap();
    }
    path
}

fn company() -> PathBuf {
    let folder = FOLDER.path().join("company");
    if !folder.exists() {
        std::fs::create_dir(&folder).unwrap();
        for file in sample::files(&sample::Recipe::default()).unwrap() {
            std::fs::write(folder.join(file.name), file.bytes).unwrap();
        }
    }
    folder
}

fn read(path: PathBuf, options: &Options) -> Read {
    intake::read(&[path], options, &())
}

/// Opening, sniffing, counting what the parts unpack to, and finding the header: one record.
#[divan::bench(args = [Layout::Excel, Layout::Csv])]
fn preflight_and_header(bencher: Bencher<'_, '_>, layout: Layout) {
    let path = workbook(1, layout);
    bencher.bench(|| read(path.clone(), &Options::default()));
}

/// The same in a process of its own.
#[divan::bench]
fn child_process(bencher: Bencher<'_, '_>) {
    let path = workbook(1, Layout::Excel);
    let options = Options { program: Some(PathBuf::from(PROGRAM)), ..Options::default() };
    bencher.bench(|| read(path.clone(), &options));
}

/// All rows of a workbook: parsed, typed, checked and accounted for.
#[divan::bench(args = [(10_000, Layout::Excel), (10_000, Layout::Lo), (10_000, Layout::Inline), (100_000, Layout::Excel)], sample_count = 10)]
fn rows(bencher: Bencher<'_, '_>, (rows, layout): (u64, Layout)) {
    let path = workbook(rows, layout);
    let rows = ItemsCount::new(rows);
    bencher.counter(rows).bench(|| read(path.clone(), &Options::default()));
}

/// The rows of a text file: typing and the row loop without the cost of a workbook's XML.
#[divan::bench(args = [10_000, 100_000], sample_count = 10)]
fn rows_of_text(bencher: Bencher<'_, '_>, rows: u64) {
    let path = workbook(rows, Layout::Csv);
    bencher.counter(ItemsCount::new(rows)).bench(|| read(path.clone(), &Options::default()));
}

fn dataset() -> Dataset {
    let (files, _) = intake::expand(&[company().display().to_string()]);
    let read = intake::read(&files, &Options::default(), &());
    let period = span(&read.tables).unwrap();
    let Read { tables, sources, .. } = read;
    Dataset { tables: BTreeMap::clone(&tables), sources, period, as_of: period.to, threads: 1 }
}

/// Defects by month, step, team and category.
#[divan::bench]
fn summary_by_defects(bencher: Bencher<'_, '_>) {
    let data = dataset();
    let summary =
        || -> ByDefects { by_defects(&data, Grain::Month, data.as_of, OpportunityBasis::PerUnit) };
    bencher.bench_local(summary);
}

/// Sales, profit and cost by customer.
#[divan::bench]
fn summary_by_customer(bencher: Bencher<'_, '_>) {
    let data = dataset();
    bencher.bench_local(|| -> ByCustomer { by_customer(&data, data.period) });
}

/// The whole program over the sample company: three reports, three formats.
#[divan::bench(sample_count = 10)]
fn whole_run(bencher: Bencher<'_, '_>) {
    let (input, output) = (company(), FOLDER.path().join("reports"));
    bencher.bench(|| {
        let mut run = Command::new(PROGRAM);
        run.args(["report", "--quiet", "--output"]).arg(&output).arg(&input);
        assert!(run.status().unwrap().success(), "the run of the sample company");
    });
}
