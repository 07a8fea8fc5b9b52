//! Tables: typed cells, and formulas an auditor can follow.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Expr, Formula, Message, Value};

/// How a column is aligned and formatted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Text, left.
    Text,
    /// Whole numbers.
    Count,
    /// Numbers with so many decimals.
    Number(u8),
    /// Shares as per cent with one decimal.
    Share,
    /// Money.
    Money,
    /// Days with one decimal.
    Days,
    /// Calendar days.
    Date,
    /// Calendar months.
    Month,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Column {
    /// Id within its table, as `defects`: formulas and charts name it.
    pub id: String,
    /// Heading.
    pub header: Message,
    /// Alignment and number format.
    pub format: Format,
}

impl Column {
    /// A column whose heading is the word at `column.<id>`.
    #[must_use]
    pub fn new(id: &str, format: Format) -> Self {
        Self::titled(id, format, Message::new(format!("column.{id}")))
    }

    /// A column of an analysis, whose heading is the word at `<analysis>.column.<id>`.
    #[must_use]
    pub fn of(analysis: &str, id: &str, format: Format) -> Self {
        Self::titled(id, format, Message::new(format!("{analysis}.column.{id}")))
    }

    /// A column with a heading of its own.
    #[must_use]
    pub fn titled(id: &str, format: Format, header: Message) -> Self {
        Self { id: id.to_owned(), header, format }
    }
}

/// One cell.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Cell {
    /// Its value; `None` when it cannot be known.
    pub value: Option<Value>,
    /// How a spreadsheet computes the same value; only beside a value that is a quantity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub formula: Option<Formula>,
}

impl Cell {
    /// A cell that cannot be known.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// With the formula that gives the same value. Dropped where there is no value.
    #[must_use]
    pub fn by(mut self, formula: Expr) -> Self {
        self.formula = self.value.is_some().then(|| formula.into());
        self
    }
}

impl<T: Into<Value>> From<T> for Cell {
    fn from(value: T) -> Self {
        Self { value: Some(value.into()), formula: None }
    }
}

impl From<Option<Value>> for Cell {
    fn from(value: Option<Value>) -> Self {
        Self { value, formula: None }
    }
}

/// How a row stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Emphasis {
    /// A total.
    Total,
    /// A signal for the worse.
    Bad,
    /// A signal for the better.
    Good,
    /// Context that does not count: a partial month, a group too small.
    Muted,
}

/// One row.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Row {
    /// One cell a column.
    pub cells: Vec<Cell>,
    /// How it stands out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emphasis: Option<Emphasis>,
}

impl From<Vec<Cell>> for Row {
    fn from(cells: Vec<Cell>) -> Self {
        Self { cells, emphasis: None }
    }
}

/// A table. Formulas of other tables may name it by its id.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Table {
    /// Id, unique in a report: `defects.by_month`.
    pub id: String,
    /// Title.
    pub title: Message,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows.
    pub rows: Vec<Row>,
    /// What to know when reading it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<Message>,
    /// Rows shown before the rest is folded away; all when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub top: Option<usize>,
}

impl Table {
    /// A table of an analysis: its id, title and headings are those of the analysis' word files.
    #[must_use]
    pub fn of(analysis: &str, id: &str, columns: &[(&str, Format)], rows: Vec<Row>) -> Self {
        let column = |(id, format): &(&str, Format)| Column::of(analysis, id, *format);
        let title = Message::new(format!("{analysis}.table.{id}"));
        Self::new(&format!("{analysis}.{id}"), title, columns.iter().map(column).collect(), rows)
    }

    /// With what to know when reading it.
    #[must_use]
    pub fn noted(mut self, note: Message) -> Self {
        self.note = Some(note);
        self
    }

    /// A table whose rows are all shown, without a note.
    #[must_use]
    pub fn new(id: &str, title: Message, columns: Vec<Column>, rows: Vec<Row>) -> Self {
        Self { id: id.to_owned(), title, columns, rows, note: None, top: None }
    }

    /// The index of a column.
    #[must_use]
    pub fn index(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|c| c.id == column)
    }

    /// The value of a cell.
    #[must_use]
    pub fn value(&self, row: usize, column: &str) -> Option<&Value> {
        self.rows.get(row)?.cells.get(self.index(column)?)?.value.as_ref()
    }
}
