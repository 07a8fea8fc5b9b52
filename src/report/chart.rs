//! A chart is data: its own table, and which column plays which part. There is one drawing of
//! it for the page and one native chart in the workbook, both made from this.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Message, Table, Value};

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChartKind {
    /// Points over time joined by a line, centre line, stepped limits, signals marked.
    Control,
    /// Bars in falling order with the cumulative share on a second axis.
    Pareto,
    /// Horizontal bars, one a stage, with the count and share beside each.
    Stages,
    /// Points of rate over n between funnel limits.
    FunnelPlot,
    /// Step curves that fall from one.
    Survival,
    /// A cumulative curve over ranked customers, with the 100 % line.
    Whale,
    /// Horizontal bars from the top tier down, one series a measure.
    Pyramid,
    /// Vertical bars.
    Bars,
    /// Plain lines.
    Line,
    /// One bar a class of measured values (a row: the middle of the class, its count), fitted
    /// curves over them, and references such as specification limits.
    Histogram,
    /// Observed values against normal scores, with the fitted line and its band.
    Probability,
    /// Estimates with their intervals, one a row, from the top down.
    Intervals,
    /// The steps a piece of work takes, one a row: processing time and the wait before it. Further
    /// columns of the table stand in the box of the step.
    ValueStream,
}

/// The part a column plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The figures themselves.
    Value,
    /// A second set of figures, for comparison.
    Other,
    /// Centre line or pooled rate.
    Center,
    /// Control limit or outer funnel limit.
    Limit,
    /// Warning limit or inner funnel limit.
    Warning,
    /// Confidence bounds of the figures.
    Bound,
    /// Cumulative share, on the second axis.
    Cumulative,
    /// Target or reference line.
    Target,
}

/// One series.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Series {
    /// Column of the chart's table; its heading is the series' name.
    pub column: String,
    /// The part it plays.
    pub role: Role,
}

/// What a mark on the x axis says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MarkKind {
    /// The last point of the frozen baseline.
    BaselineEnd,
    /// An event: an intervention, a change of definition.
    Event,
    /// A value worth reading off: a median, a peak.
    Read,
}

/// A labelled mark at a row of the chart's table.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Mark {
    /// Row of the chart's table.
    pub row: usize,
    /// What kind.
    pub kind: MarkKind,
    /// Its label.
    pub label: Message,
}

impl Chart {
    /// A plain chart of a table, under the table's id and title: no marks, no signals; the y axis
    /// measures what the first series' heading says.
    #[must_use]
    pub fn of(kind: ChartKind, table: Table, x: &str, series: &[(&str, Role)]) -> Self {
        let first = series.first().and_then(|(id, _)| table.columns.get(table.index(id)?));
        Self {
            id: table.id.clone(),
            kind,
            title: table.title.clone(),
            describe: table.title.clone(),
            y_label: first.map_or_else(Message::default, |column| column.header.clone()),
            x: x.to_owned(),
            series: series
                .iter()
                .map(|(column, role)| Series { column: (*column).to_owned(), role: *role })
                .collect(),
            signal: None,
            point_label: None,
            references: Vec::new(),
            marks: Vec::new(),
            table,
        }
    }

    /// With a sentence for those who cannot see it.
    #[must_use]
    pub fn described(mut self, describe: Message) -> Self {
        self.describe = describe;
        self
    }
}

/// A labelled line across the plot at a value of the x axis.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Reference {
    /// Where on the x axis.
    pub at: Value,
    /// The part it plays: a limit, the target, the centre.
    pub role: Role,
    /// Its name; the value is written after it.
    pub label: Message,
}

/// A chart.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Chart {
    /// Id, unique in a report: `control.defects`.
    pub id: String,
    /// What is drawn.
    pub kind: ChartKind,
    /// Title: what the reader should see.
    pub title: Message,
    /// The chart in one sentence, for those who cannot see it.
    pub describe: Message,
    /// What the y axis measures; the x axis is named by its column's heading.
    pub y_label: Message,
    /// The data, shown behind the chart.
    pub table: Table,
    /// Column of the x axis: labels, months, or numbers.
    pub x: String,
    /// The series.
    pub series: Vec<Series>,
    /// Text column: a value in it marks that row as a signal and says why.
    pub signal: Option<String>,
    /// Text column that names each point, where x does not.
    pub point_label: Option<String>,
    /// Marks on the x axis.
    pub marks: Vec<Mark>,
    /// Lines at values of the x axis.
    pub references: Vec<Reference>,
}
