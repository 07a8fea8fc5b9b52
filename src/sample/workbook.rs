//! Writing sheets as departments lay them out: titles, gaps, headers, rows, a totals row.

use std::borrow::Cow;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet};

use super::names::{BookLayout, Layout};
use super::rng::cents;
use super::{SampleError, SampleFile};
use crate::units::Day;

/// Excel's serial number of 1970-01-01.
const EPOCH_SERIAL: f64 = 25_569.0;
const DAY_MS: f64 = 86_400_000.0;

/// One cell as written.
#[derive(Clone, Debug)]
pub(super) enum Cell<'a> {
    Blank,
    Text(Cow<'a, str>),
    Number(f64),
    /// Money with two decimals.
    Money(f64),
    /// An amount typed as text, with thousands separators.
    Typed(f64),
    Day(Day),
    /// Milliseconds since 1970-01-01.
    Instant(i64),
}

/// A text cell.
pub(super) fn text<'a>(value: impl Into<Cow<'a, str>>) -> Cell<'a> {
    Cell::Text(value.into())
}

/// A number cell.
pub(super) fn number(value: impl Into<f64>) -> Cell<'static> {
    Cell::Number(value.into())
}

/// A cell that may be blank.
pub(super) fn maybe<T>(value: Option<T>, cell: impl FnOnce(T) -> Cell<'static>) -> Cell<'static> {
    value.map_or(Cell::Blank, cell)
}

struct Formats {
    title: Format,
    header: Format,
    money: Format,
    day: Format,
    instant: Format,
}

/// A workbook being filled.
pub(super) struct Book {
    workbook: Workbook,
    formats: Formats,
}

impl Book {
    /// An empty workbook with a fixed date of creation, so that equal content has equal bytes.
    pub(super) fn new() -> Result<Self, SampleError> {
        let mut workbook = Workbook::new();
        let created = ExcelDateTime::from_ymd(2026, 10, 31)?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
        let formats = Formats {
            title: Format::new().set_bold().set_font_size(14),
            header: Format::new().set_bold(),
            money: Format::new().set_num_format("#,##0.00"),
            day: Format::new().set_num_format("yyyy-mm-dd"),
            instant: Format::new().set_num_format("yyyy-mm-dd hh:mm"),
        };
        Ok(Self { workbook, formats })
    }

    /// Starts a sheet: its titles, gap and headers.
    pub(super) fn sheet<'b>(&'b mut self, layout: &'b Layout) -> Result<Sheet<'b>, SampleError> {
        let worksheet = self.workbook.add_worksheet().set_name(&layout.name)?;
        let sums = vec![0.0; layout.headers.len()];
        let mut sheet = Sheet { worksheet, formats: &self.formats, layout, next: 0, sums };
        sheet.head()?;
        Ok(sheet)
    }

    /// The file.
    pub(super) fn finish(mut self, layout: &BookLayout) -> Result<SampleFile, SampleError> {
        Ok(SampleFile { name: layout.file.clone(), bytes: self.workbook.save_to_buffer()? })
    }
}

/// A sheet being filled.
pub(super) struct Sheet<'b> {
    worksheet: &'b mut Worksheet,
    formats: &'b Formats,
    layout: &'b Layout,
    next: u32,
    sums: Vec<f64>,
}

impl Sheet<'_> {
    fn head(&mut self) -> Result<(), SampleError> {
        let last = u16::try_from(self.layout.headers.len()).unwrap_or(1).saturating_sub(1);
        for title in &self.layout.titles {
            if self.layout.merged && last > 0 {
                self.worksheet.merge_range(
                    self.next,
                    0,
                    self.next,
                    last,
                    title,
                    &self.formats.title,
                )?;
            } else {
                self.worksheet.write_string_with_format(
                    self.next,
                    0,
                    title,
                    &self.formats.title,
                )?;
            }
            self.next += 1;
        }
        self.next += self.layout.gap;
        for (col, header) in (0_u16..).zip(&self.layout.headers) {
            self.worksheet.write_string_with_format(
                self.next,
                col,
                header,
                &self.formats.header,
            )?;
            self.worksheet.set_column_width(col, 14)?;
        }
        if !self.layout.headers.is_empty() {
            self.next += 1;
            self.worksheet.set_freeze_panes(self.next, 0)?;
        }
        Ok(())
    }

    /// Writes a row and gives its number as Excel shows it.
    pub(super) fn row(&mut self, cells: &[Cell<'_>]) -> Result<u32, SampleError> {
        for (col, cell) in (0_u16..).zip(cells) {
            self.cell(col, cell)?;
        }
        for (sum, cell) in self.sums.iter_mut().zip(cells) {
            if let Cell::Number(value) | Cell::Money(value) | Cell::Typed(value) = cell {
                *sum += value;
            }
        }
        self.next += 1;
        Ok(self.next)
    }

    fn cell(&mut self, col: u16, cell: &Cell<'_>) -> Result<(), SampleError> {
        let (sheet, row, formats) = (&mut *self.worksheet, self.next, self.formats);
        match cell {
            Cell::Blank => {}
            Cell::Text(value) => {
                sheet.write_string(row, col, value.as_ref())?;
            }
            Cell::Number(value) => {
                sheet.write_number(row, col, *value)?;
            }
            Cell::Money(value) => {
                sheet.write_number_with_format(row, col, *value, &formats.money)?;
            }
            Cell::Typed(value) => {
                sheet.write_string(row, col, grouped(*value))?;
            }
            Cell::Day(day) => {
                let serial = f64::from(day.number()) + EPOCH_SERIAL;
                sheet.write_number_with_format(row, col, serial, &formats.day)?;
            }
            Cell::Instant(ms) => {
                sheet.write_number_with_format(row, col, instant_serial(*ms), &formats.instant)?;
            }
        }
        Ok(())
    }

    /// Writes the totals row, where the layout has one.
    pub(super) fn finish(mut self) -> Result<(), SampleError> {
        let Some(total) = &self.layout.total else { return Ok(()) };
        let mut cells = vec![Cell::Blank; self.sums.len()];
        if let Some(first) = cells.first_mut() {
            *first = text(total.label.as_str());
        }
        for &col in &total.columns {
            if let (Some(cell), Some(&sum)) = (cells.get_mut(col), self.sums.get(col)) {
                *cell = Cell::Number(cents(sum));
            }
        }
        self.row(&cells).map(|_| ())
    }
}

/// Excel's serial of an instant. Whole minutes only, so the fraction is exact to a millisecond.
#[expect(clippy::cast_precision_loss, reason = "milliseconds of this century lie below 2⁵³")]
fn instant_serial(ms: i64) -> f64 {
    ms as f64 / DAY_MS + EPOCH_SERIAL
}

/// An amount with thousands separators and two decimals.
fn grouped(amount: f64) -> String {
    let plain = format!("{amount:.2}");
    let (units, decimals) = plain.split_once('.').unwrap_or((&plain, "00"));
    let mut out = String::new();
    for (i, digit) in units.chars().enumerate() {
        if i > 0 && (units.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    format!("{out}.{decimals}")
}
