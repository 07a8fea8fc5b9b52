//! From the book of projects and the service records to verdicts and money.

use super::params::Params;
use crate::analyses::Ask;
use crate::dataset::{
    Dataset, DefectCounts, DefectCube, Project, ProjectBook, Trial, TrialCounts, whole_months,
};
use crate::stats::comparison::before_after::{Case, Judgement, Terms, judge};
use crate::stats::interval::{Bounds, Estimate};
use crate::stats::sigma::rates::Rate;
use crate::units::{Day, Money};

/// Everything the section is written from.
pub(super) struct Computed {
    /// The projects.
    pub(super) book: ProjectBook,
    /// Whole months of service records; `None` without records that count defects.
    pub(super) cube: Option<std::sync::Arc<DefectCube>>,
    /// The projects that intervened in a known scope, judged.
    pub(super) judged: Vec<Judged>,
    /// Projects whose metric is measured.
    pub(super) measured: Vec<super::measured::Measured>,
    /// Gate reviews by project.
    pub(super) gates: Option<Vec<super::gates::Gate>>,
    /// The day the report looks from.
    pub(super) as_of: Day,
    /// Confidence level.
    pub(super) level: f64,
    /// A finding asks for action below this adjusted p-value.
    pub(super) act_alpha: f64,
    /// The parameters.
    pub(super) params: Params,
}

/// One project judged.
pub(super) struct Judged {
    /// Its place in the book.
    pub(super) project: usize,
    /// Its months.
    pub(super) trial: Trial,
    /// What became of it.
    pub(super) judgement: Judgement,
    /// The part of the defects that was promised to remain.
    pub(super) promised: Option<f64>,
    /// Money saved since.
    pub(super) saved: Option<Saved>,
}

/// What an intervention spared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Saved {
    /// Defects spared in the whole months since, negative where there are more.
    pub(super) defects: Estimate,
    /// Cost of one as money is kept, to a ten-thousandth, where recorded.
    pub(super) each: Option<f64>,
    /// Whole months since.
    pub(super) months: usize,
}

impl Saved {
    /// Money spared since the intervention.
    pub(super) fn money(&self) -> Option<Estimate> {
        let each = self.each?;
        Some(self.scaled(each))
    }

    /// Money spared in twelve months at the same pace.
    pub(super) fn yearly(&self) -> Option<Estimate> {
        let months = u32::try_from(self.months).ok().filter(|&months| months > 0)?;
        Some(self.scaled(self.each? * 12.0 / f64::from(months)))
    }

    const fn scaled(&self, by: f64) -> Estimate {
        let Estimate { value, bounds } = self.defects;
        let bounds = Bounds { low: bounds.low * by, high: bounds.high * by };
        Estimate { value: value * by, bounds }
    }
}

impl Computed {
    /// `None` without a project.
    pub(super) fn new(data: &Dataset, params: &Params, ask: &Ask) -> Option<Self> {
        let book = ProjectBook::new(data);
        if book.projects.is_empty() {
            return None;
        }
        let cube = whole_months(data);
        let judged = cube.as_ref().map_or_else(Vec::new, |cube| judged(&book, cube, params, ask));
        Some(Self {
            gates: super::gates::read(data, &book),
            measured: super::measured::read(data, &book.projects, ask.confidence),
            book,
            cube,
            judged,
            as_of: data.as_of,
            level: ask.confidence,
            act_alpha: ask.act_alpha,
            params: params.clone(),
        })
    }

    /// The project of a judged one.
    pub(super) fn project(&self, judged: &Judged) -> Option<&Project> {
        self.book.projects.get(judged.project)
    }

    /// What was judged of a project.
    pub(super) fn of(&self, project: usize) -> Option<&Judged> {
        self.judged.iter().find(|judged| judged.project == project)
    }
}

fn judged(book: &ProjectBook, cube: &DefectCube, params: &Params, ask: &Ask) -> Vec<Judged> {
    let trial = |(i, project): (usize, &Project)| {
        let trial = Trial::of(book, project, cube, params.baseline_months)?;
        let promised = trial.promised_ratio(project);
        Some((i, trial, promised))
    };
    let trials: Vec<(usize, Trial, Option<f64>)> =
        book.projects.iter().enumerate().filter_map(trial).collect();
    let cases: Vec<Case> = trials.iter().map(|(_, trial, p)| case(trial, *p)).collect();
    let terms = Terms { alpha: params.alpha, relevant: 1.0 - params.relevant_gain };
    let judgements = judge(&cases, terms);
    let together = trials.into_iter().zip(judgements);
    together
        .map(|((project, trial, promised), judgement)| {
            let saved = saved(&trial, &judgement, ask.confidence);
            Judged { project, trial, judgement, promised, saved }
        })
        .collect()
}

fn case(trial: &Trial, promised: Option<f64>) -> Case {
    let side = |months: &[(i32, DefectCounts)]| months.iter().map(|(_, c)| rate(c)).collect();
    let both = |counted: &TrialCounts| (side(&counted.before), side(&counted.after));
    let (before, after) = both(&trial.treated);
    let untreated = trial.untreated.iter().map(|group| both(&group.counted)).collect();
    Case { before, after, untreated, chosen: trial.chosen.clone(), promised }
}

/// Counts as a rate of defects per opportunity.
#[expect(clippy::cast_precision_loss, reason = "counts of work stay below 2^53")]
pub(super) const fn rate(counts: &DefectCounts) -> Rate {
    Rate { events: counts.defects as f64, exposure: counts.opportunities as f64 }
}

fn saved(trial: &Trial, judgement: &Judgement, level: f64) -> Option<Saved> {
    let after = judgement.change.as_ref()?.after.events;
    let defects = judgement.effect.as_ref()?.avoided(after, level);
    let each = trial.cost_of_one().and_then(Money::from_units).map(Money::to_units);
    Some(Saved { defects, each, months: trial.treated.after.len() })
}
