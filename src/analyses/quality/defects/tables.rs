//! The tables of the section and the data sheets they are computed from.

use std::collections::BTreeMap;

use super::compute::Computed;
use super::figures::{Figures, rolled};
use super::findings::label;
use super::formulas::{self, Where, serial};
use crate::dataset::{DefectCounts, Place};
use crate::report::{Cell, Column, Emphasis, Expr, Format, Func, Message, Row, Table, Value};
use crate::units::{Money, Month};

/// Lines of the data sheet of all breakdowns at once; beyond, each breakdown has its own.
const MAX_LINES: usize = 5_000;

/// Writes the tables of what was computed.
pub(super) struct Tables<'a> {
    /// What was computed.
    pub(super) data: &'a Computed,
    /// The shift between long-term and short-term sigma.
    pub(super) shift: f64,
}

/// What a table is broken down by.
#[derive(Clone, Copy)]
pub(super) enum By {
    /// Step of the process, with the yield rolled down the steps.
    Step,
    /// Team.
    Team,
    /// Category.
    Category,
    /// Shift.
    Shift,
}

impl By {
    pub(super) const ALL: [Self; 4] = [Self::Step, Self::Team, Self::Category, Self::Shift];

    const fn column(self) -> &'static str {
        match self {
            Self::Step => "step",
            Self::Team => "team",
            Self::Category => "category",
            Self::Shift => "shift",
        }
    }

    const fn index(self, place: &Place) -> usize {
        match self {
            Self::Step => place.step,
            Self::Team => place.team,
            Self::Category => place.category,
            Self::Shift => place.shift,
        }
    }
}

fn column(id: &str, format: Format) -> Column {
    Column::titled(id, format, Message::new(format!("defects.column.{id}")))
}

fn figure_columns() -> Vec<Column> {
    let formats = [
        ("units", Format::Count),
        ("opportunities", Format::Count),
        ("defects", Format::Count),
        ("defective", Format::Count),
        ("dpu", Format::Number(4)),
        ("dpmo", Format::Number(0)),
        ("dpmo_low", Format::Number(0)),
        ("dpmo_high", Format::Number(0)),
        ("z_lt", Format::Number(2)),
        ("z_st", Format::Number(2)),
        ("z_st_low", Format::Number(2)),
        ("z_st_high", Format::Number(2)),
        ("fty", Format::Share),
    ];
    formats.map(|(id, format)| column(id, format)).to_vec()
}

/// A data sheet of counts by month.
fn counts(id: &str, by: &[By], rows: Vec<Row>) -> Table {
    let counts = ["units", "opportunities", "defects", "judged", "defective"];
    let mut columns = vec![column("month", Format::Month)];
    columns.extend(by.iter().map(|by| column(by.column(), Format::Text)));
    columns.extend(counts.map(|id| column(id, Format::Count)));
    columns.push(column("cost", Format::Money));
    let title = Message::new(format!("defects.table.{id}"));
    Table::new(&format!("defects.{id}"), title, columns, rows)
}

impl Tables<'_> {
    /// Whether one data sheet holds every breakdown.
    fn is_one_sheet(&self) -> bool {
        self.data.cube.lines.len() <= MAX_LINES
    }

    /// The data sheet of a breakdown.
    fn sheet(&self, by: By) -> String {
        let own = || format!("defects.cube_{}", by.column());
        if self.is_one_sheet() { "defects.cube".to_owned() } else { own() }
    }

    /// A spreadsheet compares labels without case: two labels that differ in case alone would be
    /// added up, so such a breakdown goes without formulas.
    fn labels_tell_apart(&self, by: By) -> bool {
        let names = self.names(by).iter().flatten().map(|name| name.to_lowercase());
        let mut folded: Vec<String> = names.collect();
        folded.sort();
        folded.windows(2).all(|pair| pair[0] != pair[1])
    }

    /// Whether a breakdown has more than one group.
    pub(super) fn tells_apart(&self, by: By) -> bool {
        self.names(by).len() > 1
    }

    fn names(&self, by: By) -> &[Option<String>] {
        match by {
            By::Step => &self.data.cube.steps,
            By::Team => &self.data.cube.teams,
            By::Category => &self.data.cube.categories,
            By::Shift => &self.data.cube.shifts,
        }
    }

    /// Cells of the figures of one group; with formulas where the group's rows can be named.
    fn figures(&self, f: &Figures, (by, conditions): (By, Option<&[Where]>)) -> Vec<Cell> {
        let c = f.counts;
        let sheet = self.sheet(by);
        let sum = |measure: &str| Some(formulas::sum(&sheet, measure, conditions?));
        let count = |measure: &str, n: u64| {
            let cell = Cell::from(n);
            match sum(measure) {
                Some(formula) => cell.by(formula),
                None => cell,
            }
        };
        let number = |x: Option<f64>, decimals, formula: Expr| {
            Cell::from(x.and_then(|x| Value::number(x, decimals))).by(formula)
        };
        let dpo = f.dpo();
        let (z, z_low, z_high) = f.z();
        let shifted = |z: Option<f64>| z.map(|z| z + self.shift);
        let judged = f.judged().then(|| sum("judged"));
        let fty = Cell::from(f.fty().and_then(|e| Value::share(e.value)));
        vec![
            count("units", c.units),
            count("opportunities", c.opportunities),
            count("defects", c.defects),
            count("defective", c.defective),
            number(f.dpu(), 4, formulas::dpu()),
            number(dpo.map(|e| e.value * 1e6), 0, formulas::dpmo()),
            number(dpo.map(|e| e.bounds.low * 1e6), 0, formulas::dpmo_low(f.exact)),
            number(dpo.map(|e| e.bounds.high * 1e6), 0, formulas::dpmo_high(f.exact)),
            number(z, 2, formulas::z_lt("dpmo")),
            number(shifted(z), 2, formulas::z_st("dpmo")),
            number(shifted(z_low), 2, formulas::z_st("dpmo_high")),
            number(shifted(z_high), 2, formulas::z_st("dpmo_low")),
            match judged {
                None => fty.by(formulas::fty(None)),
                Some(Some(judged)) => fty.by(formulas::fty(Some(judged))),
                Some(None) => fty,
            },
        ]
    }

    /// Month by month, the newest first.
    pub(super) fn by_month(&self) -> Table {
        let mut columns = vec![column("month", Format::Month)];
        columns.extend(figure_columns());
        columns.push(column("rty", Format::Share));
        let rows = self.data.months().rev().map(|month| self.month_row(month)).collect();
        Table {
            id: "defects.by_month".to_owned(),
            title: Message::new("defects.table.by_month"),
            columns,
            rows,
            note: self.data.partial.map(|month| {
                Message::new("defects.note.partial").arg("month", Month::from_number(month))
            }),
            top: Some(13),
        }
    }

    fn month_row(&self, month: i32) -> Row {
        let mut cells = vec![Cell::from(Month::from_number(month))];
        cells.extend(
            self.figures(&self.data.month(month), (By::Step, Some(&[Where::Own("month")]))),
        );
        let yields = self.data.step_yields(month);
        let rty = Cell::from(rolled(&yields).and_then(|(rty, _)| Value::share(rty)));
        cells.push(match self.step_rows(month) {
            Some((first, last)) => {
                let (table, column) = ("defects.by_step_month".to_owned(), "fty".to_owned());
                rty.by(Expr::call(Func::Product, [Expr::Span(table, column, first, last)]))
            }
            None => rty,
        });
        let unfinished = self.data.partial == Some(month) || !self.data.complete;
        Row { cells, emphasis: unfinished.then_some(Emphasis::Muted) }
    }

    /// By step, team or category over the months shown.
    pub(super) fn breakdown(&self, by: By) -> Table {
        let id = format!("defects.by_{}", by.column());
        let mut columns = vec![column(by.column(), Format::Text)];
        columns.extend(figure_columns());
        if matches!(by, By::Step) {
            columns.push(column("rty", Format::Share));
        }
        let (from, to) = self.data.shown;
        let rows = self.breakdown_rows(by, &id);
        Table {
            id,
            title: Message::new(format!("defects.table.by_{}", by.column())),
            columns,
            rows,
            note: Some(
                Message::new("defects.note.months")
                    .arg("from", Month::from_number(from))
                    .arg("to", Month::from_number(to)),
            ),
            top: Some(20),
        }
    }

    fn breakdown_rows(&self, by: By, id: &str) -> Vec<Row> {
        let data = self.data;
        let months = Where::Months(serial(data.shown.0), serial(data.shown.1));
        let conditions = [Where::Own(by.column()), months];
        let conditions = self.labels_tell_apart(by).then_some(&conditions[..]);
        let mut yields = Vec::new();
        let mut rows = Vec::new();
        for i in 0..self.names(by).len() {
            let figures = data.figures(|place| by.index(place) == i && data.is_shown(place));
            if figures.counts.units == 0 {
                continue;
            }
            let mut cells = vec![Cell::from(label(self.names(by), i))];
            cells.extend(self.figures(&figures, (by, conditions)));
            if matches!(by, By::Step) {
                yields.extend(figures.fty());
                let rty = rolled(&yields).and_then(|(rty, _)| Value::share(rty));
                let span = Expr::Span(id.to_owned(), "fty".to_owned(), 0, rows.len());
                cells.push(Cell::from(rty).by(Expr::call(Func::Product, [span])));
            }
            rows.push(cells.into());
        }
        rows
    }

    /// The data sheets: the first the formulas of the tables look at.
    pub(super) fn data(&self) -> Vec<Table> {
        let mut sheets = if self.is_one_sheet() {
            vec![self.cube()]
        } else {
            let needed = |by: &By| matches!(by, By::Step) || self.tells_apart(*by);
            By::ALL.into_iter().filter(needed).map(|by| self.margin(by)).collect()
        };
        sheets.push(self.by_step_month());
        sheets
    }

    fn cube(&self) -> Table {
        let row = |(place, counts): &(Place, DefectCounts)| {
            self.line(place.period, By::ALL.map(|by| (by, by.index(place))), counts)
        };
        counts("cube", &By::ALL, self.data.cube.lines.iter().map(row).collect())
    }

    /// The counts of one breakdown by month.
    fn margin(&self, by: By) -> Table {
        let mut sums = BTreeMap::<(i32, usize), DefectCounts>::new();
        for (place, counts) in &self.data.cube.lines {
            sums.entry((place.period, by.index(place))).or_default().add(counts);
        }
        let row = |(&(month, at), counts): (&_, &_)| self.line(month, [(by, at)], counts);
        let rows = sums.iter().map(row).collect();
        counts(&format!("cube_{}", by.column()), &[by], rows)
    }

    fn line<const N: usize>(&self, month: i32, at: [(By, usize); N], c: &DefectCounts) -> Row {
        let cost = (c.costed > 0).then(|| Value::Money(Money::from_raw(c.cost)));
        let mut cells = vec![Cell::from(Month::from_number(month))];
        cells.extend(at.map(|(by, at)| label(self.names(by), at).into()));
        let counts = [c.units, c.opportunities, c.defects, c.judged, c.defective];
        cells.extend(counts.map(Cell::from));
        cells.push(cost.into());
        cells.into()
    }

    /// Steps with units in a month, in order.
    fn steps_of(&self, month: i32) -> impl Iterator<Item = (usize, Figures)> + '_ {
        let figures = move |s| {
            let f = self.data.in_month(month, |place| place.step == s);
            (f.counts.units > 0).then_some((s, f))
        };
        (0..self.data.cube.steps.len()).filter_map(figures)
    }

    /// First and last row of a month in the sheet of steps by month.
    fn step_rows(&self, month: i32) -> Option<(usize, usize)> {
        let before: usize = (self.data.first..month).map(|m| self.steps_of(m).count()).sum();
        let own = self.steps_of(month).count();
        (own > 0 && self.labels_tell_apart(By::Step)).then(|| (before, before + own - 1))
    }

    fn by_step_month(&self) -> Table {
        let counts = ["units", "judged", "defective", "defects"];
        let mut columns = vec![column("month", Format::Month), column("step", Format::Text)];
        columns.extend(counts.map(|id| column(id, Format::Count)));
        columns.push(column("fty", Format::Share));
        let rows = self.data.months().flat_map(|month| {
            self.steps_of(month).map(move |(step, f)| self.step_month_row(month, step, &f))
        });
        Table {
            id: "defects.by_step_month".to_owned(),
            title: Message::new("defects.table.by_step_month"),
            columns,
            rows: rows.collect(),
            note: None,
            top: None,
        }
    }

    fn step_month_row(&self, month: i32, step: usize, f: &Figures) -> Row {
        let conditions = [Where::Own("month"), Where::Own("step")];
        let count = |measure: &str, n: u64| {
            let cell = Cell::from(n);
            let formula = formulas::sum(&self.sheet(By::Step), measure, &conditions);
            if self.labels_tell_apart(By::Step) { cell.by(formula) } else { cell }
        };
        let judged = f.judged().then(|| Expr::own("judged"));
        let fty = Cell::from(f.fty().and_then(|e| Value::share(e.value)));
        Row::from(vec![
            Cell::from(Month::from_number(month)),
            label(&self.data.cube.steps, step).into(),
            count("units", f.counts.units),
            count("judged", f.counts.judged),
            count("defective", f.counts.defective),
            count("defects", f.counts.defects),
            fty.by(formulas::fty(judged)),
        ])
    }
}
