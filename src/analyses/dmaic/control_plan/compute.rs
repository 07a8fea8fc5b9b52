//! Checks as planned and as done.

use std::collections::BTreeMap;

use crate::dataset::{Dataset, Table};
use crate::records::{Col, TableKind};
use crate::units::{Day, Period};

/// What became of a check, as of the day the report looks from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Done by its due day.
    OnTime,
    /// Done so many days after it.
    Late(i32),
    /// Not done, so many days past its due day.
    Overdue(i32),
    /// Not due yet.
    Ahead,
}

/// One check.
#[derive(Clone, Debug)]
pub(super) struct Check {
    pub(super) project: Option<String>,
    pub(super) characteristic: String,
    pub(super) owner: Option<String>,
    pub(super) reaction: Option<String>,
    pub(super) due: Day,
    pub(super) state: State,
}

/// Checks of one characteristic, one owner, or all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// Due so far.
    pub(super) due: u64,
    /// Of those, done by their day.
    pub(super) on_time: u64,
    /// Done later.
    pub(super) late: u64,
    /// Not done.
    pub(super) overdue: u64,
}

impl Counts {
    fn add(&mut self, state: State) {
        match state {
            State::OnTime => self.on_time += 1,
            State::Late(_) => self.late += 1,
            State::Overdue(_) => self.overdue += 1,
            State::Ahead => return,
        }
        self.due += 1;
    }
}

/// Everything the section is written from.
#[derive(Debug)]
pub(super) struct Computed {
    /// Every check, by due day.
    pub(super) checks: Vec<Check>,
    pub(super) all: Counts,
    /// Of whole months, oldest first, by number.
    pub(super) months: BTreeMap<i32, Counts>,
    pub(super) period: Period,
    pub(super) level: f64,
}

impl Computed {
    /// `None` where no check was due by the day the report looks from, in the projects that work
    /// by `method`.
    pub(super) fn new(data: &Dataset, level: f64, method: Option<&str>) -> Option<Self> {
        let table = data.table(TableKind::ControlPlan)?;
        let wanted = |row: &usize| {
            let project = table.text(Col::ProjectId, *row);
            method.is_none_or(|method| data.works_as(project, method))
        };
        let rows = (0..table.len()).filter(wanted);
        let mut checks: Vec<Check> =
            rows.filter_map(|row| check(table, row, data.until())).collect();
        checks.sort_by(|a, b| {
            let key = |c: &Check| (c.due, c.characteristic.clone(), c.project.clone());
            key(a).cmp(&key(b))
        });
        let mut all = Counts::default();
        let mut months = BTreeMap::<i32, Counts>::new();
        for check in checks.iter().filter(|check| check.state != State::Ahead) {
            all.add(check.state);
            months.entry(check.due.month().number()).or_default().add(check.state);
        }
        let from = checks.first()?.due;
        let period = Period { from, to: data.until() };
        (all.due > 0).then_some(Self { checks, all, months, period, level })
    }

    /// Counts by a label, in order of the labels.
    pub(super) fn by(&self, label: fn(&Check) -> Option<&str>) -> BTreeMap<Option<&str>, Counts> {
        let mut out = BTreeMap::<_, Counts>::new();
        for check in &self.checks {
            out.entry(label(check)).or_default().add(check.state);
        }
        out.retain(|_, counts| counts.due > 0);
        out
    }

    /// Checks not done past their day, the oldest first, each with its days.
    pub(super) fn overdue(&self) -> Vec<(&Check, i32)> {
        let late = self.checks.iter().filter_map(|check| match check.state {
            State::Overdue(days) => Some((check, days)),
            _ => None,
        });
        late.collect()
    }
}

fn check(table: &Table, row: usize, until: Day) -> Option<Check> {
    let text = |col| table.text(col, row).map(str::to_owned);
    let due = table.day(Col::Due, row)?;
    let done = table.day(Col::DoneAt, row).filter(|&done| done <= until);
    let state = match done.map(|done| done.since(due)) {
        Some(after) if after > 0 => State::Late(after),
        Some(_) => State::OnTime,
        None if due < until => State::Overdue(until.since(due)),
        None => State::Ahead,
    };
    Some(Check {
        project: text(Col::ProjectId),
        characteristic: text(Col::Characteristic)?,
        owner: text(Col::Owner),
        reaction: text(Col::ReactionPlan),
        due,
        state,
    })
}
