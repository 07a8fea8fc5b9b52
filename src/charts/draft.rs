//! Charts for tests, put together column by column.

use crate::report::edition::{Cell, Chart, Column, Mark, Reference, Row, Series, Table};
use crate::report::{ChartKind, Emphasis, Format, MarkKind, Role, Value};

/// A chart of columns; each column is its id, format, heading and role.
pub(crate) struct Draft(pub Chart);

impl Draft {
    pub(crate) fn new(kind: ChartKind, id: &str, y_label: &str) -> Self {
        Self(Chart {
            id: id.to_owned(),
            kind,
            title: format!("{kind:?}"),
            describe: "What the picture shows.".to_owned(),
            x_label: String::new(),
            y_label: y_label.to_owned(),
            table: Table::default(),
            x: String::new(),
            series: Vec::new(),
            signal: None,
            point_label: None,
            marks: Vec::new(),
            references: Vec::new(),
            no_data: "Nothing to draw yet.".to_owned(),
        })
    }

    fn column(&mut self, header: &str, format: Format, values: Vec<Option<Value>>) -> String {
        let id = format!("c{}", self.0.table.columns.len());
        self.0.table.columns.push(Column { id: id.clone(), header: header.to_owned(), format });
        self.0.table.rows.resize_with(values.len().max(self.0.table.rows.len()), || Row {
            cells: Vec::new(),
            emphasis: None,
        });
        for (row, value) in self.0.table.rows.iter_mut().zip(values) {
            let text = value.as_ref().map_or("–".to_owned(), |v| words(v, format));
            row.cells.push(Cell { text, value, formula: None });
        }
        id
    }

    pub(crate) fn names<S: AsRef<str>>(mut self, header: &str, names: &[S]) -> Self {
        let names = names.iter().map(|n| Some(Value::Text(n.as_ref().to_owned()))).collect();
        self.0.x = self.column(header, Format::Text, names);
        header.clone_into(&mut self.0.x_label);
        self
    }

    pub(crate) fn scale(mut self, header: &str, format: Format, xs: &[f64]) -> Self {
        self.0.x =
            self.column(header, format, xs.iter().map(|x| value(Some(*x), format)).collect());
        header.clone_into(&mut self.0.x_label);
        self
    }

    pub(crate) fn series(
        mut self,
        role: Role,
        label: &str,
        format: Format,
        figures: &[Option<f64>],
    ) -> Self {
        let values = figures.iter().map(|v| value(*v, format)).collect();
        let column = self.column(label, format, values);
        self.0.series.push(Series { column, label: label.to_owned(), role });
        self
    }

    pub(crate) fn plain(mut self, header: &str, format: Format, figures: &[Option<f64>]) -> Self {
        let _ = self.column(header, format, figures.iter().map(|v| value(*v, format)).collect());
        self
    }

    pub(crate) fn signals(mut self, why: &[(usize, &str)]) -> Self {
        let rows = 0..self.0.table.rows.len();
        let told = |row| why.iter().find(|w| w.0 == row).map(|w| Value::Text(w.1.to_owned()));
        self.0.signal = Some(self.column("Signal", Format::Text, rows.map(told).collect()));
        self
    }

    pub(crate) fn points_named(mut self, names: &[&str]) -> Self {
        let names = names.iter().map(|n| Some(Value::Text((*n).to_owned()))).collect();
        self.0.point_label = Some(self.column("Name", Format::Text, names));
        self
    }

    pub(crate) fn emphasis(mut self, row: usize, emphasis: Emphasis) -> Self {
        if let Some(row) = self.0.table.rows.get_mut(row) {
            row.emphasis = Some(emphasis);
        }
        self
    }

    pub(crate) fn reference(mut self, at: f64, role: Role, label: &str) -> Self {
        let at = Value::Number { value: at, decimals: 2 };
        self.0.references.push(Reference { at, role, label: label.to_owned() });
        self
    }

    pub(crate) fn mark(mut self, row: usize, kind: MarkKind, label: &str) -> Self {
        self.0.marks.push(Mark { row, kind, label: label.to_owned() });
        self
    }
}

/// Figures every one of which is known.
pub(crate) fn known(figures: &[f64]) -> Vec<Option<f64>> {
    figures.iter().copied().map(Some).collect()
}

fn value(figure: Option<f64>, format: Format) -> Option<Value> {
    let figure = figure?;
    Some(match format {
        Format::Share => Value::Share(figure),
        Format::Days => Value::Days(figure),
        Format::Number(decimals) => Value::Number { value: figure, decimals },
        #[expect(clippy::cast_possible_truncation, reason = "counts of tests are small")]
        Format::Count => Value::Count(figure as i64),
        _ => Value::Number { value: figure, decimals: 2 },
    })
}

fn words(value: &Value, format: Format) -> String {
    match (value, format) {
        (Value::Text(text), _) => text.clone(),
        (Value::Share(share), _) => format!("{:.1}%", share * 100.0),
        (Value::Count(n), _) => n.to_string(),
        (Value::Days(days), _) => format!("{days:.1} d"),
        (Value::Number { value, decimals }, _) => format!("{value:.0$}", usize::from(*decimals)),
        _ => String::new(),
    }
}
