//! The sheets of one workbook, several at a time, put together in their order.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::book::{Book, SheetName};
use super::file::guarded;
use super::sheets::read_one;
use super::sink::{Shelf, Sink};
use super::trouble::Trouble;
use super::{Options, Read, xlsx};

/// Sheets of fewer bytes together are read while threads would begin.
const LEAST: u64 = 1 << 20;

/// Whether the sheets of a workbook are better read at once than one by one: there is work for
/// two threads where no sheet is more than half of it.
pub(super) fn pays(sizes: &[u64], threads: usize) -> bool {
    let all: u64 = sizes.iter().sum();
    threads > 1 && all >= LEAST && sizes.iter().all(|size| *size <= all / 2)
}

/// Sheets read so far.
#[derive(Default)]
struct Done {
    /// The first of them, put together.
    read: Read,
    /// How many those are.
    sheets: usize,
    /// Later ones, which wait for others before them.
    waiting: BTreeMap<usize, Read>,
    trouble: Option<Trouble>,
}

impl Done {
    fn add(&mut self, at: usize, read: Result<Read, Trouble>) {
        match read {
            Ok(read) => drop(self.waiting.insert(at, read)),
            Err(trouble) => self.trouble = Some(trouble),
        }
        while let Some(next) = self.waiting.remove(&self.sheets) {
            self.read.append(next);
            self.sheets += 1;
        }
    }
}

/// Reads the sheets of a workbook on the threads allowed; what is read does not depend on how
/// many those are.
///
/// # Errors
/// The trouble of a sheet, which leaves the file to another reader.
pub(super) fn read_at_once(
    book: &Arc<xlsx::Known>,
    file: &str,
    sheets: &[SheetName],
    options: &Options,
) -> Result<Read, Trouble> {
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Done::default()));
    let lock = || done.lock().unwrap_or_else(PoisonError::into_inner);
    let turn = || {
        let at = next.fetch_add(1, Ordering::Relaxed);
        sheets.get(at).map(|sheet| (at, sheet)).filter(|_| lock().trouble.is_none())
    };
    let work = || {
        while let Some((at, sheet)) = turn() {
            let read = guarded(|| read_alone(book, file, sheet, options));
            lock().add(at, read);
        }
    };
    thread::scope(|scope| {
        for _ in 1..options.threads.min(sheets.len()) {
            scope.spawn(work);
        }
        work();
    });
    let done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.trouble.map_or(Ok(done.read), Err)
}

fn read_alone(
    book: &Arc<xlsx::Known>,
    file: &str,
    sheet: &SheetName,
    options: &Options,
) -> Result<Read, Trouble> {
    let mut book = Book::Streamed(Box::new(book.open()?));
    let (shelf, mut own) = (Shelf::default(), Read::default());
    read_one(&mut book, file, sheet, options, &shelf as &dyn Sink, &mut own)?;
    own.tables = shelf.into_tables();
    Ok(own)
}

#[cfg(test)]
mod tests {
    use std::error::Error;
    use std::io::Cursor;

    use rust_xlsxwriter::{Worksheet, XlsxError};

    use super::super::tests::{codes, read_with, workbook};
    use super::{Options, pays, xlsx};
    use crate::settings::Limits;

    /// Records of one month, dates as texts with the day first.
    fn month(sheet: &mut Worksheet, month: u32) -> Result<(), XlsxError> {
        let heads = ["Record ID", "Date", "Team", "Step", "Units", "Defects"];
        sheet.write_row(0, 0, heads)?;
        for row in 1..2_500 {
            let id = format!("R-{month:02}-{row:05}");
            let day = format!("{:02}/{month:02}/2025", row % 28 + 1);
            let team = format!("Team {}", (row * 7 + month) % 11);
            sheet.write_row(row, 0, [id.as_str(), &day, &team, "Packing"])?;
            sheet.write_row(row, 4, [row % 9 + 1, row % 3])?;
        }
        Ok(())
    }

    #[test]
    fn sheets_read_at_once_are_those_read_one_by_one() -> Result<(), Box<dyn Error>> {
        let bytes = workbook(|book| {
            for number in [3, 1, 2] {
                month(book.add_worksheet(), number)?;
                book.add_worksheet().write(0, 0, "Only a note.")?;
            }
            month(book.add_worksheet().set_hidden(true), 4)?;
            book.add_worksheet().write_row(0, 0, ["Record ID", "Date", "Units", "Defects"])?;
            month(book.add_worksheet(), 1)
        })?;
        let opened =
            xlsx::Workbook::open(Box::new(Cursor::new(&bytes[..])), Limits::default(), None);
        assert!(opened.is_ok_and(|mut book| pays(&book.sizes(), 8)));
        let read = |threads| {
            let options = Options { threads, ..Options::default() };
            let read = read_with(&[("months.xlsx", &bytes)], &options)?;
            Ok::<_, Box<dyn Error>>((serde_json::to_string(&read)?, read))
        };
        let ((alone, read_alone), (together, _)) = (read(1)?, read(8)?);
        assert_eq!(read_alone.sources.len(), 9);
        let said = codes(&read_alone);
        assert!(said.len() > 4, "{said:?}");
        assert!(alone == together);
        Ok(())
    }

    #[test]
    fn threads_are_for_several_large_sheets() {
        assert!(pays(&[1 << 19, 1 << 19, 9], 2));
        assert!(!pays(&[1 << 19, 1 << 19], 1), "no thread to spare");
        assert!(!pays(&[1 << 21, 1 << 10], 2), "one sheet is nearly all");
        assert!(!pays(&[1 << 10, 1 << 10], 2), "soon read");
        assert!(!pays(&[1 << 30], 2) && !pays(&[], 2));
    }
}
