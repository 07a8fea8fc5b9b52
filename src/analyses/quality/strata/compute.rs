//! The tests of every dimension, and of every group where a dimension is uneven.

use std::sync::Arc;

use super::params::Params;
use super::scan::{Dim, Group, MIN_EXPECTED, groups, real};
use crate::analyses::{Ask, Charts};
use crate::dataset::{Dataset, DefectCube, Grain, OpportunityBasis};
use crate::records::TableKind;
use crate::stats::comparison::homogeneity::chi_square_tail;
use crate::stats::sigma::rates::{self, Rate};
use crate::stats::{Bounds, holm};

/// A dimension is uneven below this adjusted p-value.
pub(super) const UNEVEN: f64 = 0.05;

/// A group against the rest of its dimension.
pub(super) struct Compared {
    /// The group.
    pub(super) group: Group,
    /// Its rate over that of the rest, like with like, and its interval.
    pub(super) ratio: f64,
    /// Its interval.
    pub(super) bounds: Bounds,
    /// Two-sided p-value, adjusted by Holm over every group of every dimension.
    pub(super) p: f64,
    /// Defects beyond those it would have at the rate of the rest; negative where it has fewer.
    pub(super) excess: f64,
}

/// The test of one dimension.
pub(super) struct Tested {
    pub(super) dim: Dim,
    /// Groups tested.
    pub(super) compared: Vec<Compared>,
    /// Groups with too little to test.
    pub(super) left_out: usize,
    /// χ² over the dispersion, its degrees of freedom and p-value; absent below two groups.
    pub(super) test: Option<(f64, u64, f64)>,
    /// p-value adjusted by Holm over the dimensions.
    pub(super) p: f64,
}

impl Tested {
    /// Whether its groups differ beyond chance.
    pub(super) fn is_uneven(&self) -> bool {
        self.p < UNEVEN
    }
}

/// Everything the section is written from.
pub(super) struct Computed {
    /// The counts.
    pub(super) cube: Arc<DefectCube>,
    /// The dimensions tested.
    pub(super) tests: Vec<Tested>,
    /// Dimensions the records do not have.
    pub(super) absent: Vec<Dim>,
    /// First and last month looked at.
    pub(super) span: (i32, i32),
    /// How many times as much counts vary as chance would have them, at least 1.
    pub(super) dispersion: f64,
}

impl Computed {
    /// `None` where records name no dimension, or no defect.
    pub(super) fn new(data: &Dataset, charts: &Charts, params: &Params, ask: &Ask) -> Option<Self> {
        let until = data.until();
        let basis = data.table(TableKind::ServiceRecords).map(OpportunityBasis::of)?;
        let cube = DefectCube::new(data, Grain::Month, until, basis).whole_periods(until);
        let (first, last) = cube.span()?;
        let span = ((last - params.months() + 1).max(first), last);
        let stage = charts.charts.first().and_then(crate::analyses::CountChart::stage);
        let dispersion = stage.and_then(|s| s.dispersion).map_or(1.0, |d| d.ratio.max(1.0));
        let (known, absent): (Vec<Dim>, Vec<Dim>) =
            Dim::ALL.into_iter().partition(|dim| dim.is_known(&cube));
        let of = |dim: Dim| {
            let groups = groups(&cube, dim, |place| (span.0..=span.1).contains(&place.period));
            tested(dim, groups, dispersion, ask.confidence)
        };
        let mut tests: Vec<Tested> = known.into_iter().map(of).collect();
        adjust(&mut tests);
        let any = tests.iter().any(|tested| tested.test.is_some());
        any.then_some(Self { cube, tests, absent, span, dispersion })
    }

    /// The groups that differ from the rest of an uneven dimension.
    pub(super) fn different(&self) -> impl Iterator<Item = (Dim, &Compared)> {
        let uneven = self.tests.iter().filter(|tested| tested.is_uneven());
        let of = |tested: &Tested| tested.dim;
        uneven
            .flat_map(move |tested| tested.compared.iter().map(move |c| (of(tested), c)))
            .filter(|(_, compared)| compared.p < UNEVEN)
    }
}

fn tested(dim: Dim, groups: Vec<Group>, dispersion: f64, level: f64) -> Tested {
    let all = groups.len();
    let large: Vec<Group> = groups.into_iter().filter(|g| g.expected >= MIN_EXPECTED).collect();
    let left_out = all - large.len();
    let sum = |of: fn(&Group) -> f64| large.iter().map(of).sum::<f64>();
    let (seen, expected) = (sum(|g| real(g.counts.defects)), sum(|g| g.expected));
    let pooled = seen / expected;
    let term = |g: &Group| {
        let mean = g.expected * pooled;
        (real(g.counts.defects) - mean).powi(2) / mean
    };
    let df = large.len().checked_sub(1).and_then(|df| u64::try_from(df).ok()).filter(|&df| df > 0);
    let chi_square = large.iter().map(term).sum::<f64>() / dispersion;
    let test = df.filter(|_| chi_square.is_finite());
    let test = test.and_then(|df| Some((chi_square, df, chi_square_tail(chi_square, df)?)));
    let against = |group: &Group| {
        let own = Rate { events: real(group.counts.defects), exposure: group.expected };
        let rest = Rate { events: seen - own.events, exposure: expected - own.exposure };
        compared(*group, own, rest, dispersion, level)
    };
    let compared = large.iter().filter_map(against).collect();
    Tested { dim, compared, left_out, test, p: f64::NAN }
}

fn compared(group: Group, own: Rate, rest: Rate, dispersion: f64, level: f64) -> Option<Compared> {
    let scaled = |rate: Rate| Rate { events: rate.events / dispersion, ..rate };
    let (ratio, bounds) = rates::ratio(scaled(own), scaled(rest), level)?;
    let p = rates::p_two_sided(scaled(own), scaled(rest));
    let others = rest.value()?;
    let excess = own.events - others * own.exposure;
    Some(Compared { group, ratio, bounds, p, excess })
}

/// Holm over the dimensions, and over every group of every dimension.
fn adjust(tests: &mut [Tested]) {
    let p: Vec<f64> = tests.iter().map(|t| t.test.map_or(f64::NAN, |(.., p)| p)).collect();
    for (tested, p) in tests.iter_mut().zip(holm(&p)) {
        tested.p = p;
    }
    let p: Vec<f64> = tests.iter().flat_map(|t| &t.compared).map(|c| c.p).collect();
    let adjusted = holm(&p);
    let groups = tests.iter_mut().flat_map(|t| &mut t.compared);
    groups.zip(adjusted).for_each(|(compared, p)| compared.p = p);
}
