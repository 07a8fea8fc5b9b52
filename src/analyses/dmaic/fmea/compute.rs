//! Failure modes as rated, and where their actions stand.

use std::cmp::Reverse;

use crate::dataset::{Dataset, Family, Table};
use crate::records::{Col, TableKind};
use crate::stats::flow::risk::{ActionPriority, Rating};
use crate::units::{Day, Period};

/// How an action stands on the day the report looks from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Neither done nor given up, and not late.
    Open,
    /// Open, so many days past its due day.
    Overdue(i32),
    /// Done.
    Done,
    /// Given up.
    Dropped,
}

impl State {
    /// Whether somebody still owes it.
    pub(super) const fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Overdue(_))
    }
}

/// What is to be done about a failure mode.
#[derive(Clone, Debug)]
pub(super) struct Action {
    pub(super) text: String,
    pub(super) owner: Option<String>,
    pub(super) due: Option<Day>,
    pub(super) state: State,
}

/// One failure mode.
#[derive(Clone, Debug)]
pub(super) struct Mode {
    pub(super) project: Option<String>,
    pub(super) step: Option<String>,
    pub(super) name: String,
    pub(super) effect: Option<String>,
    pub(super) cause: Option<String>,
    pub(super) before: Rating,
    /// Rated again; what was not rated again stays as it was.
    pub(super) after: Option<Rating>,
    pub(super) action: Option<Action>,
}

impl Mode {
    /// The rating that holds: the one after an action only once the action is done.
    pub(super) fn now(&self) -> Rating {
        let done = self.action.as_ref().is_none_or(|action| action.state == State::Done);
        self.after.filter(|_| done).unwrap_or(self.before)
    }

    /// Whether it is of high priority and nobody works on it.
    pub(super) fn is_unanswered(&self) -> bool {
        let none = self.action.as_ref().is_none_or(|action| action.state == State::Dropped);
        none && self.now().action_priority() == ActionPriority::High
    }
}

/// Everything the section is written from.
#[derive(Debug)]
pub(super) struct Computed {
    /// By project, then from the highest risk priority number down.
    pub(super) modes: Vec<Mode>,
    /// Rows whose ratings lie outside 1 to 10.
    pub(super) refused: usize,
    /// Whether actions are recorded at all, and whether how they stand is.
    pub(super) actions: bool,
    pub(super) states: bool,
    pub(super) as_of: Day,
    pub(super) period: Period,
}

impl Computed {
    /// `None` where no failure mode is rated in the projects that work by `method`.
    pub(super) fn new(data: &Dataset, method: Option<&str>) -> Option<Self> {
        let table = data.table(TableKind::Fmea)?;
        let shown = |row: usize| {
            let project = table.text(Col::ProjectId, row);
            let wanted = method.is_none_or(|method| data.works_as(project, method));
            wanted && table.text(Col::FailureMode, row).is_some()
        };
        let rows = (0..table.len()).filter(|&row| shown(row));
        let named: Vec<usize> = rows.collect();
        let mut modes: Vec<Mode> =
            named.iter().filter_map(|&row| mode(table, row, data.as_of)).collect();
        modes.sort_by(|a, b| {
            let key = |m: &Mode| (m.project.clone(), Reverse(m.before.priority()), m.name.clone());
            key(a).cmp(&key(b))
        });
        let refused = named.len() - modes.len();
        (!modes.is_empty()).then(|| Self {
            modes,
            refused,
            actions: table.has(Col::Action),
            states: table.has(Col::Status),
            as_of: data.as_of,
            period: Period { from: data.period.from, to: data.until() },
        })
    }

    /// The modes of each project, in order.
    pub(super) fn by_project(&self) -> impl Iterator<Item = &[Mode]> {
        self.modes.chunk_by(|a, b| a.project == b.project)
    }

    /// Modes with an action somebody still owes, the latest first.
    pub(super) fn open(&self) -> Vec<(&Mode, &Action)> {
        let owed = self.modes.iter().filter_map(|mode| Some((mode, mode.action.as_ref()?)));
        let mut open: Vec<_> = owed.filter(|(_, action)| action.state.is_open()).collect();
        open.sort_by_key(|(_, action)| (action.due.is_none(), action.due));
        open
    }

    /// Modes whose severity alone, 9 or 10, calls for attention.
    pub(super) fn severe(&self) -> impl Iterator<Item = &Mode> {
        self.modes.iter().filter(|mode| mode.now().is_severe())
    }
}

fn mode(table: &Table, row: usize, as_of: Day) -> Option<Mode> {
    let text = |col| table.text(col, row).map(str::to_owned);
    let rated = |col| table.count(col, row).map(|n| u32::try_from(n).unwrap_or(0));
    let whole = |rating: Rating| rating.check().is_ok().then_some(rating);
    let before = whole(Rating {
        severity: rated(Col::Severity)?,
        occurrence: rated(Col::Occurrence)?,
        detection: rated(Col::Detection)?,
    })?;
    let again = [Col::SeverityAfter, Col::OccurrenceAfter, Col::DetectionAfter].map(rated);
    let after = again.iter().any(Option::is_some).then_some(Rating {
        severity: again[0].unwrap_or(before.severity),
        occurrence: again[1].unwrap_or(before.occurrence),
        detection: again[2].unwrap_or(before.detection),
    });
    let due = table.day(Col::Due, row);
    let action = text(Col::Action).map(|action| Action {
        text: action,
        owner: text(Col::Owner),
        due,
        state: state(table.text(Col::Status, row), due, as_of),
    });
    Some(Mode {
        project: text(Col::ProjectId),
        step: text(Col::Step),
        name: text(Col::FailureMode)?,
        effect: text(Col::Effect),
        cause: text(Col::Cause),
        before,
        after: after.and_then(whole),
        action,
    })
}

fn state(status: Option<&str>, due: Option<Day>, as_of: Day) -> State {
    match status.and_then(|word| Family::State.meaning(word)) {
        Some("done") => State::Done,
        Some("dropped") => State::Dropped,
        _ => match due.map(|due| as_of.since(due)) {
            Some(late) if late > 0 => State::Overdue(late),
            _ => State::Open,
        },
    }
}
