//! Held, lost, no effect, or not to be told.

use super::effect::{Change, Effect, effect, total};
use super::selection::{Selection, selection};
use crate::stats::control_chart::attribute_chart::{Chart, Kind, Point, sigma_z, test};
use crate::stats::control_chart::change_point::{Way, dispersion_about, likeliest, scaled};
use crate::stats::control_chart::rules::Rule;
use crate::stats::holm;
use crate::stats::sigma::rates::{Rate, p_higher};

/// Stretches before an intervention, at least: a rate known from fewer is no baseline.
const MIN_BEFORE: usize = 3;
/// Stretches after it that the improved level is taken from, at most.
const IMPROVED: usize = 6;
/// Stretches after it from which on a part can be kept back to judge whether the level lasted.
const MIN_LASTING: usize = 4;
/// A rate has risen again below this p-value, adjusted for the points tried.
const BACK: f64 = 0.01;
/// The newest stretches that are compared with the improved level.
const NEWEST: usize = 3;
/// The window that led to the choice is taken for unusual below this p-value.
const UNUSUAL: f64 = 0.05;
/// Dispersion of the improved stretches is taken for real below this p-value.
const DISPERSION_ALPHA: f64 = 0.01;
/// Patterns looked for on the side of the worse.
const RULES: [Rule; 3] = [Rule::Beyond, Rule::NineOneSide, Rule::TwoOfThree];

/// One intervention: stretches before and after, oldest first, each its events and exposure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Case {
    /// Before.
    pub before: Vec<Rate>,
    /// After.
    pub after: Vec<Rate>,
    /// The same stretches of each untreated group.
    pub untreated: Vec<(Vec<Rate>, Vec<Rate>)>,
    /// The stretches before it that led to the choice, by index.
    pub chosen: std::ops::Range<usize>,
    /// The ratio after over before that was promised, inside (0, 1).
    pub promised: Option<f64>,
}

/// How to judge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Terms {
    /// Significance over the family, by Holm.
    pub alpha: f64,
    /// The ratio that would be worth having where nothing was promised.
    pub relevant: f64,
}

/// What became of an intervention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Improved, and still so.
    Held,
    /// Improved, and gone back since.
    Lost,
    /// The gain promised, or worth having, is excluded.
    NoEffect,
    /// Cannot be told.
    Unclear,
}

/// Why it cannot be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// Too few stretches before or after, or no events.
    Early,
    /// Improved, but too short a time ago to say that it lasts.
    Young,
    /// Better than the window that led to the choice, but not than the rest of the baseline.
    Chosen,
    /// Improved, but the newest stretches signal for the worse.
    Slipping,
    /// The interval covers both no change and the gain promised.
    Noise,
}

/// Whether the improved level was kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Hold {
    /// Stretches after that the level comes from.
    pub baseline: usize,
    /// Their chart.
    pub chart: Chart,
    /// Every stretch after, by index, that completes a pattern for the worse after the baseline.
    pub worse: Vec<usize>,
    /// Probability of newest stretches so much worse than the level by chance.
    pub p_back: f64,
}

/// A case judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// The change of the treated.
    pub change: Option<Change>,
    /// What is left of it beside the untreated.
    pub effect: Option<Effect>,
    /// Evidence of an improvement, adjusted over the family.
    pub p: f64,
    /// Evidence against the gain promised or worth having, adjusted over the family.
    pub p_short: f64,
    /// How the stretches that led to the choice compare.
    pub selection: Option<Selection>,
    /// Whether the level was kept.
    pub hold: Option<Hold>,
    /// What became of it.
    pub verdict: Verdict,
    /// Why it cannot be told.
    pub doubt: Option<Doubt>,
}

/// Judges a family of cases.
///
/// *Improved*: the ratio beside the untreated is below 1 over all stretches after, or over the
/// first of them that make the improved level; both looks share one p-value (Bonferroni), Holm
/// over the cases. A baseline whose chosen window is unusually bad must also show the improvement
/// without that window. *Lost*: a run rule signals for the worse against limits frozen at the
/// improved level (which ends where a change point says that the rate rose again), and the newest stretches are worse than it (p below alpha). *No effect*: a
/// ratio so high has a p-value below alpha, by Holm, were the promised gain real.
#[must_use]
pub fn judge(cases: &[Case], terms: Terms) -> Vec<Judgement> {
    let looks: Vec<Option<Look>> = cases.iter().map(|case| Look::at(case, terms)).collect();
    let p = |of: fn(&Look) -> f64| -> Vec<f64> {
        let one = |look: &Option<Look>| look.as_ref().map_or(f64::NAN, of);
        holm(&looks.iter().map(one).collect::<Vec<f64>>())
    };
    let (improved, short) = (p(|look| look.p), p(|look| look.p_short));
    let adjusted = improved.into_iter().zip(short);
    looks.into_iter().zip(adjusted).map(|(look, p)| verdict(look, p, terms)).collect()
}

/// What one case shows before the family is looked at.
struct Look {
    change: Change,
    effect: Effect,
    p: f64,
    p_short: f64,
    /// One-sided evidence without the window that led to the choice.
    p_rest: f64,
    selection: Option<Selection>,
    hold: Option<Hold>,
}

impl Look {
    fn at(case: &Case, terms: Terms) -> Option<Self> {
        if case.before.len() < MIN_BEFORE || case.after.is_empty() {
            return None;
        }
        let all = |_| true;
        let (change, effect) = compared(case, all, case.after.len())?;
        let hold = hold(&case.after);
        let first = hold.as_ref().and_then(|h| compared(case, all, h.baseline));
        let p_first = first.map_or(1.0, |(_, effect)| effect.p_below(1.0));
        let looks = if first.is_some() { 2.0 } else { 1.0 };
        let outside = |i: usize| !case.chosen.contains(&i);
        let rest = compared(case, outside, case.after.len());
        let promised = case.promised.unwrap_or(terms.relevant);
        Some(Self {
            change,
            effect,
            p: (looks * effect.p_below(1.0).min(p_first)).min(1.0),
            p_short: effect.p_above(promised),
            p_rest: rest.map_or(1.0, |(_, effect)| effect.p_below(1.0)),
            selection: chosen(case),
            hold,
        })
    }
}

/// The change and the effect of part of the baseline and the first stretches after.
fn compared(case: &Case, kept: impl Fn(usize) -> bool, after: usize) -> Option<(Change, Effect)> {
    let change = |before: &[Rate], all: &[Rate]| {
        let indexed = before.iter().enumerate().filter(|(i, _)| kept(*i));
        let before: Vec<Rate> = indexed.map(|(_, &rate)| rate).collect();
        Change::of(&before, all.get(..after).unwrap_or(all))
    };
    let treated = change(&case.before, &case.after)?;
    let untreated: Vec<Change> = case.untreated.iter().filter_map(|(b, a)| change(b, a)).collect();
    Some((treated, effect(&treated, &untreated)?))
}

fn chosen(case: &Case) -> Option<Selection> {
    let of = |inside: bool| -> Vec<Rate> {
        let indexed = case.before.iter().enumerate();
        indexed.filter(|(i, _)| case.chosen.contains(i) == inside).map(|(_, &rate)| rate).collect()
    };
    selection(&of(true), &of(false))
}

/// How many stretches after make the improved level: those before the rate rose again where it
/// did, else the first two thirds, at most [`IMPROVED`].
fn improved(after: &[Rate]) -> usize {
    let back = likeliest(after, Way::Rise).filter(|change| change.p < BACK);
    back.map_or_else(|| IMPROVED.min(after.len() - after.len() / 3), |change| change.at)
}

/// The improved level and what became of it.
fn hold(after: &[Rate]) -> Option<Hold> {
    let baseline = improved(after);
    let base = after.get(..baseline).filter(|_| after.len() >= MIN_LASTING)?;
    let point = |rate: &Rate| Point { count: rate.events, size: rate.exposure };
    let points: Vec<Point> = base.iter().map(point).collect();
    let theory = Chart::fit(Kind::U, &points)?;
    let wide = test(&theory, &points).is_some_and(|t| t.p_over < DISPERSION_ALPHA);
    let factor = if wide { sigma_z(&theory, &points).unwrap_or(1.0).max(1.0) } else { 1.0 };
    let chart = theory.widened(factor);
    let z: Vec<f64> = after.iter().map(|rate| chart.z(point(rate))).collect();
    let completes = |i: usize| RULES.iter().any(|rule| rule.completes(&z[..=i]));
    let worse = (baseline..z.len()).filter(|&i| z[i] > 0.0 && completes(i)).collect();
    let newest = after.get(baseline.max(after.len().saturating_sub(NEWEST))..)?;
    let dispersion = dispersion_about(base, base.len());
    let scale = |rates: &[Rate]| scaled(total(rates), dispersion);
    let p_back = p_higher(scale(newest), scale(base));
    Some(Hold { baseline, chart, worse, p_back })
}

fn verdict(look: Option<Look>, (p, p_short): (f64, f64), terms: Terms) -> Judgement {
    let Some(look) = look else { return unjudged() };
    let (verdict, doubt) = match decide(&look, p < terms.alpha, p_short < terms.alpha, terms) {
        Ok(verdict) => (verdict, None),
        Err(doubt) => (Verdict::Unclear, Some(doubt)),
    };
    Judgement {
        change: Some(look.change),
        effect: Some(look.effect),
        p,
        p_short,
        selection: look.selection,
        hold: look.hold,
        verdict,
        doubt,
    }
}

const fn unjudged() -> Judgement {
    Judgement {
        change: None,
        effect: None,
        p: 1.0,
        p_short: 1.0,
        selection: None,
        hold: None,
        verdict: Verdict::Unclear,
        doubt: Some(Doubt::Early),
    }
}

fn decide(look: &Look, improved: bool, short: bool, terms: Terms) -> Result<Verdict, Doubt> {
    if !improved {
        return if short { Ok(Verdict::NoEffect) } else { Err(Doubt::Noise) };
    }
    let unusual = look.selection.is_some_and(|s| s.p < UNUSUAL);
    if unusual && look.p_rest >= terms.alpha {
        return Err(Doubt::Chosen);
    }
    let Some(hold) = &look.hold else { return Err(Doubt::Young) };
    let back = hold.p_back < terms.alpha;
    match (hold.worse.is_empty(), back) {
        (false, true) => Ok(Verdict::Lost),
        (true, true) => Err(Doubt::Slipping),
        _ if look.effect.p_below(1.0) < terms.alpha => Ok(Verdict::Held),
        _ => Err(Doubt::Slipping),
    }
}

#[cfg(test)]
mod tests {
    use super::{Case, Doubt, Terms, Verdict, judge};
    use crate::stats::sigma::rates::Rate;

    const TERMS: Terms = Terms { alpha: 0.05, relevant: 0.8 };

    fn rates(events: &[f64]) -> Vec<Rate> {
        events.iter().map(|&events| Rate { events, exposure: 10_000.0 }).collect()
    }

    const STEADY: [f64; 12] =
        [80.0, 76.0, 85.0, 79.0, 81.0, 74.0, 86.0, 83.0, 77.0, 80.0, 78.0, 82.0];

    fn case(after: &[f64]) -> Case {
        let calm: Vec<f64> = after.iter().enumerate().map(|(i, _)| STEADY[i % 12]).collect();
        Case {
            before: rates(&STEADY),
            after: rates(after),
            untreated: vec![(rates(&STEADY), rates(&calm)), (rates(&STEADY), rates(&calm))],
            chosen: 9..12,
            promised: Some(0.5),
        }
    }

    fn judged(case: Case) -> (Verdict, Option<Doubt>) {
        let judged = judge(&[case], TERMS);
        judged.first().map_or((Verdict::Unclear, None), |j| (j.verdict, j.doubt))
    }

    #[test]
    fn a_halved_rate_that_stays_is_held() {
        let after = [41.0, 38.0, 42.0, 40.0, 37.0, 43.0, 39.0, 41.0, 40.0];
        assert_eq!(judged(case(&after)), (Verdict::Held, None));
    }

    #[test]
    fn a_halved_rate_that_comes_back_is_lost() {
        let after = [41.0, 38.0, 42.0, 40.0, 37.0, 43.0, 70.0, 82.0, 80.0];
        assert_eq!(judged(case(&after)), (Verdict::Lost, None));
    }

    #[test]
    fn an_unmoved_rate_is_no_effect_and_a_worse_one_too() {
        let after = [82.0, 79.0, 75.0, 84.0, 80.0, 78.0, 83.0, 77.0, 81.0];
        assert_eq!(judged(case(&after)), (Verdict::NoEffect, None));
        assert_eq!(judged(case(&after.map(|x| x * 1.4))), (Verdict::NoEffect, None));
    }

    #[test]
    fn what_cannot_be_told_says_why() {
        assert_eq!(judged(case(&[])).1, Some(Doubt::Early));
        assert_eq!(judged(case(&[30.0, 31.0])).1, Some(Doubt::Young));
        let mut few = case(&[0.0, 1.0, 0.0, 0.0, 1.0]);
        few.before = rates(&[1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0]);
        assert_eq!(judged(few).1, Some(Doubt::Noise));
    }

    #[test]
    fn a_group_chosen_for_its_bad_months_must_beat_the_others_too() {
        let mut chosen = case(&[74.0, 72.0, 76.0, 73.0, 75.0, 74.0, 71.0, 77.0, 74.0]);
        let mut before = STEADY;
        before[9..].copy_from_slice(&[99.0, 102.0, 99.0]);
        chosen.before = rates(&before);
        chosen.promised = None;
        chosen.untreated.clear();
        assert_eq!(judged(chosen), (Verdict::Unclear, Some(Doubt::Chosen)));
    }

    /// A general improvement is nobody's gain.
    #[test]
    fn what_everybody_gained_is_not_the_projects() {
        let after = [41.0, 38.0, 42.0, 40.0, 37.0, 43.0, 39.0, 41.0, 40.0];
        let mut general = case(&after);
        general.untreated = vec![(rates(&STEADY), rates(&after)); 3];
        assert_eq!(judged(general).0, Verdict::NoEffect);
    }

    /// A deterministic lot: the sum of twelve uniforms, as good as normal.
    fn noisy(seed: &mut u64, mean: f64) -> f64 {
        let mut unit = || {
            *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            f64::from(u32::try_from(*seed >> 33).unwrap_or(0)) / f64::from(1_u32 << 31)
        };
        let z = (0..12).map(|_| unit()).sum::<f64>() - 6.0;
        (mean + z * mean.sqrt()).max(0.0).round()
    }

    fn share(factor: f64, wanted: Verdict) -> f64 {
        let (mut seed, mut hits) = (7_u64, 0.0);
        for _ in 0..400 {
            let mut draw = |mean: f64, n: usize| -> Vec<Rate> {
                rates(&(0..n).map(|_| noisy(&mut seed, mean)).collect::<Vec<f64>>())
            };
            let case = Case {
                before: draw(80.0, 12),
                after: draw(80.0 * factor, 9),
                untreated: (0..4).map(|_| (draw(80.0, 12), draw(80.0, 9))).collect(),
                chosen: 9..12,
                promised: Some(0.5),
            };
            hits += if judged(case).0 == wanted { 1.0 } else { 0.0 };
        }
        hits / 400.0
    }

    #[test]
    fn verdicts_are_right_as_often_as_they_claim() {
        assert!(share(0.5, Verdict::Held) > 0.95, "{}", share(0.5, Verdict::Held));
        assert!(share(1.0, Verdict::NoEffect) > 0.9);
        let false_gain = share(1.0, Verdict::Held) + share(1.0, Verdict::Lost);
        assert!(false_gain < 0.05, "{false_gain}");
    }
}
