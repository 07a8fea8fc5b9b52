//! `LibreOffice` as a second opinion: it recalculates a workbook, and every formula must come
//! to the value we wrote beside it.
#![expect(clippy::disallowed_methods, reason = "tests write their own files")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use calamine::{Data, Reader, Xlsx, open_workbook};

type Failure = Box<dyn std::error::Error>;
/// Sheet, row, column.
type Address = (String, u32, u32);

/// Without this switch a conversion keeps the values it finds, and we would compare ours with
/// ours.
const RECALCULATE_ALWAYS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"#;

/// Two conversions starting at once have been seen to bring one of them down.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Allowed difference, relative to the larger of the two values.
const RELATIVE: f64 = 1e-9;
/// Values below this are compared to it: a sum of cents that comes to nothing exactly in
/// integers leaves a trace in doubles.
const SMALLEST: f64 = 1e-6;

/// A folder with a profile in which workbooks are recalculated.
pub(crate) struct Office {
    folder: tempfile::TempDir,
}

/// What recalculation found.
pub(crate) struct Verdict {
    /// Formulas compared.
    pub(crate) formulas: usize,
    /// Cells that came to something else.
    pub(crate) differences: Vec<String>,
}

impl Office {
    /// A fresh profile.
    pub(crate) fn new() -> Result<Self, Failure> {
        let folder = tempfile::tempdir()?;
        let user = folder.path().join("profile/user");
        fs::create_dir_all(&user)?;
        fs::write(user.join("registrymodifications.xcu"), RECALCULATE_ALWAYS)?;
        Ok(Self { folder })
    }

    /// Compares every formula of a workbook with its recalculated value.
    pub(crate) fn check(&self, workbook: &Path) -> Result<Verdict, Failure> {
        let recalculated = self.recalculate(workbook)?;
        let ours = formulas(workbook)?;
        let theirs = values(&recalculated)?;
        let differences = ours.iter().filter_map(|(address, (formula, value))| {
            let other = theirs.get(address).unwrap_or(&Data::Empty);
            (!agree(value, other)).then(|| {
                let (sheet, row, col) = address;
                let cell = cell_name(*row, *col);
                format!("{sheet}!{cell} ={formula}: wrote {value:?}, recalculated {other:?}")
            })
        });
        Ok(Verdict { formulas: ours.len(), differences: differences.collect() })
    }

    fn recalculate(&self, workbook: &Path) -> Result<PathBuf, Failure> {
        let out = self.folder.path().join("out");
        let profile = self.folder.path().join("profile");
        let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        let output = Command::new("soffice")
            .arg("--headless")
            .arg(format!("-env:UserInstallation=file://{}", profile.display()))
            .args(["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"])
            .arg(&out)
            .arg(workbook)
            .output()?;
        let name = workbook.file_name().ok_or("a workbook has a name")?;
        let result = out.join(name);
        if result.exists() {
            return Ok(result);
        }
        Err(format!("soffice: {}", String::from_utf8_lossy(&output.stderr)).into())
    }
}

fn agree(ours: &Data, theirs: &Data) -> bool {
    match (number(ours), number(theirs)) {
        (Some(a), Some(b)) => (a - b).abs() <= RELATIVE * a.abs().max(b.abs()).max(SMALLEST),
        _ => ours == theirs && !matches!(ours, Data::Error(_)),
    }
}

fn number(value: &Data) -> Option<f64> {
    match value {
        Data::Float(x) => Some(*x),
        Data::Int(n) => Some(f64::from(i32::try_from(*n).ok()?)),
        Data::DateTime(serial) => Some(serial.as_f64()),
        Data::Bool(truth) => Some(f64::from(u8::from(*truth))),
        _ => None,
    }
}

/// The formulas of a workbook with the values written beside them.
fn formulas(workbook: &Path) -> Result<BTreeMap<Address, (String, Data)>, Failure> {
    let values = values(workbook)?;
    let mut book: Xlsx<_> = open_workbook(workbook)?;
    let mut out = BTreeMap::new();
    for sheet in book.sheet_names() {
        let range = book.worksheet_formula(&sheet)?;
        let (top, left) = range.start().unwrap_or_default();
        for (row, col, formula) in range.used_cells() {
            if formula.is_empty() {
                continue;
            }
            let (row, col) = (top + u32::try_from(row)?, left + u32::try_from(col)?);
            let address = (sheet.clone(), row, col);
            let value = values.get(&address).cloned().unwrap_or_default();
            out.insert(address, (formula.clone(), value));
        }
    }
    Ok(out)
}

fn values(workbook: &Path) -> Result<BTreeMap<Address, Data>, Failure> {
    let mut book: Xlsx<_> = open_workbook(workbook)?;
    let mut out = BTreeMap::new();
    for sheet in book.sheet_names() {
        let range = book.worksheet_range(&sheet)?;
        let (top, left) = range.start().unwrap_or_default();
        for (row, col, value) in range.used_cells() {
            let (row, col) = (top + u32::try_from(row)?, left + u32::try_from(col)?);
            out.insert((sheet.clone(), row, col), value.clone());
        }
    }
    Ok(out)
}

/// `D17` for row 16, column 3.
fn cell_name(row: u32, col: u32) -> String {
    let mut letters = String::new();
    let mut rest = col + 1;
    while rest > 0 {
        let letter = char::from_u32(u32::from(b'A') + (rest - 1) % 26).unwrap_or('?');
        letters.insert(0, letter);
        rest = (rest - 1) / 26;
    }
    format!("{letters}{}", row + 1)
}
