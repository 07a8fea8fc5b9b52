//! What was read: the account of every row, and the files.

use std::collections::BTreeMap;

use super::Catalog;
use super::voice::Voice;
use crate::records::{Account, InputFile, Issue, Severity, SheetAccount, rows_of};
use crate::report::edition;
use crate::report::{Cell, Column, Emphasis, Expr, Format, Func, Message, Row, Table, Value};

/// The account of some sheets in one sentence.
#[must_use]
pub fn account_line(account: &Account, catalog: &Catalog) -> String {
    Voice::new(catalog).account_line(account)
}

/// Why rows of a sheet were rejected or left out; empty where none were.
#[must_use]
pub fn account_reasons(sheet: &SheetAccount, catalog: &Catalog) -> String {
    Voice::new(catalog).reasons(sheet)
}

const COUNTS: [&str; 7] = ["seen", "header", "title", "blank", "used", "rejected", "ignored"];

impl Voice<'_> {
    /// The account in one sentence.
    pub(super) fn account_line(&self, account: &Account) -> String {
        let (seen, used) = (account.seen(), account.used());
        let (rejected, ignored) = (account.rejected(), account.ignored());
        let counts = [
            ("seen", seen),
            ("sheets", u64::try_from(account.sheets.len()).unwrap_or(u64::MAX)),
            ("used", used),
            ("rejected", rejected),
            ("ignored", ignored),
            ("other", seen.saturating_sub(used + rejected + ignored)),
        ];
        self.fill("account.line", &counts.map(|(name, n)| (name, self.value(&Value::count(n)))))
    }

    /// One row a sheet, and their sum.
    pub(super) fn account(&self, account: &Account) -> edition::Table {
        let texts = ["file", "sheet", "table"].map(|id| Column::new(id, Format::Text));
        let counts = COUNTS.map(|id| Column::new(id, Format::Count));
        let mut columns: Vec<Column> = texts.into_iter().chain(counts).collect();
        columns.push(Column::new("why", Format::Text));
        let mut rows: Vec<Row> = account.sheets.iter().map(|s| self.sheet(s).into()).collect();
        if !rows.is_empty() {
            rows.push(total(account));
        }
        self.table(&Table {
            id: "account".to_owned(),
            title: Message::new("account.title"),
            columns,
            rows,
            note: None,
            top: None,
        })
    }

    fn sheet(&self, sheet: &SheetAccount) -> Vec<Cell> {
        let kind = sheet.kind.map_or_else(
            || Message::new("account.no_table"),
            |kind| Message::new(format!("table.{}", kind.name())),
        );
        let mut cells: Vec<Cell> =
            vec![text(&sheet.source.file), text(&sheet.place()), kind.into()];
        cells.extend(counts(sheet).map(Cell::from));
        cells.push(text(&self.reasons(sheet)));
        cells
    }

    fn reasons(&self, sheet: &SheetAccount) -> String {
        let rejected = sheet.rejected.iter().map(|(code, &rows)| {
            let args = [("code", code.clone()), ("rows", self.value(&Value::count(rows)))];
            self.fill("account.rejected", &args)
        });
        let ignored = sheet.ignored.iter().map(|(reason, &rows)| {
            let known = self.catalog.get(&format!("ignored.{reason}"));
            let reason = known.unwrap_or(reason).to_owned();
            let args = [("reason", reason), ("rows", self.value(&Value::count(rows)))];
            self.fill("account.ignored", &args)
        });
        self.list(rejected.chain(ignored))
    }

    /// The files read, each with what was wrong in it.
    pub(super) fn inputs(&self, files: &[InputFile], issues: &[Issue]) -> edition::Table {
        let columns = [
            ("file", Format::Text),
            ("bytes", Format::Count),
            ("reader", Format::Text),
            ("encoding", Format::Text),
            ("errors", Format::Count),
            ("warnings", Format::Count),
            ("sha256", Format::Text),
        ];
        let row = |file: &InputFile| {
            let count = |severity| Cell::from(Value::count(rows_of(issues, &file.name, severity)));
            Row::from(vec![
                text(&file.name),
                Cell::from(Value::count(file.bytes)),
                text(&file.reader),
                text(file.encoding.as_deref().unwrap_or_default()),
                count(Severity::Error),
                count(Severity::Warning),
                text(&file.sha256),
            ])
        };
        self.table(&Table {
            id: "inputs".to_owned(),
            title: Message::new("inputs.title"),
            columns: columns.map(|(id, format)| Column::new(id, format)).to_vec(),
            rows: files.iter().map(row).collect(),
            note: None,
            top: None,
        })
    }

    /// How inputs were read, and the limits in force.
    pub(super) fn reading(&self, settings: &BTreeMap<String, String>) -> edition::Table {
        let row = |(name, value): (&String, &String)| Row::from(vec![text(name), text(value)]);
        self.table(&Table {
            id: "reading".to_owned(),
            title: Message::new("reading.title"),
            columns: ["setting", "value"].map(|id| Column::new(id, Format::Text)).to_vec(),
            rows: settings.iter().map(row).collect(),
            note: None,
            top: None,
        })
    }
}

fn counts(sheet: &SheetAccount) -> [u64; 7] {
    let SheetAccount { seen, header, title, blank, used, .. } = *sheet;
    let (rejected, ignored) = (sheet.rejected.values().sum(), sheet.ignored.values().sum());
    [seen, header, title, blank, used, rejected, ignored]
}

fn total(account: &Account) -> Row {
    let last = account.sheets.len().saturating_sub(1);
    let sum = |i: usize, id: &str| {
        let n: u64 = account.sheets.iter().map(|sheet| counts(sheet)[i]).sum();
        let span = Expr::Span("account".to_owned(), id.to_owned(), 0, last);
        Cell::from(n).by(Expr::call(Func::Sum, [span]))
    };
    let mut cells = vec![Cell::from(Value::from(Message::new("account.total")))];
    cells.extend([Cell::none(), Cell::none()]);
    cells.extend(COUNTS.iter().enumerate().map(|(i, id)| sum(i, id)));
    cells.push(Cell::none());
    Row { cells, emphasis: Some(Emphasis::Total) }
}

fn text(text: &str) -> Cell {
    (!text.is_empty()).then(|| Value::from(text)).into()
}
