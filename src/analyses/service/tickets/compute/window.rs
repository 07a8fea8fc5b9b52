//! The period as a window in time, and the clocks of the cases seen through it.

use crate::dataset::{Clock, End, Ticket, Tickets};
use crate::stats::survival::{Case, Curve, kaplan_meier};
use crate::units::{Day, Period};

const DAY: i64 = 86_400_000;
const HOUR: i64 = 3_600_000;

/// The unit times are told in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Unit {
    /// Hours.
    Hours,
    /// Days.
    Days,
}

impl Unit {
    /// Milliseconds of one.
    pub(in super::super) const fn ms(self) -> i64 {
        match self {
            Self::Hours => HOUR,
            Self::Days => DAY,
        }
    }

    /// A time in this unit.
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of years stay below 2^53")]
    pub(in super::super) fn of(self, ms: f64) -> f64 {
        ms / self.ms() as f64
    }
}

/// The moments looked at, in milliseconds, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct Window {
    /// The beginning of the period.
    pub(in super::super) from: i64,
    /// Its end, or until when the records tell.
    pub(in super::super) to: i64,
}

impl Window {
    /// The window of a period.
    pub(super) fn of(tickets: &Tickets<'_>, period: Period) -> Self {
        let end = (i64::from(period.to.number()) + 1).saturating_mul(DAY);
        let from = i64::from(period.from.number()).saturating_mul(DAY);
        Self { from, to: end.min(tickets.seen()) }
    }

    /// Whether a case was open at some time of it, as far as is known.
    pub(super) fn touches(self, ticket: &Ticket) -> bool {
        let over = ticket.closed_at().is_some_and(|at| at < self.from);
        let unknown = ticket.close == End::Unknown && ticket.opened < self.from;
        ticket.opened <= self.to && !over && !unknown
    }

    /// Whether what became of a case counts in it: closed in it, or opened in it where no close is
    /// known.
    pub(super) fn counts(self, ticket: &Ticket, tickets: &Tickets<'_>) -> bool {
        let at = match ticket.close {
            End::After(_) => ticket.closed_at(),
            End::Unknown => Some(ticket.opened),
            End::Open => Some(ticket.opened).filter(|_| !tickets.has(Clock::Close)),
        };
        at.is_some_and(|at| (self.from..=self.to).contains(&at))
    }

    /// Cases opened in it.
    pub(super) fn opened(self, cases: &[Ticket]) -> u64 {
        let within = |t: &&Ticket| (self.from..=self.to).contains(&t.opened);
        cases.iter().filter(within).count() as u64
    }

    /// How a clock stands at the end of the window.
    pub(super) fn stopped(self, ticket: &Ticket, clock: Clock) -> End {
        match ticket.end(clock) {
            End::After(ms) if ticket.opened + ms > self.to => End::Open,
            end => end,
        }
    }

    /// Ages of the cases open at the end of the window, rising.
    pub(super) fn ages(self, cases: &[Ticket]) -> Vec<i64> {
        let open = |t: &&Ticket| self.stopped(t, Clock::Close) == End::Open;
        let mut ages: Vec<i64> = cases.iter().filter(open).map(|t| self.to - t.opened).collect();
        ages.sort_unstable();
        ages
    }

    /// A case as survival statistics see it: one begun earlier enters with its age on the first
    /// day, one still running is open at the end.
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of years stay below 2^53")]
    pub(super) fn case(self, ticket: &Ticket, clock: Clock) -> Option<Case> {
        let case = match self.stopped(ticket, clock) {
            End::After(ms) => Case::new(ms as f64, Some(0)),
            End::Open => Case::new((self.to - ticket.opened) as f64, None),
            End::Unknown => return None,
        };
        let age = self.from - ticket.opened;
        Some(if age > 0 { case.entering(age as f64) } else { case })
    }
}

/// The day of a moment.
pub(super) fn day(ms: i64) -> Day {
    Day::from_number(i32::try_from(ms.div_euclid(DAY)).unwrap_or(i32::MAX))
}

/// One clock over the cases of the window.
pub(in super::super) struct Timed {
    /// Which.
    pub(in super::super) clock: Clock,
    /// Share of cases whose clock still runs, by milliseconds.
    pub(in super::super) curve: Curve,
    /// Cases whose clock runs on at the end.
    pub(in super::super) open: u64,
    /// Cases whose clock stopped nobody knows when.
    pub(in super::super) unknown: u64,
    /// Times of the clocks stopped in the window, in milliseconds, rising.
    pub(in super::super) ended: Vec<f64>,
}

impl Timed {
    /// One clock over some cases.
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of years stay below 2^53")]
    pub(super) fn of(cases: &[Ticket], clock: Clock, window: Window) -> Self {
        let seen: Vec<Case> = cases.iter().filter_map(|t| window.case(t, clock)).collect();
        let took = |t: &Ticket| match window.stopped(t, clock) {
            End::After(ms) if t.opened + ms >= window.from => Some(ms),
            _ => None,
        };
        let mut ended: Vec<f64> = cases.iter().filter_map(took).map(|ms| ms as f64).collect();
        ended.sort_unstable_by(f64::total_cmp);
        let runs = |t: &&Ticket| window.stopped(t, clock) == End::Open;
        Self {
            clock,
            curve: kaplan_meier(&seen, 1),
            open: cases.iter().filter(runs).count() as u64,
            unknown: (cases.len() - seen.len()) as u64,
            ended,
        }
    }
}

/// The clocks recorded, in their order; the close only where it is recorded beside the solution.
pub(super) fn clocks(tickets: &Tickets<'_>, cases: &[Ticket], window: Window) -> Vec<Timed> {
    let both = tickets.table().has(crate::records::Col::Closed);
    let shown = |clock: &Clock| tickets.has(*clock) && (*clock != Clock::Close || both);
    let clocks = [Clock::Answer, Clock::Resolve, Clock::Close].into_iter().filter(shown);
    clocks.map(|clock| Timed::of(cases, clock, window)).collect()
}

/// Hours where half of the ended cases took less than two days, else days; always days where the
/// records know no time of day.
pub(super) fn unit(cases: &[Ticket], main: Option<&Timed>) -> Unit {
    let whole_days = cases.iter().all(|t| t.opened % DAY == 0);
    let ended = main.map_or(&[][..], |timed| &timed.ended);
    let half = ended.get(ended.len() / 2).copied().unwrap_or(0.0);
    if whole_days || Unit::Days.of(half) >= 2.0 { Unit::Days } else { Unit::Hours }
}
