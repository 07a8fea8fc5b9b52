//! Runs of designed experiments, put together from their rows and analysed.

mod layout;
mod levels;

use layout::{Run, runs};
use levels::{Levels, levels};

use crate::dataset::{Dataset, Family};
use crate::records::{Col, TableKind};
use crate::stats::design::factorial::{Effect, Factorial, factorial};
use crate::stats::design::lenth::{Lenth, lenth};
use crate::stats::design::taguchi::signal_to_noise;
use crate::units::Period;

pub(super) use levels::Level;

/// What a response should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aim {
    Larger,
    Smaller,
    Nominal,
}

/// Why effects could not be computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lack {
    /// A factor has one level only, or more than two.
    Levels,
    /// Fewer runs than effects, or effects entangled other than by aliases.
    Design,
}

/// A factor by its levels: mean response and mean signal-to-noise ratio.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Factor {
    pub(super) name: String,
    pub(super) levels: Vec<Level>,
}

/// One experiment.
#[derive(Debug)]
pub(super) struct Experiment {
    pub(super) project: Option<String>,
    pub(super) name: Option<String>,
    pub(super) aim: Option<Aim>,
    pub(super) factors: Vec<Factor>,
    pub(super) runs: Vec<Run>,
    /// Rows or runs left out: without every factor, or of two minds about a level or response.
    pub(super) left_out: usize,
    /// Whether every combination of levels was run, each as often.
    pub(super) balanced: bool,
    pub(super) effects: Result<Factorial, Lack>,
    /// What effects are held against where nothing was repeated.
    pub(super) lenth: Option<Lenth>,
}

impl Experiment {
    /// The p-value of an effect: from the replicates, else from Lenth's pseudo standard error.
    pub(super) fn p_value(&self, effect: &Effect) -> Option<f64> {
        effect.p_value.or_else(|| self.lenth?.p_value(effect.effect))
    }

    /// Effects that stand out, all of them looked at together: below 0.05 after Holm's
    /// adjustment with replicates, beyond Lenth's simultaneous margin without.
    pub(super) fn active(&self) -> Vec<&Effect> {
        let Ok(found) = &self.effects else { return Vec::new() };
        if let Some(lenth) = self.lenth {
            let out = |e: &&Effect| e.effect.abs() > lenth.simultaneous_margin;
            return found.effects.iter().filter(out).collect();
        }
        let p: Vec<f64> = found.effects.iter().map(|e| e.p_value.unwrap_or(1.0)).collect();
        let adjusted = crate::stats::holm(&p);
        let pairs = found.effects.iter().zip(adjusted);
        pairs.filter(|(_, p)| *p < 0.05).map(|(effect, _)| effect).collect()
    }

    /// The name of an effect: its factors joined by a cross.
    pub(super) fn label(&self, factors: &[usize]) -> String {
        let names: Vec<&str> =
            factors.iter().filter_map(|&j| self.factors.get(j)).map(|f| f.name.as_str()).collect();
        names.join(" × ")
    }
}

/// Everything the section is written from.
#[derive(Debug)]
pub(super) struct Computed {
    pub(super) experiments: Vec<Experiment>,
    pub(super) period: Period,
}

impl Computed {
    /// `None` where no run sets a factor.
    pub(super) fn new(data: &Dataset) -> Option<Self> {
        let table = data.table(TableKind::Experiments)?;
        let groups = table.rows_by(&[Col::ProjectId, Col::Experiment]);
        let experiments = groups.into_iter().filter_map(|(key, rows)| {
            let name = |i: usize| key.get(i).copied().flatten().map(str::to_owned);
            let words = rows.iter().filter_map(|&row| table.text(Col::Objective, row));
            let aim = words.filter_map(|word| Family::Aim.meaning(word)).min();
            let (names, runs, left_out) = runs(table, &rows);
            (!runs.is_empty()).then(|| experiment([name(0), name(1)], aim, (names, runs, left_out)))
        });
        let experiments: Vec<Experiment> = experiments.collect();
        let period = Period { from: data.period.from, to: data.until() };
        (!experiments.is_empty()).then_some(Self { experiments, period })
    }
}

fn experiment(
    [project, name]: [Option<String>; 2],
    aim: Option<&str>,
    (names, runs, left_out): (Vec<String>, Vec<Run>, usize),
) -> Experiment {
    let aim = aim.map(|aim| match aim {
        "larger" => Aim::Larger,
        "smaller" => Aim::Smaller,
        _ => Aim::Nominal,
    });
    let settings = levels(&names, &runs);
    let effects = effects(&settings, &runs);
    let lenth = effects.as_ref().ok().filter(|found| found.df_error == 0).and_then(|found| {
        let sizes: Vec<f64> = found.effects.iter().map(|e| e.effect).collect();
        lenth(&sizes, 0.95).ok()
    });
    let factor = |(j, name): (usize, &String)| Factor {
        name: name.clone(),
        levels: settings.of(j).iter().map(|label| level(j, label, &runs, aim)).collect(),
    };
    let factors = names.iter().enumerate().map(factor).collect();
    let balanced = settings.is_balanced(&runs);
    Experiment { project, name, aim, factors, runs, left_out, balanced, effects, lenth }
}

fn effects(settings: &Levels, runs: &[Run]) -> Result<Factorial, Lack> {
    if !settings.are_two() {
        return Err(Lack::Levels);
    }
    let mut design = Vec::new();
    let mut responses = Vec::new();
    for run in runs {
        for response in &run.responses {
            design.push(settings.coded(run));
            responses.push(*response);
        }
    }
    factorial(&design, &responses).map_err(|_| Lack::Design)
}

/// Mean response of a factor's level, and mean signal-to-noise ratio of its runs.
#[expect(clippy::cast_precision_loss, reason = "counts of runs stay below 2^53")]
fn level(factor: usize, label: &str, runs: &[Run], aim: Option<Aim>) -> Level {
    let at = |run: &&Run| run.levels.get(factor).is_some_and(|own| own == label);
    let here: Vec<&Run> = runs.iter().filter(at).collect();
    let responses: Vec<f64> = here.iter().flat_map(|run| run.responses.iter().copied()).collect();
    let ratio = |run: &&Run| {
        let found = signal_to_noise(&run.responses).ok()?;
        match aim? {
            Aim::Larger => found.larger_is_better,
            Aim::Smaller => found.smaller_is_better,
            Aim::Nominal => found.nominal_mean_over_spread,
        }
    };
    let ratios: Option<Vec<f64>> = here.iter().map(ratio).collect();
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    Level {
        label: label.to_owned(),
        n: responses.len(),
        mean: Some(mean(&responses)).filter(|m| m.is_finite()),
        ratio: ratios.filter(|r| !r.is_empty()).map(|r| mean(&r)).filter(|m| m.is_finite()),
    }
}
