//! What became of each case.

use serde::{Serialize, Serializer};

use super::case::{Case, Refusal};
use super::compare::{Figure, Verdict, compare};
use super::procedures;

/// What became of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Every figure agrees.
    Pass,
    /// A figure does not agree, or the inputs cannot be read.
    Miss,
    /// Figures agree where they are computed, but some are not.
    Partly,
    /// No procedure computes this.
    NotCovered,
}

/// A case and its figures.
#[derive(Debug, Serialize)]
pub struct Outcome {
    /// The case.
    #[serde(flatten)]
    pub case: Case,
    /// What became of it.
    pub status: Status,
    /// Why, when it was not computed.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "said")]
    pub reason: Option<Refusal>,
    /// Figure by figure.
    pub figures: Vec<Figure>,
}

#[expect(clippy::ref_option, reason = "serde hands the field over by reference")]
fn said<S: Serializer>(reason: &Option<Refusal>, to: S) -> Result<S::Ok, S::Error> {
    reason.as_ref().map(Refusal::to_string).serialize(to)
}

/// Runs `case`.
#[must_use]
pub fn check(case: Case) -> Outcome {
    match procedures::run(&case) {
        Ok((got, allow)) => {
            let figures = compare(&case, &got, allow);
            Outcome { status: status(&figures), case, reason: None, figures }
        }
        Err(reason) => {
            let status = match reason {
                Refusal::NotCovered(_) => Status::NotCovered,
                Refusal::Inputs(_) => Status::Miss,
            };
            Outcome { case, status, reason: Some(reason), figures: Vec::new() }
        }
    }
}

fn status(figures: &[Figure]) -> Status {
    let any = |verdict| figures.iter().any(|figure| figure.verdict == verdict);
    match (any(Verdict::Miss), any(Verdict::NotComputed), any(Verdict::Pass)) {
        (true, _, _) => Status::Miss,
        (false, true, true) => Status::Partly,
        (false, false, true) => Status::Pass,
        (false, _, false) => Status::NotCovered,
    }
}

/// Cases by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Cases in all.
    pub cases: usize,
    /// All figures agree.
    pub pass: usize,
    /// A figure does not.
    pub miss: usize,
    /// Some figures are not computed; the others agree.
    pub partly: usize,
    /// Nothing is computed.
    pub not_covered: usize,
    /// Figures compared.
    pub figures: usize,
}

/// Counts `outcomes`.
#[must_use]
pub fn summary(outcomes: &[Outcome]) -> Summary {
    let mut sum = Summary { cases: outcomes.len(), ..Summary::default() };
    for outcome in outcomes {
        let judged = |f: &&Figure| matches!(f.verdict, Verdict::Pass | Verdict::Miss);
        sum.figures += outcome.figures.iter().filter(judged).count();
        match outcome.status {
            Status::Pass => sum.pass += 1,
            Status::Miss => sum.miss += 1,
            Status::Partly => sum.partly += 1,
            Status::NotCovered => sum.not_covered += 1,
        }
    }
    sum
}
