//! Stages reached, with the shares of the step before and of all.

use super::super::compute::{Funnel, Reached};
use crate::report::{
    Cell, Chart, ChartKind, Column, Expr, Format, Message, Role, Row, Series, Table, Value,
};

const DATA: &str = "funnel.data";

fn column(id: &str, format: Format) -> Column {
    Column::of("funnel", id, format)
}

/// Deals by stage reached.
pub(super) fn data(funnel: &Funnel) -> Table {
    let row = |stage: &Reached| {
        Row::from(vec![Cell::from(stage.name.value()), stage.any.into(), stage.strict.into()])
    };
    Table {
        id: DATA.to_owned(),
        title: Message::new("funnel.table.data"),
        columns: vec![
            column("stage", Format::Text),
            column("any", Format::Count),
            column("strict", Format::Count),
        ],
        rows: funnel.reached.iter().map(row).collect(),
        note: None,
        top: None,
    }
}

/// The chart of stages.
pub(super) fn chart(funnel: &Funnel) -> Chart {
    let series = |column: &str, role| Series { column: column.to_owned(), role };
    let differ = funnel.reached.iter().any(|stage| stage.any != stage.strict);
    let mut drawn = vec![series("any", Role::Value)];
    drawn.extend(differ.then(|| series("strict", Role::Other)));
    Chart {
        id: "funnel.stages".to_owned(),
        kind: ChartKind::Stages,
        title: Message::new("funnel.chart.stages.title"),
        describe: Message::new("funnel.chart.stages.describe")
            .arg("deals", Value::count(funnel.deals))
            .arg("won", Value::count(funnel.won)),
        y_label: Message::new("funnel.column.any"),
        table: table(funnel),
        x: "stage".to_owned(),
        series: drawn,
        signal: None,
        point_label: None,
        marks: Vec::new(),
        references: Vec::new(),
    }
}

fn table(funnel: &Funnel) -> Table {
    let stages = &funnel.reached;
    let rows = stages.iter().enumerate().map(|(at, stage)| {
        let before = at.checked_sub(1).and_then(|before| stages.get(before));
        Row::from(cells(at, stage, before, stages.first()))
    });
    Table {
        id: "funnel.stages".to_owned(),
        title: Message::new("funnel.chart.stages.title"),
        columns: vec![
            column("stage", Format::Text),
            column("any", Format::Count),
            column("any_step", Format::Share),
            column("any_all", Format::Share),
            column("strict", Format::Count),
            column("strict_step", Format::Share),
            column("strict_all", Format::Share),
        ],
        rows: rows.collect(),
        note: Some(Message::new("funnel.note.strict")),
        top: None,
    }
}

fn cells(
    at: usize,
    stage: &Reached,
    before: Option<&Reached>,
    first: Option<&Reached>,
) -> Vec<Cell> {
    let triple = |id: &str, count: &dyn Fn(&Reached) -> u64| {
        let above = Expr::Offset(id.to_owned(), -1);
        let step = before.and_then(|before| Value::ratio(count(stage), count(before)));
        let all = first.and_then(|first| Value::ratio(count(stage), count(first)));
        vec![
            Cell::from(count(stage)).by(Expr::at(DATA, id, at)),
            Cell::from(step).by(Expr::own(id) / above),
            Cell::from(all).by(Expr::own(id) / Expr::at(DATA, id, 0)),
        ]
    };
    let any = triple("any", &|stage| stage.any);
    let strict = triple("strict", &|stage| stage.strict);
    [vec![Cell::from(stage.name.value())], any, strict].concat()
}
