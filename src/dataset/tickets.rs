//! Tickets as cases: when each was opened, answered and ended, and whether its promise was kept.

mod states;

use super::{Categories, Column, Dataset, Table};
use crate::records::{Col, TableKind};
use crate::units::Day;
use states::Stated;

/// Milliseconds of a day.
const DAY: i64 = 86_400_000;

/// A length of time of a case, from when it was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clock {
    /// To the first answer.
    Answer,
    /// To the solution.
    Resolve,
    /// To the close of the case; where no close is recorded, to its solution.
    Close,
}

/// How a clock of a case stands on the day the report looks from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Stopped after so many milliseconds.
    After(i64),
    /// Still running.
    Open,
    /// Stopped, but nobody wrote when, or before it began.
    Unknown,
}

/// One case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// Its row in the table.
    pub row: usize,
    /// When it was opened, in milliseconds.
    pub opened: i64,
    /// How long the first answer took.
    pub answer: End,
    /// How long the solution took.
    pub resolve: End,
    /// How long it took to close.
    pub close: End,
    /// Whether the promised time was kept; `None` where nothing is promised, or not yet decided.
    pub kept: Option<bool>,
    /// When that was decided, in milliseconds: at the end, or when the promised time ran out.
    pub decided: i64,
}

impl Ticket {
    /// One of its clocks.
    #[must_use]
    pub const fn end(&self, clock: Clock) -> End {
        match clock {
            Clock::Answer => self.answer,
            Clock::Resolve => self.resolve,
            Clock::Close => self.close,
        }
    }

    /// When it was closed, in milliseconds.
    #[must_use]
    pub const fn closed_at(&self) -> Option<i64> {
        match self.close {
            End::After(ms) => Some(self.opened.saturating_add(ms)),
            End::Open | End::Unknown => None,
        }
    }
}

/// The cases of a dataset, as known on its day.
#[derive(Clone, Debug)]
pub struct Tickets<'a> {
    table: &'a Table,
    columns: Columns<'a>,
    states: Vec<Stated>,
    seen: i64,
    /// Whether the answer, the solution and the close are recorded.
    recorded: [bool; 3],
}

/// The columns a case is read from, looked for once and not for every case.
#[derive(Clone, Copy, Debug)]
struct Columns<'a> {
    opened: Option<&'a Column>,
    answered: Option<&'a Column>,
    resolved: Option<&'a Column>,
    closed: Option<&'a Column>,
    /// What says when a case is closed: its close where any is recorded, else its solution.
    closing: Option<&'a Column>,
    due: Option<&'a Column>,
    met: Option<&'a Column>,
    status: &'a [u32],
}

impl<'a> Columns<'a> {
    fn of(table: &'a Table) -> Self {
        let (resolved, closed) = (table.column(Col::Resolved), table.column(Col::Closed));
        Self {
            opened: table.column(Col::Opened),
            answered: table.column(Col::FirstResponse),
            resolved,
            closed,
            closing: if table.has(Col::Closed) { closed } else { resolved },
            due: table.column(Col::SlaDue),
            met: table.column(Col::SlaMet),
            status: table.codes(Col::Status),
        }
    }
}

impl<'a> Tickets<'a> {
    /// The cases, where there are tickets.
    #[must_use]
    pub fn of(data: &'a Dataset) -> Option<Self> {
        let table = data.table(TableKind::Tickets)?;
        let names = table.categories(Col::Status).map(Categories::names);
        let states = names.map_or_else(Vec::new, |names| names.map(Stated::of).collect());
        let [answered, resolved, closed] =
            [Col::FirstResponse, Col::Resolved, Col::Closed].map(|col| table.has(col));
        Some(Self {
            table,
            columns: Columns::of(table),
            states,
            seen: last_seen(table, data.as_of),
            recorded: [answered, resolved, closed || resolved],
        })
    }

    /// The table.
    #[must_use]
    pub const fn table(&self) -> &'a Table {
        self.table
    }

    /// Until when the records tell, in milliseconds: open cases are censored here.
    ///
    /// The last moment written in the table where it lies on the day the report looks from, since
    /// the records were handed over after it; else the end of that day.
    #[must_use]
    pub const fn seen(&self) -> i64 {
        self.seen
    }

    /// Whether a clock is recorded at all.
    #[must_use]
    pub const fn has(&self, clock: Clock) -> bool {
        let [answered, resolved, closed] = self.recorded;
        match clock {
            Clock::Answer => answered,
            Clock::Resolve => resolved,
            Clock::Close => closed,
        }
    }

    /// Whether the records tell open cases from ended ones.
    #[must_use]
    pub fn knows_open(&self) -> bool {
        self.has(Clock::Close) || self.states.iter().any(|state| state.ended.is_some())
    }

    /// Every case opened by then, in the order of rows.
    pub fn iter(&self) -> impl Iterator<Item = Ticket> + '_ {
        (0..self.table.len()).filter_map(|row| self.get(row))
    }

    /// The case of a row; `None` where it has no beginning, or began only later.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<Ticket> {
        let columns = &self.columns;
        let opened = self.instant(columns.opened, row)?;
        let stated = self.stated(row);
        let (answered, resolved) =
            (self.instant(columns.answered, row), self.instant(columns.resolved, row));
        let closed = self.instant(columns.closing, row);
        // The status is that of the day the records were written, maybe a later one.
        let later = [columns.resolved, columns.closed].map(|column| column?.count(row));
        let later = later.into_iter().flatten().any(|ms| ms > self.seen);
        let ended = stated.ended == Some(true) && !later;
        let end = |at: Option<i64>, over: bool| match at.map(|at| at.saturating_sub(opened)) {
            Some(ms) if ms >= 0 => End::After(ms),
            None if !over => End::Open,
            _ => End::Unknown,
        };
        let over = ended || closed.is_some();
        let mut ticket = Ticket {
            row,
            opened,
            answer: end(answered, over || resolved.is_some()),
            resolve: end(resolved, over),
            close: end(closed, ended),
            kept: None,
            decided: opened,
        };
        (ticket.kept, ticket.decided) = self.promise(&ticket, resolved.or(closed), stated);
        Some(ticket)
    }

    /// A moment already known on the day the report looks from.
    fn instant(&self, column: Option<&Column>, row: usize) -> Option<i64> {
        column?.count(row).filter(|&ms| ms <= self.seen)
    }

    fn stated(&self, row: usize) -> Stated {
        let code = self.columns.status.get(row);
        code.and_then(|&code| self.states.get(code as usize)).copied().unwrap_or_default()
    }

    /// Whether the promise was kept and when that was decided: as recorded, else by the time due,
    /// else as the status says.
    fn promise(&self, ticket: &Ticket, end: Option<i64>, stated: Stated) -> (Option<bool>, i64) {
        let due = self.columns.due.and_then(|due| due.count(ticket.row));
        let lapsed = due.filter(|&due| due < self.seen);
        let by_due = match (end, due) {
            (Some(end), Some(due)) => Some(end <= due),
            (None, Some(_)) if ticket.close == End::Open => lapsed.map(|_| false),
            _ => None,
        };
        let met = self.columns.met.and_then(|met| met.flag(ticket.row));
        let kept = met.or(by_due).or(stated.kept);
        let ran_out = lapsed.filter(|_| kept == Some(false));
        (kept, ran_out.or(end).unwrap_or(ticket.opened))
    }
}

fn last_seen(table: &Table, as_of: Day) -> i64 {
    let end = i64::from(as_of.number()).saturating_add(1).saturating_mul(DAY);
    let moments = [Col::Opened, Col::FirstResponse, Col::Resolved, Col::Closed, Col::EventAt];
    let known = moments.into_iter().filter_map(|col| table.column(col)).flat_map(|column| {
        (0..table.len()).filter_map(move |row| column.count(row).filter(|&ms| ms < end))
    });
    known.max().filter(|ms| end - ms <= DAY).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Clock, End, Tickets};
    use crate::dataset::{Cell, Dataset, TableBuilder};
    use crate::records::{Col, Origin, TableKind};
    use crate::units::{Day, Period};

    const HOUR: i64 = 3_600_000;

    /// Opened, resolved, closed and due in hours; status.
    type Row = (i64, Option<i64>, Option<i64>, Option<i64>, &'static str);

    fn data(rows: &[Row], as_of: i32) -> Dataset {
        let cols = [Col::Opened, Col::Resolved, Col::Closed, Col::SlaDue, Col::Status];
        let mut table = TableBuilder::new(TableKind::Tickets, &cols);
        for &(opened, resolved, closed, due, status) in rows {
            let at = |hour: Option<i64>| hour.map_or(Cell::Missing, |h| Cell::Millis(h * HOUR));
            let status = if status.is_empty() { Cell::Missing } else { Cell::Text(status) };
            let cells = [at(Some(opened)), at(resolved), at(closed), at(due), status];
            table.push(Origin { source: 0, row: 1 }, &cells);
        }
        let day = Day::from_number(as_of);
        Dataset {
            tables: BTreeMap::from([(TableKind::Tickets, table.finish())]),
            sources: Vec::new(),
            period: Period { from: Day::from_number(0), to: day },
            as_of: day,
            threads: 1,
            kept: crate::dataset::Kept::default(),
        }
    }

    #[test]
    fn clocks_stop_run_on_or_are_unknown() {
        let rows = [
            (0, Some(5), Some(9), None, "Closed"),
            (1, None, Some(9), None, "Closed"),
            (2, Some(6), None, None, ""),
            (3, None, None, None, "已結案"),
            (4, None, Some(2), None, "Open"),
            (5, None, Some(90), None, "Closed"),
            (90, None, None, None, "New"),
        ];
        let data = data(&rows, 1);
        let tickets = Tickets::of(&data).into_iter().flat_map(|t| t.iter().collect::<Vec<_>>());
        let ends: Vec<_> = tickets.map(|t| (t.resolve, t.end(Clock::Close))).collect();
        let after = |hours| End::After(hours * HOUR);
        let expected = [
            (after(5), after(9)),
            (End::Unknown, after(8)),
            (after(4), End::Open),
            (End::Unknown, End::Unknown),
            (End::Unknown, End::Unknown),
            (End::Open, End::Open),
        ];
        assert_eq!(ends, expected, "the last was opened later");
    }

    #[test]
    fn records_tell_until_their_last_moment_or_the_end_of_the_day() {
        let seen = |as_of| {
            let data = data(&[(30, Some(33), None, None, "")], as_of);
            Tickets::of(&data).map(|tickets| tickets.seen() / HOUR)
        };
        assert_eq!((seen(1), seen(2)), (Some(33), Some(72)));
    }

    #[test]
    fn a_promise_is_kept_broken_or_open() {
        let rows = [
            (0, Some(5), Some(50), Some(5), ""),
            (0, Some(6), None, Some(5), ""),
            (0, None, None, Some(5), ""),
            (0, None, None, Some(500), ""),
            (0, None, None, None, "OpenOUT OF SLA"),
        ];
        let data = data(&rows, 9);
        let tickets = Tickets::of(&data).into_iter().flat_map(|t| t.iter().collect::<Vec<_>>());
        let kept: Vec<_> = tickets.map(|t| (t.kept, t.decided / HOUR)).collect();
        let expected =
            [(Some(true), 5), (Some(false), 5), (Some(false), 5), (None, 0), (Some(false), 0)];
        assert_eq!(kept, expected);
    }
}
