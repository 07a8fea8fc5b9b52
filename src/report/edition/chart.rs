//! A chart in one language.

use serde::Serialize;

use super::Table;
use crate::report::{ChartKind, MarkKind, Role, Value};

/// One series.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Series {
    /// Column of the chart's table.
    pub column: String,
    /// Name in the legend.
    pub label: String,
    /// The part it plays.
    pub role: Role,
}

/// A labelled mark.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Mark {
    /// Row of the chart's table.
    pub row: usize,
    /// What kind.
    pub kind: MarkKind,
    /// Its label.
    pub label: String,
}

/// A labelled line across the plot at a value of the x axis.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reference {
    /// Where on the x axis.
    pub at: Value,
    /// The part it plays.
    pub role: Role,
    /// Its name and value.
    pub label: String,
}

/// A chart.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Chart {
    /// Id, unique in a report.
    pub id: String,
    /// What is drawn.
    pub kind: ChartKind,
    /// Title.
    pub title: String,
    /// The chart in one sentence.
    pub describe: String,
    /// What the x axis measures.
    pub x_label: String,
    /// What the y axis measures.
    pub y_label: String,
    /// The data.
    pub table: Table,
    /// Column of the x axis.
    pub x: String,
    /// The series.
    pub series: Vec<Series>,
    /// Column that marks signals and says why.
    pub signal: Option<String>,
    /// Column that names each point.
    pub point_label: Option<String>,
    /// Marks.
    pub marks: Vec<Mark>,
    /// Lines at values of the x axis.
    pub references: Vec<Reference>,
    /// What is printed instead of a drawing when there is nothing to draw.
    pub no_data: String,
}
