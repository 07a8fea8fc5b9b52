//! The step log: what was done on each case, in order, as known on the last day looked at.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Categories, Dataset, MISSING_CODE, Table};
use crate::records::{Col, TableKind};
use crate::units::Day;

/// Milliseconds of a day.
pub const DAY_MS: i64 = 86_400_000;
/// A step closes cases where at least one in so many of its events is the last of its case.
const CLOSES: usize = 2;

/// One event of a case. Times are milliseconds on the clock the file shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepEvent {
    /// Its row in the table.
    pub row: usize,
    /// Code of the case.
    pub case: u32,
    /// Code of the step.
    pub step: u32,
    /// When it began, or the instant of it.
    pub start: i64,
    /// When it ended; `None` while under way, and where the log has instants only.
    pub end: Option<i64>,
    /// Code of who did it.
    pub resource: u32,
    /// Code of the team that did it.
    pub team: u32,
    /// Whether it added value, where that is said.
    pub value_added: Option<bool>,
}

impl StepEvent {
    /// The end, else the start.
    #[must_use]
    pub fn until(&self) -> i64 {
        self.end.unwrap_or(self.start)
    }

    /// Length of the work; 0 where no end is known.
    #[must_use]
    pub fn work(&self) -> i64 {
        self.until() - self.start
    }
}

/// One case: its events in order, and whether it is finished.
#[derive(Clone, Copy, Debug)]
pub struct StepCase<'a> {
    /// Its events, by start.
    pub events: &'a [StepEvent],
    /// First start.
    pub start: i64,
    /// Last end.
    pub end: i64,
    /// Whether its last event is a closing step that is not under way.
    pub finished: bool,
}

impl StepCase<'_> {
    /// From the first start to the last end.
    #[must_use]
    pub const fn lead(&self) -> i64 {
        self.end - self.start
    }

    /// The day of the last end.
    #[must_use]
    pub fn end_day(&self) -> Day {
        day_of(self.end)
    }

    /// Time in which at least one event that counts was at work on it: work side by side once.
    pub fn worked(&self, counts: impl Fn(&StepEvent) -> bool) -> i64 {
        let mut until = self.start;
        let fresh = |event: &StepEvent| {
            let from = event.start.max(until);
            until = until.max(event.until());
            (event.until() - from).max(0)
        };
        self.events.iter().filter(|event| counts(event)).map(fresh).sum()
    }

    /// Time before each event in which nothing was done: 0 for the first, and where the work
    /// before it lasted into it.
    pub fn waits(&self) -> impl Iterator<Item = (&StepEvent, i64)> {
        let mut until = self.start;
        self.events.iter().map(move |event| {
            let wait = (event.start - until).max(0);
            until = until.max(event.until());
            (event, wait)
        })
    }

    /// Each event with whether its step was done before on this case.
    pub fn repeats(&self) -> impl Iterator<Item = (&StepEvent, bool)> {
        let mut seen = BTreeSet::new();
        self.events.iter().map(move |event| (event, !seen.insert(event.step)))
    }
}

/// The day of an instant.
#[must_use]
pub fn day_of(ms: i64) -> Day {
    Day::from_number(i32::try_from(ms.div_euclid(DAY_MS)).unwrap_or(i32::MAX))
}

/// The step log of a dataset.
#[derive(Clone, Debug)]
pub struct StepLog<'a> {
    table: &'a Table,
    events: Vec<StepEvent>,
    cases: Vec<(Range<usize>, bool)>,
    /// Steps that close a case, by name.
    pub closing: Vec<String>,
    /// The instant after the last day looked at: open cases are as old as that.
    pub now: i64,
    /// Whether ends are recorded at all.
    pub timed: bool,
    /// Rows whose end lies before their start: their length is unknown.
    pub reversed: u64,
}

impl<'a> StepLog<'a> {
    /// The log, where there are process steps. Events begun after the last day looked at are not
    /// yet known; work ended after it is still under way.
    ///
    /// `closing` names the steps that close a case; where it is empty, those are the steps at
    /// least half of whose events are the last of their case.
    #[must_use]
    pub fn of(data: &'a Dataset, closing: &[String]) -> Option<Self> {
        let table = data.table(TableKind::ProcessSteps)?;
        let now = i64::from(data.until().plus(1).number()) * DAY_MS;
        let mut log = Self {
            table,
            events: Vec::with_capacity(table.len()),
            cases: Vec::new(),
            closing: closing.to_vec(),
            now,
            timed: table.has(Col::End),
            reversed: 0,
        };
        log.read();
        log.group();
        (!log.events.is_empty()).then_some(log)
    }

    fn read(&mut self) {
        let codes = |col| self.table.categories(col).map(Categories::codes);
        let [cases, steps] = [Col::CaseId, Col::Step].map(codes);
        let [resources, teams] = [Col::Resource, Col::Team].map(codes);
        let code = |codes: Option<&[u32]>, row: usize| {
            codes.and_then(|codes| codes.get(row)).copied().unwrap_or(MISSING_CODE)
        };
        for row in 0..self.table.len() {
            let start = self.table.count(Col::Start, row).filter(|&start| start < self.now);
            let (Some(start), case) = (start, code(cases, row)) else { continue };
            if case == MISSING_CODE {
                continue;
            }
            let end = self.table.count(Col::End, row).filter(|&end| end < self.now);
            self.reversed += u64::from(end.is_some_and(|end| end < start));
            self.events.push(StepEvent {
                row,
                case,
                step: code(steps, row),
                start,
                end: end.filter(|&end| end >= start),
                resource: code(resources, row),
                team: code(teams, row),
                value_added: self.table.flag(Col::ValueAdded, row),
            });
        }
        let origins = self.table.origins();
        self.events.sort_unstable_by_key(|e| (e.case, e.start, origins.get(e.row).copied(), e.row));
    }

    fn group(&mut self) {
        let mut at = 0;
        let ranges = self.events.chunk_by(|a, b| a.case == b.case).map(|case| {
            at += case.len();
            at - case.len()..at
        });
        let ranges: Vec<Range<usize>> = ranges.collect();
        let last = |range: &Range<usize>| self.events.get(range.end.checked_sub(1)?);
        let closing = if self.closing.is_empty() {
            self.likely_closing(ranges.iter().filter_map(last))
        } else {
            let code = |name: &String| self.table.categories(Col::Step)?.code_of(name);
            self.closing.iter().filter_map(code).collect()
        };
        let done = |event: &StepEvent| closing.contains(&event.step) && self.ended(event);
        let finished: Vec<bool> =
            ranges.iter().map(|range| last(range).is_some_and(done)).collect();
        self.cases = ranges.into_iter().zip(finished).collect();
        let mut names: Vec<String> = closing.iter().map(|&s| self.step(s).to_owned()).collect();
        names.sort();
        self.closing = names;
    }

    /// Whether an event is over: an instant is, and a row with an end.
    fn ended(&self, event: &StepEvent) -> bool {
        !self.timed || event.end.is_some()
    }

    fn likely_closing<'e>(&self, last: impl Iterator<Item = &'e StepEvent>) -> Vec<u32> {
        let named = self.table.categories(Col::Step).map_or(0, Categories::named);
        let (mut all, mut ends) = (vec![0_usize; named], vec![0_usize; named]);
        let count = |counts: &mut Vec<usize>, step: u32| {
            if let Some(n) = counts.get_mut(step as usize) {
                *n += 1;
            }
        };
        self.events.iter().for_each(|event| count(&mut all, event.step));
        last.for_each(|event| count(&mut ends, event.step));
        let closes = |(all, ends): (&usize, &usize)| *ends > 0 && ends * CLOSES >= *all;
        let steps = (0_u32..).zip(all.iter().zip(&ends));
        steps.filter(|(_, counts)| closes(*counts)).map(|(step, _)| step).collect()
    }

    /// Every event, by case and start.
    #[must_use]
    pub fn events(&self) -> &[StepEvent] {
        &self.events
    }

    /// Every case.
    pub fn cases(&self) -> impl Iterator<Item = StepCase<'_>> {
        self.cases.iter().filter_map(|(range, finished)| {
            let events = self.events.get(range.clone())?;
            let start = events.first()?.start;
            let end = events.iter().map(StepEvent::until).max()?;
            Some(StepCase { events, start, end, finished: *finished })
        })
    }

    /// The name of a step; empty without one.
    #[must_use]
    pub fn step(&self, code: u32) -> &'a str {
        self.name(Col::Step, code)
    }

    /// The name of a case.
    #[must_use]
    pub fn case(&self, code: u32) -> &'a str {
        self.name(Col::CaseId, code)
    }

    /// The name of a team; empty without one.
    #[must_use]
    pub fn team(&self, code: u32) -> &'a str {
        self.name(Col::Team, code)
    }

    /// Whether a column of the table has any value.
    #[must_use]
    pub fn has(&self, col: Col) -> bool {
        self.table.has(col)
    }

    fn name(&self, col: Col, code: u32) -> &'a str {
        self.table.categories(col).and_then(|names| names.name(code)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{DAY_MS, StepLog};
    use crate::dataset::{Cell, Dataset, TableBuilder};
    use crate::records::{Col, Origin, TableKind};
    use crate::units::{Day, Period};

    /// Case, step, start and end in days from 1970-01-01.
    type Row = (&'static str, &'static str, i64, Option<i64>);

    fn dataset(rows: &[Row], until: i32, timed: bool) -> Dataset {
        let cols = [Col::CaseId, Col::Step, Col::Start, Col::End];
        let mut table = TableBuilder::new(TableKind::ProcessSteps, &cols);
        for (row, &(case, step, start, end)) in (0..).zip(rows) {
            let end = end.filter(|_| timed).map_or(Cell::Missing, |end| Cell::Millis(end * DAY_MS));
            let cells = [Cell::Text(case), Cell::Text(step), Cell::Millis(start * DAY_MS), end];
            table.push(Origin { source: 0, row }, &cells);
        }
        let until = Day::from_number(until);
        Dataset {
            tables: BTreeMap::from([(TableKind::ProcessSteps, table.finish())]),
            sources: Vec::new(),
            period: Period { from: Day::from_number(0), to: until },
            as_of: until,
            threads: 1,
            kept: crate::dataset::Kept::default(),
        }
    }

    const ROWS: [Row; 7] = [
        ("B", "in", 2, Some(3)),
        ("A", "out", 8, Some(9)),
        ("A", "in", 0, Some(2)),
        ("A", "check", 3, Some(6)),
        ("A", "check", 4, Some(5)),
        ("C", "in", 1, Some(2)),
        ("C", "out", 40, Some(41)),
    ];

    fn figures(data: &Dataset, closing: &[String]) -> Vec<(i64, bool, Vec<i64>)> {
        let days = |ms: i64| ms / DAY_MS;
        let log = StepLog::of(data, closing);
        let mut out: Vec<_> = log
            .iter()
            .flat_map(StepLog::cases)
            .map(|case| {
                (
                    days(case.lead()),
                    case.finished,
                    case.waits().map(|(_, wait)| days(wait)).collect(),
                )
            })
            .collect();
        out.sort();
        out
    }

    #[test]
    fn cases_are_put_together_and_open_ones_told_from_finished() {
        let data = dataset(&ROWS, 20, true);
        let expected = [(1, false, vec![0]), (1, false, vec![0]), (9, true, vec![0, 1, 0, 2])];
        let out = figures(&data, &["out".to_owned()]);
        assert_eq!(out, expected, "what starts on day 40 is not yet known");
        assert!(figures(&data, &["in".to_owned()]).iter().filter(|case| case.1).count() == 2);
    }

    #[test]
    fn instants_are_over_at_once_and_work_under_way_is_not() {
        assert_eq!(figures(&dataset(&ROWS, 50, false), &[])[2], (39, true, vec![0, 39]));
        let under_way = [("A", "in", 0, Some(1)), ("A", "out", 2, None), ("B", "out", 3, Some(4))];
        let log = figures(&dataset(&under_way, 50, true), &[]);
        assert_eq!(log.iter().map(|case| case.1).collect::<Vec<_>>(), [true, false]);
    }

    #[test]
    fn a_repeated_step_is_told_from_its_first_time() {
        let data = dataset(&ROWS, 20, true);
        let log = StepLog::of(&data, &[]);
        let repeats = log.iter().flat_map(|log| {
            log.cases()
                .flat_map(|case| {
                    case.repeats()
                        .filter(|(_, again)| *again)
                        .map(|(e, _)| e.start / DAY_MS)
                        .collect::<Vec<_>>()
                })
                .collect::<Vec<_>>()
        });
        assert_eq!(repeats.collect::<Vec<_>>(), [4]);
    }
}
