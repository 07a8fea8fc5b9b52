//! Every figure of the desk, from its cases.

mod course;
mod flow;
mod groups;
mod promise;
mod ratings;
mod window;

pub(super) use course::{Course, Span};
pub(super) use flow::{Flow, Slot};
pub(super) use groups::{Dimension, Group};
pub(super) use promise::Promise;
pub(super) use ratings::Ratings;
use window::Window;
pub(super) use window::{Timed, Unit};

use super::params::Params;
use crate::analyses::charting::Charting;
use crate::dataset::{Clock, Dataset, Grain, Ticket, Tickets};
use crate::records::{Col, TableKind};
use crate::stats::holm;
use crate::stats::interval::{self, Bounds};

/// So many of so many cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Share {
    /// Cases with the property.
    pub(super) k: u64,
    /// Cases of which it is known.
    pub(super) n: u64,
}

impl Share {
    /// Counts cases by a property that may be unknown.
    pub(super) fn of(known: impl Iterator<Item = Option<bool>>) -> Self {
        known
            .flatten()
            .fold(Self::default(), |sum, yes| Self { k: sum.k + u64::from(yes), n: sum.n + 1 })
    }

    /// k / n; `None` of nothing.
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    pub(super) fn value(self) -> Option<f64> {
        (self.n > 0).then(|| self.k as f64 / self.n as f64)
    }

    /// Wilson's interval.
    pub(super) fn bounds(self, level: f64) -> Option<Bounds> {
        interval::wilson(self.k, self.n, level)
    }
}

/// Everything the section is written from.
pub(super) struct Desk {
    /// Unit of the times.
    pub(super) unit: Unit,
    /// Cases known in the period: open at some time of it.
    pub(super) cases: u64,
    /// The clocks recorded.
    pub(super) clocks: Vec<Timed>,
    /// The clock groups are compared by: the solution, else the close.
    pub(super) main: Option<Clock>,
    /// Cases opened, closed and open, point by point.
    pub(super) flow: Flow,
    /// Ages of the open cases, in milliseconds, rising; `None` where open and ended look alike.
    pub(super) ages: Option<Vec<i64>>,
    /// Promised times kept; `None` where none is promised.
    pub(super) promise: Option<Promise>,
    /// Cases reopened.
    pub(super) reopened: Option<Share>,
    /// Cases handed on to somebody else.
    pub(super) reassigned: Option<Share>,
    /// Cases ended by the first who had them, at the first try.
    pub(super) first_contact: Option<Share>,
    /// What customers say.
    pub(super) ratings: Option<Ratings>,
    /// Cases of customers with more than one, and the most one customer has.
    pub(super) repeat: Option<(Share, u64)>,
    /// Cases opened in the period, and customers of the master table.
    pub(super) per_customer: Option<(u64, u64)>,
    /// Cases by priority, category, agent and so on.
    pub(super) dimensions: Vec<Dimension>,
    /// Adjusted p-values, Holm over the whole family: growth of the backlog, change of the promises
    /// kept, then time and promise of every dimension.
    pub(super) family: Family,
}

/// The family of tests one report makes of the desk, adjusted together.
#[derive(Clone, Debug, Default)]
pub(super) struct Family {
    /// Growth of the backlog.
    pub(super) backlog: Option<f64>,
    /// Change of the share of promises kept.
    pub(super) promise: Option<f64>,
    /// Time and promise of each dimension, in their order.
    pub(super) dimensions: Vec<(Option<f64>, Option<f64>)>,
}

/// The desk; `None` where no case was open in the period.
pub(super) fn desk(data: &Dataset, params: &Params, charting: &Charting) -> Option<Desk> {
    let tickets = Tickets::of(data)?;
    let window = Window::of(&tickets, data.period);
    let all: Vec<Ticket> = tickets.iter().collect();
    let cases: Vec<Ticket> = all.iter().copied().filter(|t| window.touches(t)).collect();
    let first = all.iter().map(|t| t.opened).min()?;
    if cases.is_empty() {
        return None;
    }
    let clocks = window::clocks(&tickets, &cases, window);
    let main = clocks.iter().map(|c| c.clock).filter(|c| *c != Clock::Answer).min();
    let unit = window::unit(&cases, clocks.iter().find(|c| Some(c.clock) == main));
    let grain = params.grain().unwrap_or_else(|| grain(first, window.to));
    let flow = Flow::of(&all, &tickets, grain, window.to, charting);
    let promise = Promise::of(&all, window, grain, charting);
    let dimensions = groups::dimensions(&tickets, &cases, main, window, params);
    let family = family(&flow, promise.as_ref(), &dimensions);
    let done: Vec<Ticket> = cases.iter().copied().filter(|t| window.counts(t, &tickets)).collect();
    let count = |col, ticket: &Ticket| tickets.table().count(col, ticket.row);
    let above = |col| share(&done, |t| count(col, t).map(|n| n > 0));
    Some(Desk {
        unit,
        cases: cases.len() as u64,
        ages: tickets.knows_open().then(|| window.ages(&cases)),
        reopened: above(Col::Reopened),
        reassigned: above(Col::Reassigned),
        first_contact: share(&done, |t| {
            Some(count(Col::Reassigned, t)? == 0 && count(Col::Reopened, t)? == 0)
        }),
        ratings: Ratings::of(tickets.table(), &done),
        repeat: groups::repeat(&tickets, &cases),
        per_customer: customers(data).map(|n| (window.opened(&cases), n)),
        clocks,
        main,
        flow,
        promise,
        dimensions,
        family,
    })
}

/// Distinct customers of the master table.
fn customers(data: &Dataset) -> Option<u64> {
    let master = data.table(TableKind::Customers)?.categories(Col::CustomerId)?;
    Some(master.named() as u64).filter(|n| *n > 0)
}

fn share(cases: &[Ticket], property: impl Fn(&Ticket) -> Option<bool>) -> Option<Share> {
    Some(Share::of(cases.iter().map(property))).filter(|share| share.n > 0)
}

/// Months where the records span six of them, else weeks.
fn grain(first: i64, to: i64) -> Grain {
    let months = window::day(to).month().number() - window::day(first).month().number();
    if months >= 6 { Grain::Month } else { Grain::Week }
}

fn family(flow: &Flow, promise: Option<&Promise>, dimensions: &[Dimension]) -> Family {
    let mut raw = vec![flow.growth, promise.and_then(|p| p.change).map(|c| c.p)];
    raw.extend(dimensions.iter().map(Dimension::tests).flat_map(|(time, kept)| [time, kept]));
    let numbers: Vec<f64> = raw.iter().map(|p| p.unwrap_or(f64::NAN)).collect();
    let adjusted = holm(&numbers);
    let mut p = raw.iter().zip(adjusted).map(|(raw, adjusted)| raw.and(Some(adjusted)));
    let (backlog, promise) = (p.next().flatten(), p.next().flatten());
    let rest: Vec<Option<f64>> = p.collect();
    let pairs = rest.chunks(2).map(|pair| {
        let at = |i: usize| pair.get(i).copied().flatten();
        (at(0), at(1))
    });
    Family { backlog, promise, dimensions: pairs.collect() }
}
