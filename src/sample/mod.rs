//! The sample company: a food distributor with a service desk, as the workbooks its departments
//! would send, with planted truths.
//!
//! [`files`] is a pure function: the same [`Recipe`] gives the same bytes on every machine.
//! `truth.json` names what is planted and which cells are broken on purpose; the null scenario
//! has the same company and the same mess with nothing planted.

mod broken;
mod company;
mod design;
mod desk;
mod floor;
mod floor_office;
mod improvement;
mod leads;
mod marketing;
mod names;
mod office;
mod orders;
mod plan;
mod rng;
mod roster;
mod sales;
mod service;
mod studies;
#[cfg(test)]
mod tests;
mod truth;
mod workbook;

pub use broken::broken;

use company::Company;
use names::Layout;
use truth::BadCell;
use workbook::{Book, Sheet};

/// What is planted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scenario {
    /// All truths of `truth.json`.
    #[default]
    Planted,
    /// Nothing: equal rates, nothing rises, nobody costs more than he brings.
    Null,
}

impl Scenario {
    /// Its name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Planted => "planted",
            Self::Null => "null",
        }
    }

    /// The scenario of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Planted, Self::Null].into_iter().find(|scenario| scenario.name() == name)
    }
}

/// What to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recipe {
    /// Seed of every draw.
    pub seed: u64,
    /// Rows of service records; the other tables keep their size.
    pub rows: usize,
    /// What is planted.
    pub scenario: Scenario,
}

impl Default for Recipe {
    fn default() -> Self {
        Self { seed: 1, rows: 7_200, scenario: Scenario::Planted }
    }
}

/// A file, not yet written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleFile {
    /// File name without a folder.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Why the sample could not be made.
#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    /// More rows than the sheets can hold.
    #[error("at most {} rows of service records", MAX_ROWS)]
    TooManyRows,
    /// The names shipped with the program do not read.
    #[error(transparent)]
    Names(#[from] serde_json::Error),
    /// A book is missing from the names shipped with the program.
    #[error("no layout for {0}")]
    Layout(&'static str),
    /// A workbook could not be written.
    #[error(transparent)]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
}

/// Rows of service records at most: a year of them must fit one sheet.
pub const MAX_ROWS: usize = 2_000_000;

/// The files made so far, and what was broken in them.
#[derive(Debug, Default)]
struct Output {
    files: Vec<SampleFile>,
    bad_cells: Vec<BadCell>,
}

/// Fills one sheet.
type Writer = fn(&Company, &mut Sheet<'_>) -> Result<(), SampleError>;

fn write_sheet(
    company: &Company,
    book: &mut Book,
    layout: &Layout,
    writer: Writer,
) -> Result<(), SampleError> {
    let mut page = book.sheet(layout)?;
    writer(company, &mut page)?;
    page.finish()
}

/// Every file of the sample company, `truth.json` last.
///
/// # Errors
/// [`SampleError`] where there are too many rows or a workbook cannot be written.
pub fn files(recipe: &Recipe) -> Result<Vec<SampleFile>, SampleError> {
    if recipe.rows > MAX_ROWS {
        return Err(SampleError::TooManyRows);
    }
    let company = Company::found(recipe)?;
    let mut out = Output::default();
    service::write(&company, &mut out)?;
    floor::write(&company, &mut out)?;
    roster::write(&company, &mut out)?;
    orders::write(&company, &mut out)?;
    sales::write(&company, &mut out)?;
    leads::write_activities(&company, &mut out)?;
    desk::write(&company, &mut out)?;
    marketing::write(&company, &mut out)?;
    office::write(&company, &mut out)?;
    improvement::write(&company, &mut out)?;
    studies::write(&company, &mut out)?;
    design::write(&company, &mut out)?;
    floor_office::write(&company, &mut out)?;
    out.files.push(truth::file(&company, &out.bad_cells)?);
    Ok(out.files)
}
