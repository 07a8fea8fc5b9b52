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
use std::io::{BufReader, BufWriter, Write, sink};
use std::path::PathBuf;
use std::process::Command;
use std::sync::LazyLock;

use divan::{Bencher, counter::BytesCount, counter::ItemsCount};
use gemba::analyses::{self, Ask};
use gemba::dataset::{
    ByCustomer, Dataset, DefectCube, Grain, Kept, OpportunityBasis, by_customer, span,
};
use gemba::i18n::{self, Catalog};
use gemba::intake::{self, Options, Read};
use gemba::records::TableKind;
use gemba::report::edition::{Edition, Lang};
use gemba::report::{self, Constant, Provenance, Report, Section};
use gemba::settings::{ColumnUse, SheetRule};
use gemba::{render, sample};
use support::records::HEADER;
use support::workbook::{Layout, write};
use tempfile::TempDir;
use zip::ZipArchive;

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

/// All rows parsed, their cells typed in the two columns a table of tickets cannot do without.
#[divan::bench(args = [Layout::Excel, Layout::Lo, Layout::Inline], sample_count = 10)]
fn rows_hardly_typed(bencher: Bencher<'_, '_>, layout: Layout) {
    let path = workbook(100_000, layout);
    let left = HEADER.into_iter().filter(|name| !["ticket_id", "opened_at"].contains(name));
    let rule = SheetRule {
        file: "*".to_owned(),
        sheet: "*".to_owned(),
        range: None,
        table: Some(TableKind::Tickets),
        header_row: None,
        columns: left.map(|name| (name.to_owned(), ColumnUse::Ignore)).collect(),
    };
    let options = Options { map: vec![rule], ..Options::default() };
    let rows = ItemsCount::new(100_000_u32);
    bencher.counter(rows).bench(|| read(path.clone(), &options));
}

/// The rows of a text file: typing and the row loop without the cost of a workbook's XML.
#[divan::bench(args = [10_000, 100_000], sample_count = 10)]
fn rows_of_text(bencher: Bencher<'_, '_>, rows: u64) {
    let path = workbook(rows, Layout::Csv);
    bencher.counter(ItemsCount::new(rows)).bench(|| read(path.clone(), &Options::default()));
}

/// What the sample company's files hold.
fn company_read() -> Read {
    let (files, _) = intake::expand(&[company().display().to_string()]);
    intake::read(&files, &Options::default(), &())
}

fn dataset(read: &Read) -> Dataset {
    let period = span(&read.tables).unwrap();
    let (tables, sources) = (BTreeMap::clone(&read.tables), read.sources.clone());
    Dataset { tables, sources, period, as_of: period.to, threads: 1, kept: Kept::default() }
}

/// The parts of a workbook inflated and thrown away: what no reader can do without.
#[divan::bench(args = [Layout::Excel, Layout::Lo, Layout::Inline], sample_count = 10)]
fn unpack(bencher: Bencher<'_, '_>, layout: Layout) {
    let path = workbook(100_000, layout);
    let unpacked = || -> u64 {
        let mut archive = ZipArchive::new(BufReader::new(File::open(&path).unwrap())).unwrap();
        let parts = 0..archive.len();
        parts.map(|i| std::io::copy(&mut archive.by_index(i).unwrap(), &mut sink()).unwrap()).sum()
    };
    bencher.counter(BytesCount::new(unpacked())).bench_local(unpacked);
}

/// The tables of the sample company looked over and taken into a dataset.
#[divan::bench]
fn into_dataset(bencher: Bencher<'_, '_>) {
    let read = company_read();
    bencher.bench_local(|| dataset(&read));
}

/// Defects by month, step, team and category.
#[divan::bench]
fn summary_by_defects(bencher: Bencher<'_, '_>) {
    let data = dataset(&company_read());
    let basis = OpportunityBasis::PerUnit;
    bencher.bench_local(|| DefectCube::new(&data, Grain::Month, data.as_of, basis));
}

/// Sales, profit and cost by customer.
#[divan::bench]
fn summary_by_customer(bencher: Bencher<'_, '_>) {
    let data = dataset(&company_read());
    bencher.bench_local(|| -> ByCustomer { by_customer(&data, data.period) });
}

/// Every analysis the sample company's data carry, with its usual parameters.
fn sections(data: &Dataset) -> Vec<Section> {
    let section = |analysis: &dyn analyses::Analysis| {
        let outcome = analyses::analysis::run(analysis, data, &Ask::default()).ok()?;
        Some(Section { analysis: analysis.id().to_owned(), outcome: outcome.into() })
    };
    analyses::all().filter_map(section).collect()
}

/// Every analysis once.
#[divan::bench(sample_count = 10)]
fn all_analyses(bencher: Bencher<'_, '_>) {
    let data = dataset(&company_read());
    bencher.bench_local(|| sections(&data));
}

/// One report of everything.
fn whole_report() -> Report {
    let read = company_read();
    let data = dataset(&read);
    let constant = |name: &str, value| Constant { name: name.to_owned(), value };
    Report {
        schema: report::SCHEMA.to_owned(),
        id: "monthly-sigma".to_owned(),
        layout: report::Layout::Full,
        period: data.period,
        as_of: data.as_of,
        currency: None,
        headline: Vec::new(),
        sections: sections(&data),
        skipped: Vec::new(),
        constants: vec![constant("confidence", 0.95), constant("sigma_shift", 1.5)],
        account: read.account,
        issues: read.issues,
        provenance: Provenance {
            version: String::new(),
            settings: String::new(),
            reading: BTreeMap::new(),
            inputs: read.inputs,
        },
    }
}

fn catalog() -> Catalog {
    Catalog::new(Lang::En, analyses::all().map(|analysis| analysis.words().en)).unwrap()
}

fn edition() -> Edition {
    i18n::edition(&whole_report(), &catalog())
}

/// The words of a language gathered.
#[divan::bench]
fn words(bencher: Bencher<'_, '_>) {
    bencher.bench_local(catalog);
}

/// A report worded in one language.
#[divan::bench(sample_count = 10)]
fn into_edition(bencher: Bencher<'_, '_>) {
    let (report, catalog) = (whole_report(), catalog());
    bencher.bench_local(|| i18n::edition(&report, &catalog));
}

/// The page of all analyses.
#[divan::bench(sample_count = 10)]
fn render_html(bencher: Bencher<'_, '_>) {
    let edition = edition();
    bencher.bench_local(|| render::html(&edition).unwrap());
}

/// The workbook of all analyses.
#[divan::bench(sample_count = 10)]
fn render_xlsx(bencher: Bencher<'_, '_>) {
    let edition = edition();
    bencher.bench_local(|| render::xlsx(&edition).unwrap());
}

/// The data of all analyses.
#[divan::bench(sample_count = 10)]
fn render_json(bencher: Bencher<'_, '_>) {
    let report = whole_report();
    bencher.bench_local(|| render::json(&report).unwrap());
}

/// The whole program over the sample company: every report, language and format.
#[divan::bench(sample_count = 10)]
fn whole_run(bencher: Bencher<'_, '_>) {
    let (input, output) = (company(), FOLDER.path().join("reports"));
    bencher.bench(|| {
        let mut run = Command::new(PROGRAM);
        run.args(["report", "--quiet", "--output"]).arg(&output).arg(&input);
        assert!(run.status().unwrap().success(), "the run of the sample company");
    });
}
