//! Blocks, tables and charts in words.

use super::format::{Digits, UNKNOWN};
use super::voice::Voice;
use crate::report::edition;
use crate::report::{
    Block, Cell, Chart, Check, CheckState, Column, Reference, Row, Series, Table, Value,
};

impl Voice<'_> {
    pub(super) fn blocks(&self, blocks: &[Block]) -> Vec<edition::Block> {
        blocks.iter().map(|block| self.block(block)).collect()
    }

    fn block(&self, block: &Block) -> edition::Block {
        use edition::Block as Worded;
        match block {
            Block::Heading(text) => Worded::Heading(self.say(text)),
            Block::Note { tone, text } => Worded::Note { tone: *tone, text: self.say(text) },
            Block::Cards(metrics) => {
                Worded::Cards(metrics.iter().map(|m| self.metric(m)).collect())
            }
            Block::Table(table) => Worded::Table(self.table(table)),
            Block::Chart(chart) => Worded::Chart(Box::new(self.chart(chart))),
            Block::Panels(charts) => {
                Worded::Panels(charts.iter().map(|chart| self.chart(chart)).collect())
            }
            Block::Findings(all) => Worded::Findings(all.iter().map(|f| self.finding(f)).collect()),
            Block::Status(rows) => {
                Worded::Status(rows.iter().map(|row| self.status_row(row)).collect())
            }
            Block::Checklist(checks) => {
                Worded::Checklist(checks.iter().map(|check| self.check(check)).collect())
            }
        }
    }

    fn check(&self, check: &Check) -> edition::Check {
        let state = match check.state {
            CheckState::Pass => "check.pass",
            CheckState::Warn => "check.warn",
            CheckState::Fail => "check.fail",
            CheckState::NotComputable => "check.not_computable",
        };
        edition::Check {
            label: self.say(&check.label),
            state: check.state,
            state_label: self.word(state),
            detail: self.say(&check.detail),
        }
    }

    pub(super) fn table(&self, table: &Table) -> edition::Table {
        let digits: Vec<Digits> =
            (0..table.columns.len()).map(|i| Digits::of(column_values(table, i))).collect();
        edition::Table {
            id: table.id.clone(),
            title: self.say(&table.title),
            columns: table.columns.iter().map(|column| self.column(column)).collect(),
            rows: table.rows.iter().map(|row| self.row(row, &digits)).collect(),
            note: table.note.as_ref().map(|note| self.say(note)),
            top: table.top,
        }
    }

    /// A table of the workbook's data sheets. Numbers stand there raw, under number formats of
    /// the sheet, so only text and words are written out.
    pub(super) fn data(&self, table: &Table) -> edition::Table {
        let cell = |cell: &Cell| {
            let text = match &cell.value {
                Some(Value::Text(text)) => text.clone(),
                Some(Value::Words(message)) => self.say(message),
                _ => String::new(),
            };
            edition::Cell { text, value: cell.value.clone(), formula: cell.formula.clone() }
        };
        let row = |row: &Row| edition::Row {
            cells: row.cells.iter().map(cell).collect(),
            emphasis: row.emphasis,
        };
        edition::Table {
            id: table.id.clone(),
            title: self.say(&table.title),
            columns: table.columns.iter().map(|column| self.column(column)).collect(),
            rows: table.rows.iter().map(row).collect(),
            note: table.note.as_ref().map(|note| self.say(note)),
            top: table.top,
        }
    }

    fn column(&self, column: &Column) -> edition::Column {
        edition::Column {
            id: column.id.clone(),
            header: self.say(&column.header),
            format: column.format,
        }
    }

    fn row(&self, row: &Row, digits: &[Digits]) -> edition::Row {
        let cells = row.cells.iter().zip(digits).map(|(cell, digits)| self.cell(cell, *digits));
        edition::Row { cells: cells.collect(), emphasis: row.emphasis }
    }

    fn cell(&self, cell: &Cell, digits: Digits) -> edition::Cell {
        let text = cell.value.as_ref().map(|value| self.show(value, digits));
        edition::Cell {
            text: text.unwrap_or_else(|| UNKNOWN.to_owned()),
            value: cell.value.clone(),
            formula: cell.formula.clone(),
        }
    }

    fn chart(&self, chart: &Chart) -> edition::Chart {
        let heading = |id: &str| {
            let column = chart.table.columns.iter().find(|column| column.id == id);
            column.map(|column| self.say(&column.header)).unwrap_or_default()
        };
        let series = |series: &Series| edition::Series {
            column: series.column.clone(),
            label: heading(&series.column),
            role: series.role,
        };
        let marks = chart.marks.iter().map(|mark| edition::Mark {
            row: mark.row,
            kind: mark.kind,
            label: self.say(&mark.label),
        });
        edition::Chart {
            id: chart.id.clone(),
            kind: chart.kind,
            title: self.say(&chart.title),
            describe: self.say(&chart.describe),
            x_label: heading(&chart.x),
            y_label: self.say(&chart.y_label),
            table: self.table(&chart.table),
            x: chart.x.clone(),
            series: chart.series.iter().map(series).collect(),
            signal: chart.signal.clone(),
            point_label: chart.point_label.clone(),
            marks: marks.collect(),
            references: chart.references.iter().map(|r| self.reference(r)).collect(),
            no_data: self.word("ui.no_data"),
        }
    }

    fn reference(&self, reference: &Reference) -> edition::Reference {
        let at = &reference.at;
        let shown = self.show(at, Digits::of(std::iter::once(at)));
        edition::Reference {
            at: at.clone(),
            role: reference.role,
            label: format!("{} {shown}", self.say(&reference.label)),
        }
    }
}

fn column_values(table: &Table, index: usize) -> impl Iterator<Item = &crate::report::Value> {
    table.rows.iter().filter_map(move |row| row.cells.get(index)?.value.as_ref())
}
