//! Every live formula of a workbook comes to the value written beside it, as `LibreOffice`
//! computes it.
#![expect(clippy::disallowed_methods, reason = "tests write their own files")]

mod support;

use std::error::Error;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use gemba::render::{dangling, xlsx};
use gemba::report::edition::Edition;
use support::edition::{corrupted, edition};
use support::libreoffice::Office;

/// A folder of workbooks to check instead of the fixture.
const FOLDER: &str = "GEMBA_XLSX_DIR";

fn written(edition: &Edition, folder: &Path, name: &str) -> Result<PathBuf, Box<dyn Error>> {
    let path = folder.join(name);
    std::fs::write(&path, xlsx(edition)?)?;
    Ok(path)
}

fn workbooks(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "xlsx") {
            out.push(path);
        }
    }
    out.sort();
    Ok(out)
}

#[test]
fn no_formula_of_the_fixture_leads_nowhere() {
    assert_eq!(dangling(&edition()), Vec::<String>::new());
}

#[test]
fn the_line_of_a_control_chart_keeps_its_marks() -> Result<(), Box<dyn Error>> {
    let mut book = zip::ZipArchive::new(Cursor::new(xlsx(&edition())?))?;
    let mut chart = String::new();
    book.by_name("xl/charts/chart1.xml")?.read_to_string(&mut chart)?;
    assert!(chart.contains(r#"<c:symbol val="circle"/>"#));
    Ok(())
}

#[test]
#[ignore = "needs LibreOffice"]
fn recalculation_agrees_with_every_value() -> Result<(), Box<dyn Error>> {
    let own = tempfile::tempdir()?;
    let office = Office::new()?;
    let books = match std::env::var_os(FOLDER) {
        Some(folder) => workbooks(Path::new(&folder))?,
        None => vec![written(&edition(), own.path(), "fixture.xlsx")?],
    };
    assert!(!books.is_empty(), "no workbook to check");
    let mut all = Vec::new();
    for book in books {
        let verdict = office.check(&book)?;
        assert!(verdict.formulas > 0, "{} holds no formula", book.display());
        let name = book.file_name().unwrap_or_default().to_string_lossy().into_owned();
        all.extend(verdict.differences.into_iter().map(|line| format!("{name}: {line}")));
    }
    assert!(all.is_empty(), "{} differences:\n{}", all.len(), all.join("\n"));
    Ok(())
}

#[test]
#[ignore = "needs LibreOffice"]
fn a_wrong_value_is_found() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let book = written(&corrupted(), folder.path(), "corrupted.xlsx")?;
    let verdict = Office::new()?.check(&book)?;
    assert_eq!(verdict.differences.len(), 1, "{:?}", verdict.differences);
    Ok(())
}
