//! A check in words: the workbook of rejected rows.

use super::Catalog;
use super::outline::interface;
use super::voice::Voice;
use crate::records::{
    CellFault, HeldCell, IssueCode, KeyMatch, RejectedRow, SheetRejects, address, column_letters,
    groups,
};
use crate::report::edition::{self, Edition, RejectedLine, RejectedSheet, RejectsBook};
use crate::report::{Cell, Column, Format, InputCheck, Message, ReadHeading, Table, Value};

/// The workbook of rejected rows in the catalog's language.
#[must_use]
pub fn rejects(check: &InputCheck, catalog: &Catalog) -> RejectsBook {
    let voice = Voice::new(catalog);
    RejectsBook {
        edition: Edition {
            lang: catalog.lang,
            html_lang: catalog.lang.html().to_owned(),
            id: "check".to_owned(),
            title: voice.word("rejects.title"),
            subtitle: voice.word("rejects.subtitle"),
            account: voice.account(&check.account),
            account_line: voice.account_line(&check.account),
            issues: groups(&check.issues).iter().filter_map(|g| voice.problem(g)).collect(),
            inputs: voice.inputs(&check.inputs, &check.issues),
            ui: interface(catalog),
            ..Edition::default()
        },
        headings: voice.headings(&check.headings),
        keys: voice.key_matches(&check.keys),
        before: ["row", "outcome", "code", "reason", "cell", "value"]
            .map(|name| voice.word(&format!("rejects.{name}"))),
        sheets: check.rejects.iter().map(|sheet| voice.rejected(sheet, check)).collect(),
    }
}

/// How well the keys of a relation find their partners, in one sentence.
#[must_use]
pub fn key_match(found: &KeyMatch, catalog: &Catalog) -> String {
    let voice = Voice::new(catalog);
    let [table, column, master] = voice.relation(found);
    let count = |n: u64| voice.value(&Value::count(n));
    let share = |part, whole| voice.value(&Value::ratio(part, whole).unwrap_or(Value::Share(1.0)));
    let args = [
        ("table", table),
        ("column", column),
        ("master", master),
        ("row_share", share(found.rows_matched, found.rows)),
        ("rows_matched", count(found.rows_matched)),
        ("rows", count(found.rows)),
        ("key_share", share(found.keys_matched, found.keys)),
        ("keys_matched", count(found.keys_matched)),
        ("keys", count(found.keys)),
    ];
    voice.fill("keys.line", &args)
}

impl Voice<'_> {
    fn relation(&self, found: &KeyMatch) -> [String; 3] {
        [
            self.word(&format!("table.{}", found.table.name())),
            self.word(&format!("col.{}", found.col.name())),
            self.word(&format!("table.{}", found.master.name())),
        ]
    }

    fn headings(&self, all: &[ReadHeading]) -> edition::Table {
        let texts = ["file", "sheet", "table", "cell", "heading", "read_as"];
        let row = |found: &ReadHeading| {
            let table = found.table.map(|kind| Message::new(format!("table.{}", kind.name())));
            let col = found.col.map(|col| Message::new(format!("col.{}", col.name())));
            let cells: Vec<Cell> = vec![
                text(&found.source.file),
                text(&found.source.sheet),
                table.map(Value::from).into(),
                text(&found.cell),
                text(&found.heading),
                col.map(Value::from).into(),
            ];
            cells.into()
        };
        self.table(&Table {
            id: "headings".to_owned(),
            title: Message::new("rejects.headings"),
            columns: texts.map(|id| Column::new(id, Format::Text)).to_vec(),
            rows: all.iter().map(row).collect(),
            note: None,
            top: None,
        })
    }

    fn key_matches(&self, all: &[KeyMatch]) -> edition::Table {
        let row = |found: &KeyMatch| {
            let mut cells: Vec<Cell> = self.relation(found).iter().map(|t| text(t)).collect();
            let rows = Value::ratio(found.rows_matched, found.rows);
            let keys = Value::ratio(found.keys_matched, found.keys);
            cells.extend([Value::count(found.rows).into(), rows.into()]);
            cells.extend([Value::count(found.keys).into(), keys.into()]);
            cells.into()
        };
        let columns = [
            ("table", Format::Text),
            ("column", Format::Text),
            ("master", Format::Text),
            ("rows", Format::Count),
            ("rows_matched", Format::Share),
            ("keys", Format::Count),
            ("keys_matched", Format::Share),
        ];
        self.table(&Table {
            id: "keys".to_owned(),
            title: Message::new("keys.title"),
            columns: columns.map(|(id, format)| Column::new(id, format)).to_vec(),
            rows: all.iter().map(row).collect(),
            note: None,
            top: None,
        })
    }

    fn rejected(&self, sheet: &SheetRejects, check: &InputCheck) -> RejectedSheet {
        let in_headings = sheet.headings.iter().map(|(at, _)| *at);
        let in_rows = sheet.rows.iter().flat_map(|row| row.cells.iter().map(|(at, _)| *at));
        let width = in_headings.chain(in_rows).max().map_or(0, |last| last + 1);
        let heading = |at: u32| {
            let own = sheet.headings.iter().find(|(column, _)| *column == at);
            own.map_or_else(|| column_letters(at), |(_, text)| text.clone())
        };
        let title = [sheet.source.file.as_str(), sheet.source.sheet.as_str()];
        RejectedSheet {
            title: title.join(" ").trim_end().to_owned(),
            headings: (0..width).map(heading).collect(),
            rows: sheet
                .rows
                .iter()
                .map(|row| self.rejected_line(sheet, row, width, check))
                .collect(),
        }
    }

    fn rejected_line(
        &self,
        sheet: &SheetRejects,
        row: &RejectedRow,
        width: u32,
        check: &InputCheck,
    ) -> RejectedLine {
        let each = |what: &dyn Fn(&CellFault) -> String| {
            row.faults.iter().map(what).collect::<Vec<_>>().join("\n")
        };
        let outcome = if row.refused.is_some() { "rejects.refused" } else { "rejects.without" };
        let reason = |fault: &CellFault| {
            super::issue(&fault.issue(&sheet.source, row.row), self.catalog).problem
        };
        let shape = row.refused.filter(|_| row.faults.is_empty()).map(IssueCode::code);
        let named = |code: &str| self.word(&format!("issue.{code}.name"));
        let at = |at: u32| row.cells.iter().find(|(column, _)| *column == at).map(|(_, c)| c);
        RejectedLine {
            link: link(sheet, row, check),
            before: [
                row.row.to_string(),
                self.word(outcome),
                shape.map_or_else(|| each(&|f| f.code.code().to_owned()), str::to_owned),
                shape.map_or_else(|| each(&reason), named),
                each(&|fault| address(fault.at, row.row)),
                each(&|fault| fault.value.clone()),
            ],
            cells: (0..width).map(|column| held(at(column))).collect(),
            faulty: row.faults.iter().map(|fault| fault.at as usize).collect(),
        }
    }
}

/// `cases.xlsx#'工單'!D17`; a text file has no cells to lead to.
fn link(sheet: &SheetRejects, row: &RejectedRow, check: &InputCheck) -> String {
    let Some(path) = check.links.get(&sheet.source.file) else { return String::new() };
    if sheet.source.sheet.is_empty() {
        return path.clone();
    }
    let cell =
        row.faults.first().map_or_else(|| format!("A{}", row.row), |f| address(f.at, row.row));
    format!("{path}#'{}'!{cell}", sheet.source.sheet.replace('\'', "''"))
}

fn held(cell: Option<&HeldCell>) -> edition::Cell {
    let (text, value) = match cell {
        None => return edition::Cell::default(),
        Some(HeldCell::Text(text)) => (text.clone(), Some(Value::Text(text.clone()))),
        Some(HeldCell::Number(x)) => (x.to_string(), Value::number(*x, 0)),
    };
    edition::Cell { text, value, formula: None }
}

fn text(text: &str) -> Cell {
    (!text.is_empty()).then(|| Value::from(text)).into()
}
