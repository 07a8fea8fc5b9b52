//! Every figure of the desk, from its cases.

mod course;
mod flow;
mod groups;
mod promise;
mod ratings;
mod walk;
mod window;

pub(super) use course::{Course, Span};
pub(super) use flow::{Flow, Slot};
pub(super) use groups::{Dimension, Group};
pub(super) use promise::Promise;
pub(super) use ratings::Ratings;
use walk::Walk;
use window::{DAY, Window};
pub(super) use window::{Timed, Unit};

use super::params::Params;
use crate::analyses::charting::Charting;
use crate::dataset::{Clock, Dataset, Grain, Tickets};
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
    /// Counts one more case by a property that may be unknown.
    fn add(&mut self, known: Option<bool>) {
        self.k += u64::from(known == Some(true));
        self.n += u64::from(known.is_some());
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
    let mut walk = Walk::over(&tickets, window);
    let first = walk.first?;
    if walk.cases == 0 {
        return None;
    }
    let (clocks, main) = window::clocks(&tickets, window);
    let of_main = main.as_ref().map(|(clock, _)| *clock);
    let unit = window::unit(walk.whole_days, clocks.iter().find(|c| Some(c.clock) == of_main));
    let grain = params.grain().unwrap_or_else(|| grain(first, window.to));
    let flow = Flow::of(&mut walk, &tickets, grain, window.to, charting);
    let promise = Promise::of(&walk, window, grain, charting);
    let dimensions =
        groups::dimensions(&tickets, main.as_ref().map(|(_, seen)| &**seen), window, params);
    let family = family(&flow, promise.as_ref(), &dimensions);
    let [reopened, reassigned, first_contact] =
        walk.again.map(|share| Some(share).filter(|share| share.n > 0));
    Some(Desk {
        unit,
        cases: walk.cases,
        repeat: walk.repeat(),
        per_customer: customers(data).map(|n| (walk.opened, n)),
        ages: tickets.knows_open().then_some(walk.ages),
        reopened,
        reassigned,
        first_contact,
        ratings: Ratings::of(walk.ratings),
        clocks,
        main: of_main,
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
