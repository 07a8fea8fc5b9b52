//! The groups of every dimension, compared like with like.
//!
//! A team that does the difficult step is no worse for it: teams, categories and shifts are
//! compared with the defects their own mix of steps would have had at each step's rate, and a step
//! of a team with what the step's and the team's rates together lead to expect.

use std::collections::BTreeMap;

use crate::dataset::{DefectCounts, DefectCube, Place};
use crate::records::Col;
use crate::units::Money;

/// Groups expected to have fewer defects than this are not tested: chi-square would not hold.
pub(super) const MIN_EXPECTED: f64 = 5.0;

/// What defects are divided by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Dim {
    Step,
    Team,
    Category,
    Shift,
    /// Step and team.
    Cell,
}

impl Dim {
    pub(super) const ALL: [Self; 5] =
        [Self::Step, Self::Team, Self::Category, Self::Shift, Self::Cell];

    /// The last part of its word's key.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Step => "step",
            Self::Team => "team",
            Self::Category => "category",
            Self::Shift => "shift",
            Self::Cell => "cell",
        }
    }

    /// The columns it takes.
    pub(super) const fn cols(self) -> &'static [Col] {
        match self {
            Self::Step => &[Col::Step],
            Self::Team => &[Col::Team],
            Self::Category => &[Col::Category],
            Self::Shift => &[Col::Shift],
            Self::Cell => &[Col::Step, Col::Team],
        }
    }

    /// Whether records can be divided by it.
    pub(super) fn is_known(self, cube: &DefectCube) -> bool {
        match self {
            Self::Step => cube.steps.len() > 1,
            Self::Team => cube.teams.len() > 1,
            Self::Category => cube.categories.len() > 1,
            Self::Shift => cube.shifts.len() > 1,
            Self::Cell => cube.steps.len() > 1 && cube.teams.len() > 1,
        }
    }

    const fn group(self, place: &Place) -> (usize, usize) {
        match self {
            Self::Step => (place.step, 0),
            Self::Team => (place.team, 0),
            Self::Category => (place.category, 0),
            Self::Shift => (place.shift, 0),
            Self::Cell => (place.step, place.team),
        }
    }
}

/// One group.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Group {
    /// Its place in the cube's lists: a label, or a step and a team.
    pub(super) at: (usize, usize),
    /// Its counts.
    pub(super) counts: DefectCounts,
    /// Defects its work leads to expect.
    pub(super) expected: f64,
}

impl Group {
    /// The cost of a number of defects, at the mean cost of those whose cost is known.
    pub(super) fn cost(&self, defects: f64) -> Option<Money> {
        (self.counts.costed > 0).then_some(())?;
        let each = Money::from_raw(self.counts.cost).to_units() / real(self.counts.costed);
        Money::from_units(each * defects)
    }
}

/// The groups of a dimension over the wanted places, by place.
pub(super) fn groups(cube: &DefectCube, dim: Dim, wanted: impl Fn(&Place) -> bool) -> Vec<Group> {
    let lines: Vec<&(Place, DefectCounts)> =
        cube.lines.iter().filter(|(place, _)| wanted(place)).collect();
    let own = |place: &Place| if dim == Dim::Step { 0 } else { place.step };
    let steps = rates(&lines, own);
    let rate = |place: &Place| steps.get(&own(place));
    let teams = team_ratios(&lines, &steps, dim);
    let mut out = BTreeMap::<(usize, usize), Group>::new();
    for (place, counts) in &lines {
        let at = dim.group(place);
        let group = out.entry(at).or_insert(Group { at, ..Group::default() });
        group.counts.add(counts);
        let ratio = teams.get(&place.team).copied().unwrap_or(1.0);
        group.expected += real(counts.opportunities) * rate(place).copied().unwrap_or(0.0) * ratio;
    }
    out.into_values().filter(|group| group.counts.opportunities > 0).collect()
}

/// Defects per opportunity by key.
fn rates(lines: &[&(Place, DefectCounts)], key: impl Fn(&Place) -> usize) -> BTreeMap<usize, f64> {
    let mut sums = BTreeMap::<usize, (u64, u64)>::new();
    for (place, counts) in lines {
        let sum = sums.entry(key(place)).or_default();
        sum.0 = sum.0.saturating_add(counts.defects);
        sum.1 = sum.1.saturating_add(counts.opportunities);
    }
    let rate = |(key, (k, n)): (usize, (u64, u64))| (key, real(k) / real(n.max(1)));
    sums.into_iter().map(rate).collect()
}

/// How many times the defects its mix of steps leads to expect each team has; for pairs only.
fn team_ratios(
    lines: &[&(Place, DefectCounts)],
    steps: &BTreeMap<usize, f64>,
    dim: Dim,
) -> BTreeMap<usize, f64> {
    let mut sums = BTreeMap::<usize, (f64, f64)>::new();
    for (place, counts) in lines.iter().filter(|_| dim == Dim::Cell) {
        let sum = sums.entry(place.team).or_default();
        sum.0 += real(counts.defects);
        sum.1 += real(counts.opportunities) * steps.get(&place.step).copied().unwrap_or(0.0);
    }
    let ratio =
        |(team, (seen, expected))| (team, if expected > 0.0 { seen / expected } else { 1.0 });
    sums.into_iter().map(ratio).collect()
}

/// A count as a double.
#[expect(clippy::cast_precision_loss, reason = "counts of work stay below 2^53")]
pub(super) const fn real(n: u64) -> f64 {
    n as f64
}
