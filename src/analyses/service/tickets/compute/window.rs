//! The period as a window in time, and the clocks of the cases seen through it.

use crate::dataset::{Clock, End, Ticket, Tickets};
use crate::stats::survival::tally::Tally;
use crate::stats::survival::{Case, Curve};
use crate::units::{Day, Period};

pub(super) const DAY: i64 = 86_400_000;
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

    /// How a clock stands at the end of the window.
    pub(super) fn stopped(self, ticket: &Ticket, clock: Clock) -> End {
        match ticket.end(clock) {
            End::After(ms) if ticket.opened + ms > self.to => End::Open,
            end => end,
        }
    }

    /// A clock of a case as survival statistics see it: one begun earlier enters with its age on
    /// the first day, one still running is open at the end. `None` where it stopped nobody knows
    /// when.
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of years stay below 2^53")]
    fn see(self, ticket: &Ticket, clock: Clock) -> Option<Seen> {
        let (case, took) = match self.stopped(ticket, clock) {
            End::After(ms) => (Case::new(ms as f64, Some(0)), ticket.opened + ms >= self.from),
            End::Open => (Case::new((self.to - ticket.opened) as f64, None), false),
            End::Unknown => return None,
        };
        let age = self.from - ticket.opened;
        let entry = if age > 0 { age as f64 } else { case.entry };
        let row = u32::try_from(ticket.row).unwrap_or(u32::MAX);
        Some(Seen { row, took, stopped: case.cause.is_some(), entry, time: case.time })
    }
}

/// One clock of one case, seen through the window.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    /// The row of the case.
    pub(super) row: u32,
    /// Whether the clock stopped in the window.
    pub(super) took: bool,
    /// Whether it stopped at all.
    pub(super) stopped: bool,
    /// The case is under observation after this time.
    entry: f64,
    /// How long it ran, in milliseconds.
    pub(super) time: f64,
}

impl Seen {
    /// As survival statistics see it.
    pub(super) fn case(&self) -> Case {
        Case { entry: self.entry, time: self.time, cause: self.stopped.then_some(0) }
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
    /// One clock over all cases of the window, `seen` by rising time.
    fn of(clock: Clock, seen: &[Seen], unknown: u64) -> Self {
        let mut tally = Tally::default();
        for seen in seen {
            tally.add(seen.case());
        }
        Self {
            clock,
            curve: tally.closed().curve(),
            open: seen.iter().filter(|seen| !seen.stopped).count() as u64,
            unknown,
            ended: seen.iter().filter(|seen| seen.took).map(|seen| seen.time).collect(),
        }
    }
}

/// The clocks recorded, in their order; the close only where it is recorded beside the solution.
/// And the clock groups are compared by, as seen case by case, by rising time.
pub(super) fn clocks(
    tickets: &Tickets<'_>,
    window: Window,
) -> (Vec<Timed>, Option<(Clock, Vec<Seen>)>) {
    let both = tickets.table().has(crate::records::Col::Closed);
    let shown = |clock: &Clock| tickets.has(*clock) && (*clock != Clock::Close || both);
    let (mut clocks, mut main) = (Vec::new(), None);
    for clock in [Clock::Answer, Clock::Resolve, Clock::Close].into_iter().filter(shown) {
        let mut unknown = 0;
        let touching = tickets.iter().filter(|ticket| window.touches(ticket));
        let known = touching.filter_map(|ticket| {
            let seen = window.see(&ticket, clock);
            unknown += u64::from(seen.is_none());
            seen
        });
        // One sort by time serves the curve of all cases and those of every group.
        let mut seen: Vec<Seen> = known.collect();
        seen.sort_unstable_by(|a, b| a.time.total_cmp(&b.time));
        clocks.push(Timed::of(clock, &seen, unknown));
        if clock != Clock::Answer && main.is_none() {
            main = Some((clock, seen));
        }
    }
    (clocks, main)
}

/// Hours where half of the ended cases took less than two days, else days; always days where the
/// records know no time of day.
pub(super) fn unit(whole_days: bool, main: Option<&Timed>) -> Unit {
    let ended = main.map_or(&[][..], |timed| &timed.ended);
    let half = ended.get(ended.len() / 2).copied().unwrap_or(0.0);
    if whole_days || Unit::Days.of(half) >= 2.0 { Unit::Days } else { Unit::Hours }
}
