//! One walk over the cases gathers everything that is counted by day, so that none of them is kept.

use std::collections::BTreeMap;

use super::window::{Window, day};
use super::{DAY, Share};
use crate::dataset::{Categories, Clock, End, Ticket, Tickets};
use crate::records::Col;

/// What happened on one day.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Daily {
    /// Cases opened.
    pub(super) opened: u64,
    /// Cases closed.
    pub(super) closed: u64,
    /// Promises decided, and those of them kept.
    pub(super) promise: Share,
}

/// Sums over the cases.
pub(super) struct Walk {
    /// When the first case was opened.
    pub(super) first: Option<i64>,
    /// Cases open at some time of the window.
    pub(super) cases: u64,
    /// Whether all of them were opened at midnight.
    pub(super) whole_days: bool,
    /// Those of them opened in the window.
    pub(super) opened: u64,
    /// Ages of those open at its end, rising.
    pub(super) ages: Vec<i64>,
    /// What happened on each day.
    pub(super) days: BTreeMap<i32, Daily>,
    /// How long the closed took.
    pub(super) took: Vec<i64>,
    /// Promises decided in the window, and those of them kept.
    pub(super) kept: Share,
    /// Of those whose end counts in the window: reopened, reassigned, neither.
    pub(super) again: [Share; 3],
    /// Their ratings, rising, and how many have none.
    pub(super) ratings: (Vec<f64>, u64),
    /// Cases of the window by customer's code.
    pub(super) customers: Vec<u64>,
}

impl Walk {
    pub(super) fn over(tickets: &Tickets<'_>, window: Window) -> Self {
        let table = tickets.table();
        let column = |col| table.column(col);
        let (reopened, reassigned) = (column(Col::Reopened), column(Col::Reassigned));
        let (csat, customers) = (column(Col::Csat), table.codes(Col::CustomerId));
        let named = table.categories(Col::CustomerId).map_or(0, Categories::named);
        let mut walk = Self {
            first: None,
            cases: 0,
            whole_days: true,
            opened: 0,
            ages: Vec::new(),
            days: BTreeMap::new(),
            took: Vec::new(),
            kept: Share::default(),
            again: [Share::default(); 3],
            ratings: (Vec::new(), 0),
            customers: vec![0; named],
        };
        let recorded = tickets.has(Clock::Close);
        for ticket in tickets.iter() {
            walk.course(&ticket, window, recorded);
            if !window.touches(&ticket) {
                continue;
            }
            walk.case(&ticket, window);
            let customer = customers.get(ticket.row).map(|&code| code as usize);
            if let Some(n) = customer.and_then(|code| walk.customers.get_mut(code)) {
                *n += 1;
            }
            if window.counts(&ticket, tickets) {
                let [reopened, reassigned] =
                    [reopened, reassigned].map(|column| column?.count(ticket.row));
                let neither = reassigned.zip(reopened).map(|(a, b)| a == 0 && b == 0);
                let above = [reopened, reassigned].map(|n| n.map(|n| n > 0));
                let shares = walk.again.iter_mut().zip([above[0], above[1], neither]);
                shares.for_each(|(share, yes)| share.add(yes));
                match csat.and_then(|csat| csat.number(ticket.row)) {
                    Some(score) => walk.ratings.0.push(score),
                    None => walk.ratings.1 += 1,
                }
            }
        }
        walk.ages.sort_unstable();
        walk.ratings.0.sort_unstable_by(f64::total_cmp);
        walk
    }

    /// Counts a case on the days it was opened, closed and decided.
    fn course(&mut self, ticket: &Ticket, window: Window, recorded: bool) {
        self.first = Some(self.first.map_or(ticket.opened, |first| first.min(ticket.opened)));
        let closed = ticket.closed_at().filter(|at| *at <= window.to);
        if let Some(at) = closed {
            self.took.push(at - ticket.opened);
        }
        // A case whose close is unknown would stay in the backlog for ever.
        if ticket.opened <= window.to && !(recorded && ticket.close == End::Unknown) {
            self.on(ticket.opened).opened += 1;
            if let Some(at) = closed {
                self.on(at).closed += 1;
            }
        }
        if ticket.decided <= window.to && ticket.kept.is_some() {
            self.on(ticket.decided).promise.add(ticket.kept);
        }
        if (window.from..=window.to).contains(&ticket.decided) {
            self.kept.add(ticket.kept);
        }
    }

    /// Counts a case open at some time of the window.
    fn case(&mut self, ticket: &Ticket, window: Window) {
        self.cases += 1;
        self.whole_days &= ticket.opened % DAY == 0;
        self.opened += u64::from((window.from..=window.to).contains(&ticket.opened));
        if window.stopped(ticket, Clock::Close) == End::Open {
            self.ages.push(window.to - ticket.opened);
        }
    }

    fn on(&mut self, ms: i64) -> &mut Daily {
        self.days.entry(day(ms).number()).or_default()
    }

    /// Cases of customers with more than one, and the most one customer has.
    pub(super) fn repeat(&self) -> Option<(Share, u64)> {
        let counts = || self.customers.iter().copied().filter(|n| *n > 0);
        let share = Share { k: counts().filter(|n| *n > 1).sum(), n: counts().sum() };
        Some((share, counts().max()?))
    }
}
