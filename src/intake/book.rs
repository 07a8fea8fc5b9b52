//! One opened file: its sheets, and rows of each.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use calamine::{CellType, Reader, SheetType, SheetVisible, Sheets, open_workbook_from_rs};

use super::archive;
use super::at_once::pays;
use super::grid::GridRows;
use super::hidden::Unseen;
use super::indent;
use super::ole;
#[cfg(feature = "parquet")]
use super::parquet;
use super::ranges::{NamedRange, impossible_cell, tables_of};
use super::row::SheetReader;
use super::sniff::Format;
use super::stream::{StreamRows, Streamed, xlsx_cells};
use super::text::{TextRows, decode};
use super::trouble::Trouble;
use super::xlsb::{ErrorCell, error_cells, with_errors};
use super::xlsx;
use crate::settings::Limits;

/// A sheet's name, and whether its user sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SheetName {
    /// Name; empty for a text file.
    pub(super) name: String,
    /// Whether it is hidden.
    pub(super) hidden: bool,
}

type Source<'b> = Cursor<Cow<'b, [u8]>>;

/// A workbook, and what the parser does not say of it.
pub(super) struct Workbook<'b> {
    sheets: Sheets<Source<'b>>,
    /// By sheet; empty where the format does not tell.
    hidden: Vec<Unseen>,
    ranges: Vec<NamedRange>,
    /// Of an `xlsb`, by the name of the sheet.
    errors: BTreeMap<String, Vec<ErrorCell>>,
    bytes: &'b [u8],
}

/// One opened file.
pub(super) enum Book<'b> {
    /// A delimited text.
    Text(Cow<'b, str>),
    /// A Parquet file.
    #[cfg(feature = "parquet")]
    Parquet(parquet::ParquetFile),
    /// A workbook the own reader streams.
    Streamed(Box<xlsx::Workbook<'b>>),
    /// A workbook.
    Workbook(Box<Workbook<'b>>),
}

fn broken(error: impl std::fmt::Display) -> Trouble {
    Trouble::Broken(error.to_string())
}

impl<'b> Book<'b> {
    /// Opens the bytes of a file; those of a text are decoded by the name of their encoding.
    pub(super) fn open(
        bytes: &'b [u8],
        format: Format,
        encoding: Option<&str>,
        limits: &Limits,
    ) -> Result<Self, Trouble> {
        let hidden = match format {
            Format::Xlsx | Format::Xlsb | Format::Ods => archive::check(bytes, format, limits)?,
            _ => Vec::new(),
        };
        if format == Format::Xls {
            ole::check(bytes)?;
        }
        let rs = Cursor::new(Cow::Borrowed(bytes));
        let book = match format {
            Format::Csv => return Ok(Self::Text(decode(bytes, encoding.unwrap_or("UTF-8"))?)),
            #[cfg(feature = "parquet")]
            Format::Parquet => return Ok(Self::Parquet(parquet::open(bytes, limits)?)),
            Format::Xlsx => Sheets::Xlsx(open_workbook_from_rs(rs).map_err(broken)?),
            Format::Xlsb => Sheets::Xlsb(open_workbook_from_rs(rs).map_err(broken)?),
            Format::Xls => Sheets::Xls(open_workbook_from_rs(rs).map_err(broken)?),
            Format::Ods => {
                let rs = Cursor::new(indent::removed(bytes)?);
                Sheets::Ods(open_workbook_from_rs(rs).map_err(broken)?)
            }
        };
        let ranges = named_ranges(bytes, format, &book);
        let errors = match format {
            Format::Xlsb => error_cells(bytes, limits)?,
            _ => BTreeMap::new(),
        };
        Ok(Self::Workbook(Box::new(Workbook { sheets: book, hidden, ranges, errors, bytes })))
    }

    /// Refuses a workbook of more sheets than anybody turns over.
    pub(super) fn check(&self, limits: &Limits) -> Result<(), Trouble> {
        let Self::Workbook(book) = self else { return Ok(()) };
        let sheets = book.sheets.sheets_metadata().len() as u64;
        if sheets > limits.sheets {
            return Err(Trouble::OverLimit("sheets", limits.sheets));
        }
        Ok(())
    }

    /// Its worksheets in order; chart, macro and dialog sheets hold no table.
    pub(super) fn sheets(&self) -> Vec<SheetName> {
        let book = match self {
            Self::Workbook(book) => book,
            Self::Streamed(book) => return book.sheets(),
            Self::Text(_) => return vec![SheetName { name: String::new(), hidden: false }],
            #[cfg(feature = "parquet")]
            Self::Parquet(_) => return vec![SheetName { name: String::new(), hidden: false }],
        };
        let sheets = book.sheets.sheets_metadata().iter();
        let tables = sheets.filter(|sheet| sheet.typ == SheetType::WorkSheet);
        let named = tables.map(|sheet| SheetName {
            name: sheet.name.clone(),
            hidden: sheet.visible != SheetVisible::Visible,
        });
        named.collect()
    }

    /// What of a sheet its user does not see, where the format tells.
    pub(super) fn unseen(&self, sheet: &str) -> Unseen {
        let Self::Workbook(book) = self else { return Unseen::default() };
        let at = book.sheets.sheets_metadata().iter().position(|meta| meta.name == sheet);
        at.and_then(|at| book.hidden.get(at)).cloned().unwrap_or_default()
    }

    /// Its Excel tables, where the format tells, and its defined names.
    pub(super) fn ranges(&self) -> &[NamedRange] {
        match self {
            Self::Workbook(book) => &book.ranges,
            Self::Streamed(book) => book.ranges(),
            Self::Text(_) => &[],
            #[cfg(feature = "parquet")]
            Self::Parquet(_) => &[],
        }
    }

    /// Whether another reader takes the file where this one meets trouble.
    pub(super) const fn may_decline(&self) -> bool {
        matches!(self, Self::Streamed(_))
    }

    /// What several threads read its sheets by, where that pays.
    pub(super) fn for_threads(&mut self, threads: usize) -> Option<Arc<xlsx::Known>> {
        let Self::Streamed(book) = self else { return None };
        pays(&book.sizes(), threads).then(|| Arc::clone(book.known()))
    }

    /// Why the parser failed on a sheet, where its markup tells.
    pub(super) fn fault(&self, sheet: &str) -> Option<Trouble> {
        let Self::Workbook(book) = self else { return None };
        let at = book.sheets.sheets_metadata().iter().position(|meta| meta.name == sheet)?;
        let cell = impossible_cell(book.bytes, at)?;
        Some(Trouble::Broken(format!("no sheet has a cell {cell:?}")))
    }

    /// The rows of a sheet, from its first.
    pub(super) fn rows(
        &mut self,
        sheet: &str,
        limits: Limits,
    ) -> Result<Box<dyn SheetReader + '_>, Trouble> {
        match self {
            Self::Text(text) => Ok(Box::new(TextRows::new(text, limits))),
            Self::Workbook(book) => workbook_rows(book, sheet, limits),
            Self::Streamed(book) => Ok(book.rows(sheet)?),
            #[cfg(feature = "parquet")]
            Self::Parquet(file) => Ok(Box::new(parquet::ParquetRows::new(&**file, limits)?)),
        }
    }
}

fn named_ranges(bytes: &[u8], format: Format, book: &Sheets<Source<'_>>) -> Vec<NamedRange> {
    let sheets: Vec<&str> = book.sheets_metadata().iter().map(|meta| meta.name.as_str()).collect();
    let mut ranges = if format == Format::Xlsx { tables_of(bytes, &sheets) } else { Vec::new() };
    let names = book.defined_names().iter();
    ranges.extend(names.filter_map(|(name, formula)| NamedRange::defined(name, formula)));
    ranges
}

fn workbook_rows<'a>(
    book: &'a mut Workbook<'_>,
    sheet: &str,
    limits: Limits,
) -> Result<Box<dyn SheetReader + 'a>, Trouble> {
    match &mut book.sheets {
        Sheets::Xlsx(book) => {
            let is_1904 = book.has_1904_epoch();
            let cells = xlsx_cells(book.worksheet_cells_reader(sheet).map_err(broken)?);
            Ok(Box::new(StreamRows::new(cells, limits, is_1904)))
        }
        Sheets::Xlsb(xlsb) => {
            let is_1904 = xlsb.has_1904_epoch();
            let mut reader = xlsb.worksheet_cells_reader(sheet).map_err(broken)?;
            let cells = move || {
                let cell = reader.next_cell().map_err(|e| e.to_string())?;
                Ok(cell.map(|c| {
                    let (row, column) = c.get_position();
                    Streamed { row, column, value: c.get_value().clone(), formula: false }
                }))
            };
            let errors = book.errors.get(sheet).map_or(&[][..], Vec::as_slice);
            Ok(Box::new(StreamRows::new(with_errors(cells, errors), limits, is_1904)))
        }
        Sheets::Xls(book) => {
            let is_1904 = book.has_1904_epoch();
            grid(book, sheet, limits, is_1904)
        }
        Sheets::Ods(book) => grid(book, sheet, limits, false),
    }
}

/// The rows of a sheet the parser holds as a rectangle, and its formulas as another. Their copies
/// are not held at the same time.
fn grid<'a, 'b, B: Reader<Source<'b>>>(
    book: &mut B,
    sheet: &str,
    limits: Limits,
    is_1904: bool,
) -> Result<Box<dyn SheetReader + 'a>, Trouble>
where
    B::Error: std::fmt::Display,
{
    let formulas = formula_cells(&book.worksheet_formula(sheet).map_err(broken)?, &limits)?;
    let range = book.worksheet_range(sheet).map_err(broken)?;
    within(&range, &limits)?;
    Ok(Box::new(GridRows::new(range, &formulas, limits, is_1904)))
}

/// The cells with a formula, row by row, both from 0.
fn formula_cells(
    formulas: &calamine::Range<String>,
    limits: &Limits,
) -> Result<Vec<(u32, u32)>, Trouble> {
    within(formulas, limits)?;
    let Some((top, left)) = formulas.start() else { return Ok(Vec::new()) };
    let cell = |(row, column, _): (usize, usize, &String)| {
        let (row, column) = (u32::try_from(row).ok()?, u32::try_from(column).ok()?);
        Some((top.checked_add(row)?, left.checked_add(column)?))
    };
    Ok(formulas.used_cells().filter_map(cell).collect())
}

fn within<T: CellType>(range: &calamine::Range<T>, limits: &Limits) -> Result<(), Trouble> {
    let cells = range.height() as u64 * range.width() as u64;
    if cells > limits.grid_cells {
        return Err(Trouble::OverLimit("cells", limits.grid_cells));
    }
    Ok(())
}
