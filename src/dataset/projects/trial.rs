//! What the records say of a project's scope before and after it intervened, and of the groups it
//! left alone.

use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use super::{Project, ProjectBook};
use crate::dataset::{Dataset, DefectCounts, DefectCube, Grain, OpportunityBasis, Place};
use crate::records::{TableKind, fold};
use crate::units::{Day, Money, Month};

/// Months before an intervention that led to the choice of the scope.
const CHOSEN_MONTHS: i32 = 3;

/// The part of the process a project works on: labels are indices into the cube's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    /// The step; every step when absent.
    pub step: Option<usize>,
    /// The team; every team when absent.
    pub team: Option<usize>,
}

impl Scope {
    /// The scope of a project; `None` where it names neither step nor team, or one the records do
    /// not know.
    #[must_use]
    pub fn of(project: &Project, cube: &DefectCube) -> Option<Self> {
        let find = |name: &Option<String>, labels: &[Option<String>]| match name {
            None => Some(None),
            Some(name) => {
                let exact = |label: &Option<String>| label.as_ref() == Some(name);
                let alike = |label: &Option<String>| {
                    label.as_ref().is_some_and(|label| fold(label) == fold(name))
                };
                let found = labels.iter().position(exact);
                found.or_else(|| labels.iter().position(alike)).map(Some)
            }
        };
        let step = find(&project.step, &cube.steps)?;
        let team = find(&project.team, &cube.teams)?;
        (step.is_some() || team.is_some()).then_some(Self { step, team })
    }

    /// Whether a place lies inside.
    #[must_use]
    pub fn holds(self, place: &Place) -> bool {
        let fits = |wanted: Option<usize>, is| wanted.is_none_or(|wanted| wanted == is);
        fits(self.step, place.step) && fits(self.team, place.team)
    }

    fn overlaps(self, other: Self) -> bool {
        let meets = |a: Option<usize>, b: Option<usize>| a.zip(b).is_none_or(|(a, b)| a == b);
        meets(self.step, other.step) && meets(self.team, other.team)
    }

    /// Groups of the same shape outside: the same step in other teams, or other steps, or teams.
    fn others(self, cube: &DefectCube) -> Vec<Self> {
        let besides = |own: usize, n: usize| (0..n).filter(move |&i| i != own).map(Some);
        let teams = |step, own| {
            besides(own, cube.teams.len()).map(move |team| Self { step, team }).collect::<Vec<_>>()
        };
        let steps = |own, team| {
            besides(own, cube.steps.len()).map(move |step| Self { step, team }).collect::<Vec<_>>()
        };
        match (self.step, self.team) {
            (Some(step), Some(team)) if cube.teams.len() > 1 => teams(Some(step), team),
            (Some(step), team) => steps(step, team),
            (None, Some(team)) => teams(None, team),
            (None, None) => Vec::new(),
        }
    }
}

/// Counts of months before and after, oldest first; months without records are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrialCounts {
    /// Before.
    pub before: Vec<(i32, DefectCounts)>,
    /// After.
    pub after: Vec<(i32, DefectCounts)>,
}

/// A group left alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Untreated {
    /// Which.
    pub scope: Scope,
    /// Its counts over the same months.
    pub counted: TrialCounts,
}

/// A project's months before and after, in its scope and beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// Its scope.
    pub scope: Scope,
    /// The day it intervened.
    pub intervention: Day,
    /// The month left out because the intervention fell inside it.
    pub transition: Option<Month>,
    /// The scope's counts.
    pub treated: TrialCounts,
    /// Groups left alone by every project meanwhile.
    pub untreated: Vec<Untreated>,
    /// Groups left out because another project intervened there.
    pub touched: usize,
    /// The months before that led to the choice, by index into [`TrialCounts::before`].
    pub chosen: Range<usize>,
}

impl Trial {
    /// The trial of a project over at most `months` whole months before; a cube of months whose
    /// unfinished month has been taken out. `None` without an intervention up to its last month, or without a known scope.
    #[must_use]
    pub fn of(
        book: &ProjectBook,
        project: &Project,
        cube: &DefectCube,
        months: i32,
    ) -> Option<Self> {
        let (first, last) = cube.span().filter(|_| cube.grain == Grain::Month)?;
        let day = project.intervention.filter(|day| day.month().number() <= last)?;
        let scope = Scope::of(project, cube)?;
        let (month, on_first) = (day.month(), day == day.month().first_day());
        let number = month.number();
        let since = if on_first { number } else { number + 1 };
        let before = (number - months).max(first)..=number - 1;
        let spans = (before, since..=last);
        let others = scope.others(cube);
        let all = others.len();
        let free = |other: &Scope| !book.touches(project, *other, cube, (number - months, last));
        let untreated: Vec<Untreated> = others
            .into_iter()
            .filter(free)
            .map(|scope| Untreated { scope, counted: counted(cube, scope, &spans) })
            .collect();
        let treated = counted(cube, scope, &spans);
        let chosen = chosen(project, &treated, number);
        Some(Self {
            scope,
            intervention: day,
            transition: (!on_first).then_some(month),
            touched: all - untreated.len(),
            treated,
            untreated,
            chosen,
        })
    }

    /// Mean cost of a defect in the scope, over the months before and after.
    #[must_use]
    pub fn cost_of_one(&self) -> Option<f64> {
        let mut sum = DefectCounts::default();
        let months = self.treated.before.iter().chain(&self.treated.after);
        months.for_each(|(_, counts)| sum.add(counts));
        let cost = Money::from_raw(sum.cost).to_units();
        (sum.costed > 0 && cost > 0.0).then(|| cost / double(sum.costed))
    }

    /// The part of the defects that was promised to remain, inside (0, 1): target over baseline,
    /// else what the money promised leaves of a year's cost of defects.
    #[must_use]
    pub fn promised_ratio(&self, project: &Project) -> Option<f64> {
        let by_money = || {
            let months = u32::try_from(self.treated.before.len()).ok().filter(|&n| n > 0)?;
            let defects: u64 = self.treated.before.iter().map(|(_, counts)| counts.defects).sum();
            let yearly = double(defects) * 12.0 / f64::from(months) * self.cost_of_one()?;
            let left = 1.0 - project.benefit?.to_units() / yearly;
            (left > 0.0 && left < 1.0).then_some(left)
        };
        project.promised_ratio().or_else(by_money)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of work stay below 2^53")]
const fn double(n: u64) -> f64 {
    n as f64
}

/// Counts of the whole months up to the last day the report looks at; `None` without any.
#[must_use]
pub fn whole_months(data: &Dataset) -> Option<Arc<DefectCube>> {
    let basis = OpportunityBasis::of(data.table(TableKind::ServiceRecords)?);
    let cube = DefectCube::new(data, Grain::Month, data.until(), basis).whole_periods(data.until());
    cube.span().map(|_| cube)
}

impl ProjectBook {
    /// Whether another project intervened inside `scope` between two months.
    fn touches(&self, own: &Project, scope: Scope, cube: &DefectCube, span: (i32, i32)) -> bool {
        let inside = |day: &Day| (span.0..=span.1).contains(&day.month().number());
        let others = self.projects.iter().filter(|other| other.id != own.id);
        others
            .filter(|other| other.intervention.as_ref().is_some_and(inside))
            .filter_map(|other| Scope::of(other, cube))
            .any(|other| other.overlaps(scope))
    }
}

fn counted(
    cube: &DefectCube,
    scope: Scope,
    spans: &(RangeInclusive<i32>, RangeInclusive<i32>),
) -> TrialCounts {
    let months = |span: &RangeInclusive<i32>| -> Vec<(i32, DefectCounts)> {
        let one = |month| (month, cube.total(|p: &Place| p.period == month && scope.holds(p)));
        span.clone().map(one).filter(|(_, counts)| counts.opportunities > 0).collect()
    };
    TrialCounts { before: months(&spans.0), after: months(&spans.1) }
}

/// The last months before the project began, or before it intervened where that is not known.
fn chosen(project: &Project, treated: &TrialCounts, intervention: i32) -> Range<usize> {
    let begun = project.start.map_or(intervention, |day| day.month().number()).min(intervention);
    let index = |month: i32| treated.before.iter().filter(|(m, _)| *m < month).count();
    index(begun - CHOSEN_MONTHS)..index(begun)
}
