//! Every number of a sheet arrives: the sums of each column as read against an independent walk
//! over the sheet's markup, on workbooks of many programs.
//!
//! `GEMBA_SHARED` names the folder with `corpus/workbooks`; `.ci/gates` sets it.
#![expect(clippy::disallowed_methods, clippy::print_stderr, reason = "a test on outside files")]

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use roxmltree::{Document, Node};
use zip::ZipArchive;

use super::book::Book;
use super::file::guarded;
use super::row::{Raw, RowBuf};
use super::sniff::{Format, sniff};
use crate::settings::Limits;

/// Count and sum of the finite numbers of each column.
type Sums = BTreeMap<u32, (u64, f64)>;

const EQUAL_SHARE: f64 = 0.99;
const DAY: f64 = 86_400_000.0;

#[test]
#[ignore = "needs the shared corpus"]
#[expect(clippy::cast_precision_loss, reason = "a share of thousands")]
fn every_number_of_the_corpus_arrives() {
    let Some(shared) = std::env::var_os("GEMBA_SHARED") else {
        return eprintln!("skipped: GEMBA_SHARED names no folder");
    };
    let (mut compared, mut columns, mut differing) = (0_u32, 0, Vec::new());
    for path in workbooks(&Path::new(&shared).join("corpus/workbooks")) {
        let bytes = fs::read(&path).unwrap_or_default();
        let (Some(ours), Some(walked)) = (as_read(&bytes), as_walked(&bytes)) else { continue };
        for (sheet, sums) in ours {
            let Some(expected) = walked.get(&sheet) else { continue };
            compared += 1;
            columns += expected.len();
            if !equal(&sums, expected) {
                differing.push(format!("{} {sheet}", path.display()));
            }
        }
    }
    let share = 1.0 - differing.len() as f64 / f64::from(compared.max(1));
    let percent = share * 100.0;
    eprintln!("{compared} sheets, {columns} columns with numbers: {percent:.2} % of sheets equal");
    eprintln!("{}", differing.join("\n"));
    assert!(
        compared > 100 && columns > 1_000 && share >= EQUAL_SHARE,
        "{share} of {compared} sheets"
    );
}

fn workbooks(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "xlsx" || e == "xlsm"));
    paths.sort();
    paths
}

fn equal(ours: &Sums, walked: &Sums) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-6 * a.abs().max(1.0);
    ours.len() == walked.len()
        && ours.iter().zip(walked).all(|((column, (n, sum)), (other, (m, expected)))| {
            column == other && n == m && near(*sum, *expected)
        })
}

fn add(sums: &mut Sums, column: u32, x: f64) {
    if x.is_finite() {
        let (n, sum) = sums.entry(column).or_default();
        (*n, *sum) = (*n + 1, *sum + x);
    }
}

/// The sums of every sheet gemba reads to its end; `None` where it refuses the file.
fn as_read(bytes: &[u8]) -> Option<Vec<(String, Sums)>> {
    let limits = Limits::default();
    let format = sniff(bytes).ok().filter(|format| *format == Format::Xlsx)?;
    let mut book = guarded(|| Book::open(bytes, format, None, &limits)).ok()?;
    let sheets = book.sheets().into_iter();
    Some(
        sheets
            .filter_map(|sheet| Some((sheet.name.clone(), read(&mut book, &sheet.name)?)))
            .collect(),
    )
}

fn read(book: &mut Book<'_>, sheet: &str) -> Option<Sums> {
    guarded(|| {
        let (mut sums, mut row) = (Sums::new(), RowBuf::default());
        let mut rows = book.rows(sheet, Limits::default())?;
        while rows.next_row(&mut row)? {
            for (column, raw) in row.cells() {
                match raw {
                    Raw::Number(x) | Raw::Stamp { serial: x, .. } => add(&mut sums, *column, *x),
                    #[expect(clippy::cast_precision_loss, reason = "days of a table")]
                    Raw::Span(millis) => add(&mut sums, *column, *millis as f64 / DAY),
                    _ => {}
                }
            }
        }
        Ok(sums)
    })
    .ok()
}

/// The sums of every sheet by a walk over the markup; `None` where it is not well formed.
fn as_walked(bytes: &[u8]) -> Option<HashMap<String, Sums>> {
    let mut parts = Parts::open(bytes)?;
    let top = parts.relations("")?;
    let (_, book) = top.into_iter().find(|(id, _)| id == "officeDocument")?;
    let links: HashMap<String, String> = parts.relations(&book)?.into_iter().collect();
    let text = parts.text(&book)?;
    let document = Document::parse(&text).ok()?;
    let sheets = document.descendants().filter(|node| node.tag_name().name() == "sheet");
    let named: Vec<(String, String)> = sheets
        .filter_map(|sheet| {
            let id = sheet.attributes().find(|a| a.name() == "id")?.value();
            Some((sheet.attribute("name")?.to_owned(), links.get(id)?.clone()))
        })
        .collect();
    let walked =
        named.into_iter().filter_map(|(name, path)| Some((name, walk(&parts.text(&path)?)?)));
    Some(walked.collect())
}

fn walk(text: &str) -> Option<Sums> {
    let document = Document::parse(text).ok()?;
    let data = document.descendants().find(|node| node.tag_name().name() == "sheetData")?;
    let mut cells: BTreeMap<(u32, u32), f64> = BTreeMap::new();
    let mut row_number = 0;
    for row in named(data, "row") {
        row_number = row.attribute("r").and_then(|r| r.parse().ok()).unwrap_or(row_number + 1);
        let mut column = 0;
        for cell in named(row, "c") {
            column = cell.attribute("r").and_then(column_of).unwrap_or(column + 1);
            let number = matches!(cell.attribute("t"), None | Some("n"));
            let value = named(cell, "v").next().and_then(|v| v.text()).map(str::trim);
            if let Some(x) = value.filter(|_| number).and_then(|v| v.parse().ok()) {
                cells.insert((row_number, column), x);
            }
        }
    }
    let mut sums = Sums::new();
    for ((_, column), x) in cells {
        add(&mut sums, column - 1, x);
    }
    Some(sums)
}

fn named<'a>(node: Node<'a, 'a>, name: &'static str) -> impl Iterator<Item = Node<'a, 'a>> {
    node.children().filter(move |child| child.tag_name().name() == name)
}

/// The column of an address, 1 for A.
fn column_of(address: &str) -> Option<u32> {
    let letters =
        address.bytes().map(|b| b.to_ascii_uppercase()).take_while(u8::is_ascii_uppercase);
    letters.map(|b| u32::from(b - b'A') + 1).reduce(|all, digit| all * 26 + digit)
}

/// The parts of a zip workbook, by name without regard to case.
struct Parts<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    names: HashMap<String, usize>,
}

impl<'a> Parts<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let mut names = HashMap::new();
        for index in 0..archive.len() {
            let part = archive.by_index_raw(index).ok()?;
            names.insert(folded(&part.name().ok()?), index);
        }
        Some(Self { archive, names })
    }

    fn text(&mut self, name: &str) -> Option<String> {
        let index = *self.names.get(&folded(name))?;
        let mut text = String::new();
        self.archive.by_index(index).ok()?.read_to_string(&mut text).ok()?;
        Some(text.trim_start_matches('\u{feff}').to_owned())
    }

    /// Identifiers and targets of a part's relationships; those of the package by their type.
    fn relations(&mut self, part: &str) -> Option<Vec<(String, String)>> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let text = self.text(&format!("{folder}/_rels/{name}.rels"))?;
        let document = Document::parse(&text).ok()?;
        let all = document.descendants().filter(|node| node.tag_name().name() == "Relationship");
        let pairs = all.filter_map(|node| {
            let kind = node.attribute("Type")?.rsplit('/').next()?;
            let id = if part.is_empty() { kind } else { node.attribute("Id")? };
            let target = node.attribute("Target")?;
            let rooted = target.starts_with('/') || folder.is_empty();
            let path = if rooted { target.to_owned() } else { format!("{folder}/{target}") };
            Some((id.to_owned(), path))
        });
        Some(pairs.collect())
    }
}

fn folded(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}
