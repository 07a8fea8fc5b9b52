//! What the chapters are written from.

use super::params::Params;
use crate::analyses::Ask;
use crate::dataset::{
    Dataset, DefectCounts, DefectCube, Place, Project, ProjectBook, Scope, Table, Trial,
    TrialCounts, whole_months,
};
use crate::records::{Col, TableKind, fold};
use crate::stats::comparison::before_after::{Case, Judgement, Terms, judge};
use crate::stats::sigma::rates::Rate;
use crate::units::Day;

/// Everything.
pub(super) struct Chapters<'a> {
    /// The records.
    pub(super) data: &'a Dataset,
    /// The projects.
    pub(super) book: ProjectBook,
    /// Whole months of service records.
    pub(super) cube: Option<std::sync::Arc<DefectCube>>,
    /// Projects that intervened, judged: place in the book, months, verdict.
    judged: Vec<(usize, Trial, Judgement)>,
    /// Confidence level.
    pub(super) level: f64,
    /// Shift between long-term and short-term sigma.
    pub(super) shift: f64,
    /// The parameters.
    pub(super) params: Params,
}

/// One project's part of it.
pub(super) struct Chapter<'a> {
    /// Everything.
    pub(super) all: &'a Chapters<'a>,
    /// Its place in the book.
    pub(super) index: usize,
    /// The project.
    pub(super) project: &'a Project,
    /// Its months and verdict, where it intervened.
    pub(super) judged: Option<(&'a Trial, &'a Judgement)>,
    /// Its scope in the service records.
    pub(super) scope: Option<Scope>,
    /// First and last month of its baseline.
    pub(super) baseline: Option<(i32, i32)>,
}

impl<'a> Chapters<'a> {
    /// `None` without a project.
    pub(super) fn new(data: &'a Dataset, params: &Params, ask: &Ask) -> Option<Self> {
        let book = ProjectBook::new(data);
        if book.projects.is_empty() {
            return None;
        }
        let cube = whole_months(data);
        let judged = cube.as_ref().map_or_else(Vec::new, |cube| judged(&book, cube, params));
        let (level, shift) = (ask.confidence, ask.sigma_shift);
        Some(Self { data, book, cube, judged, level, shift, params: params.clone() })
    }

    /// The chapters, in the order of the book.
    pub(super) fn chapters(&'a self) -> impl Iterator<Item = Chapter<'a>> {
        let all = self.book.projects.iter().enumerate();
        all.take(self.params.chapter_limit).map(|(index, project)| self.chapter(index, project))
    }

    fn chapter(&'a self, index: usize, project: &'a Project) -> Chapter<'a> {
        let judged = self.judged.iter().find(|(place, ..)| *place == index);
        let judged = judged.map(|(_, trial, judgement)| (trial, judgement));
        let scope = self.cube.as_ref().and_then(|cube| Scope::of(project, cube));
        let span = self.cube.as_deref().and_then(DefectCube::span);
        let baseline = match judged {
            Some((trial, _)) => {
                let months = &trial.treated.before;
                months.first().zip(months.last()).map(|(first, last)| (first.0, last.0))
            }
            None => span
                .map(|(first, last)| ((last - self.params.baseline_months + 1).max(first), last)),
        };
        Chapter { all: self, index, project, judged, scope, baseline }
    }
}

fn judged(
    book: &ProjectBook,
    cube: &DefectCube,
    params: &Params,
) -> Vec<(usize, Trial, Judgement)> {
    let trial = |(i, project): (usize, &Project)| {
        Some((i, Trial::of(book, project, cube, params.baseline_months)?))
    };
    let trials: Vec<(usize, Trial)> = book.projects.iter().enumerate().filter_map(trial).collect();
    let case = |(i, trial): &(usize, Trial)| {
        let promised = book.projects.get(*i).and_then(|project| trial.promised_ratio(project));
        case(trial, promised)
    };
    let cases: Vec<Case> = trials.iter().map(case).collect();
    let terms = Terms { alpha: params.alpha, relevant: 1.0 - params.relevant_gain };
    let together = trials.into_iter().zip(judge(&cases, terms));
    together.map(|((i, trial), judgement)| (i, trial, judgement)).collect()
}

fn case(trial: &Trial, promised: Option<f64>) -> Case {
    let side = |months: &[(i32, DefectCounts)]| months.iter().map(|(_, c)| rate(c)).collect();
    let both = |counted: &TrialCounts| (side(&counted.before), side(&counted.after));
    let (before, after) = both(&trial.treated);
    let untreated = trial.untreated.iter().map(|group| both(&group.counted)).collect();
    Case { before, after, untreated, chosen: trial.chosen.clone(), promised }
}

/// Counts as a rate of defects per opportunity.
pub(super) const fn rate(counts: &DefectCounts) -> Rate {
    Rate { events: double(counts.defects), exposure: double(counts.opportunities) }
}

/// A count as a double.
#[expect(clippy::cast_precision_loss, reason = "counts of work stay below 2^53")]
pub(super) const fn double(n: u64) -> f64 {
    n as f64
}

impl Chapter<'_> {
    /// The id of a table or chart of this chapter.
    pub(super) fn id(&self, what: &str) -> String {
        format!("dmaic.p{}_{what}", self.index + 1)
    }

    /// The counts of the baseline at the wanted places of the scope.
    pub(super) fn baseline_counts(&self, wanted: impl Fn(&Place) -> bool) -> DefectCounts {
        let (Some(cube), Some(scope), Some((from, to))) =
            (&self.all.cube, self.scope, self.baseline)
        else {
            return DefectCounts::default();
        };
        cube.total(|p| (from..=to).contains(&p.period) && scope.holds(p) && wanted(p))
    }

    /// The counts of the scope, month by month of the baseline, those with records.
    pub(super) fn baseline_months(&self) -> Vec<DefectCounts> {
        let (from, to) = self.baseline.unwrap_or((0, -1));
        let month = |month| self.baseline_counts(|p| p.period == month);
        (from..=to).map(month).filter(|counts| counts.opportunities > 0).collect()
    }

    /// The rows of a table that belong to this project: by its id; where a row names no project,
    /// by its step.
    pub(super) fn rows(&self, kind: TableKind) -> (Option<&Table>, Vec<usize>) {
        let Some(table) = self.all.data.table(kind) else { return (None, Vec::new()) };
        let own_step = self.project.step.as_deref().map(fold);
        let own = |&row: &usize| match table.text(Col::ProjectId, row).map(str::trim) {
            Some(id) => id == self.project.id,
            None => table.text(Col::Step, row).map(fold).is_some_and(|s| Some(s) == own_step),
        };
        (Some(table), (0..table.len()).filter(own).collect())
    }

    /// The day the report looks from.
    pub(super) const fn as_of(&self) -> Day {
        self.all.data.as_of
    }
}
