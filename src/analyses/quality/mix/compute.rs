//! Every comparison of the headline, taken apart over every dimension.

use super::params::Params;
use crate::analyses::Charts;
use crate::dataset::{Dataset, DefectCube, Grain, OpportunityBasis, Place};
use crate::records::{Col, TableKind};
use crate::stats::comparison::mix::{Mix, Stratum, mix, ways};
use crate::stats::special::normal;

/// What cases are divided by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Dim {
    Step,
    Team,
    Category,
    Shift,
}

impl Dim {
    const ALL: [Self; 4] = [Self::Step, Self::Team, Self::Category, Self::Shift];

    pub(super) const fn col(self) -> Col {
        match self {
            Self::Step => Col::Step,
            Self::Team => Col::Team,
            Self::Category => Col::Category,
            Self::Shift => Col::Shift,
        }
    }

    fn names(self, cube: &DefectCube) -> &[Option<String>] {
        match self {
            Self::Step => &cube.steps,
            Self::Team => &cube.teams,
            Self::Category => &cube.categories,
            Self::Shift => &cube.shifts,
        }
    }

    const fn index(self, place: &Place) -> usize {
        match self {
            Self::Step => place.step,
            Self::Team => place.team,
            Self::Category => place.category,
            Self::Shift => place.shift,
        }
    }
}

/// What is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    /// The month of the headline with the months its limits come from.
    Month,
    /// A team with all others.
    Team(Option<String>),
}

/// What a comparison amounts to once the mix is the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// Crude figures and figures at one mix differ in opposite ways, both beyond chance.
    Reversed,
    /// The crude difference is beyond chance, that at one mix is not.
    MixOnly,
    /// The difference at one mix is beyond chance, the crude one is not.
    Hidden,
    /// Both are beyond chance and go the same way.
    Rate,
    /// Neither is.
    None,
}

impl Reading {
    /// The last part of its word's key.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Reversed => "reversed",
            Self::MixOnly => "mix_only",
            Self::Hidden => "hidden",
            Self::Rate => "rate",
            Self::None => "none",
        }
    }
}

/// One comparison over one dimension.
pub(super) struct Line {
    pub(super) comparison: Comparison,
    pub(super) dim: Dim,
    pub(super) mix: Mix,
    pub(super) reading: Reading,
    /// Half-width of its interval in standard errors: that of the level for the month, as on the
    /// status board; adjusted by Bonferroni for the number of teams for a team.
    pub(super) width: f64,
    /// Strata in which the first is above, and below, the second.
    pub(super) ways: (usize, usize),
    /// Exposure of the first.
    pub(super) opportunities: u64,
}

/// Everything the section is written from.
pub(super) struct Computed {
    /// The comparisons, the month's first.
    pub(super) lines: Vec<Line>,
    /// Dimensions the records do not have.
    pub(super) absent: Vec<Dim>,
    /// The month of the headline.
    pub(super) focus: i32,
    /// First and last month of the baseline, where there is one.
    pub(super) baseline: Option<(i32, i32)>,
    /// First month teams are compared over.
    pub(super) from: i32,
    /// Confidence level of the intervals.
    pub(super) level: f64,
}

impl Computed {
    /// `None` where nothing can be compared: no whole month, or no dimension with two labels.
    pub(super) fn new(
        data: &Dataset,
        charts: &Charts,
        params: &Params,
        level: f64,
    ) -> Option<Self> {
        let until = data.until();
        let basis = data.table(TableKind::ServiceRecords).map(OpportunityBasis::of)?;
        let cube = DefectCube::new(data, Grain::Month, until, basis).whole_periods(until);
        let (first, focus) = cube.span()?;
        let months = charts.baseline_before(focus);
        let from = (focus - params.months() + 1).max(first);
        let (known, absent): (Vec<Dim>, Vec<Dim>) =
            Dim::ALL.into_iter().partition(|dim| dim.names(&cube).len() > 1);
        let mut lines = Vec::new();
        for &dim in &known {
            let month = |place: &Place| side(place.period == focus, months.contains(&place.period));
            lines.extend(line(&cube, Comparison::Month, dim, month));
        }
        if known.contains(&Dim::Team) {
            for (team, name) in cube.teams.iter().enumerate() {
                for &dim in known.iter().filter(|&&dim| dim != Dim::Team) {
                    let late = |p: &Place| (from..=focus).contains(&p.period);
                    let of = |p: &Place| side(p.team == team && late(p), p.team != team && late(p));
                    lines.extend(line(&cube, Comparison::Team(name.clone()), dim, of));
                }
            }
        }
        let tails = (1.0 - level) / 2.0;
        let teams = crate::stats::count(cube.teams.len().max(1));
        let (month, team) =
            (normal::upper_quantile(tails)?, normal::upper_quantile(tails / teams)?);
        for line in &mut lines {
            line.width = if line.comparison == Comparison::Month { month } else { team };
            line.reading = reading(&line.mix, line.width);
        }
        let baseline = months.first().copied().zip(months.last().copied());
        let some = !lines.is_empty();
        some.then_some(Self { lines, absent, focus, baseline, from, level })
    }

    /// The line of the month over the dimension whose mix moved the rate the most.
    pub(super) fn month(&self) -> Option<&Line> {
        let months = self.lines.iter().filter(|line| line.comparison == Comparison::Month);
        months.max_by(|a, b| a.mix.mix.abs().total_cmp(&b.mix.mix.abs()))
    }
}

#[derive(Clone, Copy)]
enum Side {
    First,
    Second,
    Neither,
}

const fn side(first: bool, second: bool) -> Side {
    match (first, second) {
        (true, _) => Side::First,
        (_, true) => Side::Second,
        _ => Side::Neither,
    }
}

fn line(
    cube: &DefectCube,
    comparison: Comparison,
    dim: Dim,
    of: impl Fn(&Place) -> Side,
) -> Option<Line> {
    let mut strata = vec![Stratum::default(); dim.names(cube).len()];
    for (place, counts) in &cube.lines {
        let Some(stratum) = strata.get_mut(dim.index(place)) else { continue };
        let group = match of(place) {
            Side::First => &mut stratum.first,
            Side::Second => &mut stratum.second,
            Side::Neither => continue,
        };
        group.0 = group.0.saturating_add(counts.defects);
        group.1 = group.1.saturating_add(counts.opportunities);
    }
    let opportunities = strata.iter().map(|s| s.first.1).fold(0, u64::saturating_add);
    let (mix, ways) = (mix(&strata)?, ways(&strata));
    Some(Line { comparison, dim, mix, reading: Reading::None, width: 0.0, ways, opportunities })
}

fn reading(mix: &Mix, width: f64) -> Reading {
    let crude = mix.difference.abs() > width * mix.difference_error;
    let rate = mix.rate.abs() > width * mix.rate_error;
    match (crude, rate) {
        (true, true) if mix.is_reversed() => Reading::Reversed,
        (true, true) => Reading::Rate,
        (true, false) => Reading::MixOnly,
        (false, true) => Reading::Hidden,
        (false, false) => Reading::None,
    }
}
