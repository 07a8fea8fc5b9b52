//! The change of one group, and what is left of it beside untreated groups.

use crate::stats::comparison::shrink::means::{self, Mean};
use crate::stats::control_chart::change_point::{dispersion_about, scaled};
use crate::stats::interval::{self, Bounds, Estimate};
use crate::stats::sigma::rates::{self, Rate};
use crate::stats::special::{gamma, normal};

/// Events and exposure before and after.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// Before.
    pub before: Rate,
    /// After.
    pub after: Rate,
    /// Variance over mean of the stretches within each side, at least 1.
    pub dispersion: f64,
}

impl Change {
    /// From stretches of time before and after. `None` where a side has no exposure.
    #[must_use]
    pub fn of(before: &[Rate], after: &[Rate]) -> Option<Self> {
        let dispersion = dispersion_about(&[before, after].concat(), before.len());
        let (before, after) = (total(before), total(after));
        let exposed = before.exposure > 0.0 && after.exposure > 0.0;
        exposed.then_some(Self { before, after, dispersion })
    }

    /// Rate after over rate before, with its exact interval; an end may be infinite.
    #[must_use]
    pub fn ratio(&self, level: f64) -> Option<Estimate> {
        let (value, bounds) = rates::ratio(self.scaled_after(), self.scaled_before(), level)?;
        Some(Estimate { value, bounds })
    }

    /// Rate after less rate before, by MOVER of the exact interval of each.
    #[must_use]
    pub fn difference(&self, level: f64) -> Option<Estimate> {
        let estimate = |rate: Rate| {
            let bounds = bounds(scaled(rate, self.dispersion), self.dispersion, level)?;
            Some(Estimate { value: rate.value()?, bounds })
        };
        let (after, before) = (estimate(self.after)?, estimate(self.before)?);
        let bounds = interval::difference(after, before);
        Some(Estimate { value: after.value - before.value, bounds })
    }

    /// Logarithm of the ratio with its variance d (1/a + 1/b); half an event is added to either
    /// side where one has none. `None` where both have none.
    fn log(&self) -> Option<Mean> {
        let (a, b) = (self.after.events, self.before.events);
        let half = if a > 0.0 && b > 0.0 { 0.0 } else { 0.5 };
        let (a, b) = (a + half, b + half);
        let value = (a / self.after.exposure).ln() - (b / self.before.exposure).ln();
        let variance = self.dispersion * (1.0 / a + 1.0 / b);
        (self.after.events + self.before.events > 0.0 && value.is_finite())
            .then_some(Mean { value, variance })
    }

    fn scaled_before(&self) -> Rate {
        scaled(self.before, self.dispersion)
    }

    fn scaled_after(&self) -> Rate {
        scaled(self.after, self.dispersion)
    }
}

/// Sum of stretches.
pub(super) fn total(stretches: &[Rate]) -> Rate {
    let events = stretches.iter().map(|rate| rate.events).sum();
    Rate { events, exposure: stretches.iter().map(|rate| rate.exposure).sum() }
}

/// Garwood's interval of a rate whose events were divided by the dispersion.
fn bounds(rate: Rate, dispersion: f64, level: f64) -> Option<Bounds> {
    let tail = (1.0 - level) / 2.0;
    let low = if rate.events > 0.0 { gamma::quantile(rate.events, tail)? } else { 0.0 };
    let high = gamma::quantile(rate.events + 1.0, 1.0 - tail)?;
    let unit = dispersion / rate.exposure;
    Some(Bounds { low: low * unit, high: high * unit })
}

/// What is left of a change beside the untreated: the ratio of ratios on its logarithm.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    log: f64,
    error: f64,
    /// Untreated groups it was compared with.
    pub groups: usize,
    /// Standard deviation of the untreated groups' own log ratios beyond chance.
    pub spread: f64,
    /// Ratio after over before of the untreated; `None` without any.
    pub untreated: Option<f64>,
}

/// The effect on the treated beside the untreated groups; without any, the change itself.
/// `None` where the treated has no events at all.
#[must_use]
pub fn effect(treated: &Change, untreated: &[Change]) -> Option<Effect> {
    let groups: Vec<Mean> = untreated.iter().filter_map(Change::log).collect();
    Some(against(treated.log()?, &groups))
}

/// ln R = y − μ with variance v + τ² + 1/Σ 1/(vᵢ + τ²), μ and τ² fitted to the groups.
fn against(own: Mean, groups: &[Mean]) -> Effect {
    let (mean, spread) = match groups {
        [] => return Effect::alone(own),
        [one] => (one.value, 0.0),
        many => means::fit(many).map_or((0.0, 0.0), |prior| (prior.mean, prior.spread)),
    };
    let weights: f64 = groups.iter().map(|group| 1.0 / (group.variance + spread)).sum();
    Effect {
        log: own.value - mean,
        error: (own.variance + spread + 1.0 / weights).sqrt(),
        groups: groups.len(),
        spread: spread.sqrt(),
        untreated: Some(mean.exp()),
    }
}

impl Effect {
    fn alone(own: Mean) -> Self {
        let error = own.variance.sqrt();
        Self { log: own.value, error, groups: 0, spread: 0.0, untreated: None }
    }

    /// The ratio with its interval on the logarithm.
    #[must_use]
    pub fn ratio(&self, level: f64) -> Estimate {
        let half = normal::quantile(f64::midpoint(1.0, level)).unwrap_or(f64::NAN) * self.error;
        let bounds = Bounds { low: (self.log - half).exp(), high: (self.log + half).exp() };
        Estimate { value: self.log.exp(), bounds }
    }

    /// Probability of a ratio as low or lower, were it truly `ratio`.
    #[must_use]
    pub fn p_below(&self, ratio: f64) -> f64 {
        normal::cdf((self.log - ratio.ln()) / self.error)
    }

    /// Probability of a ratio as high or higher, were it truly `ratio`.
    #[must_use]
    pub fn p_above(&self, ratio: f64) -> f64 {
        normal::cdf((ratio.ln() - self.log) / self.error)
    }

    /// The ratio below 1 that a one-sided test at `alpha` finds with `power`.
    #[must_use]
    pub fn detectable(&self, alpha: f64, power: f64) -> Option<f64> {
        let reach = normal::upper_quantile(alpha)? + normal::quantile(power)?;
        Some((-reach * self.error).exp())
    }

    /// Events the effect has spared (negative: added), given those seen after: n (1/R − 1).
    #[must_use]
    pub fn avoided(&self, after: f64, level: f64) -> Estimate {
        let ratio = self.ratio(level);
        let spared = |r: f64| after * (1.0 / r - 1.0);
        let bounds = Bounds { low: spared(ratio.bounds.high), high: spared(ratio.bounds.low) };
        Estimate { value: spared(ratio.value), bounds }
    }
}

#[cfg(test)]
mod tests {
    use super::{Change, Mean, against, effect};
    use crate::stats::sigma::rates::Rate;

    fn rates(events: &[f64]) -> Vec<Rate> {
        events.iter().map(|&events| Rate { events, exposure: 1000.0 }).collect()
    }

    /// D. Altman and M. Bland, BMJ 326 (2003) 219: relative risks 0.67 (0.46 to 0.98) and 0.88
    /// (0.71 to 1.08) with standard errors 0.1929 and 0.1070 of their logarithms.
    #[test]
    fn the_ratio_of_two_ratios_is_the_published_one() {
        let mean = |ratio: f64, error: f64| Mean { value: ratio.ln(), variance: error * error };
        let effect = against(mean(0.67, 0.1929), &[mean(0.88, 0.1070)]);
        let ratio = effect.ratio(0.95);
        assert!((ratio.value - 0.76).abs() < 0.005);
        assert!((ratio.bounds.low - 0.49).abs() < 0.005, "{ratio:?}");
        assert!((ratio.bounds.high - 1.17).abs() < 0.005, "{ratio:?}");
        assert!((2.0 * effect.p_below(1.0) - 0.2).abs() < 0.02);
    }

    /// By hand: 400 to 200 beside 400 to 400; variance 1/400 + 1/200 + 1/400 + 1/400 = 0.0125.
    #[test]
    fn a_halved_rate_beside_a_steady_one() {
        let treated = Change::of(&rates(&[200.0, 200.0]), &rates(&[100.0, 100.0]));
        let steady = Change::of(&rates(&[200.0, 200.0]), &rates(&[200.0, 200.0]));
        let got = treated.zip(steady).and_then(|(t, s)| effect(&t, &[s]));
        let ratio = got.map(|e| e.ratio(0.95)).unwrap_or_default();
        let half = 1.959_963_985 * 0.012_5_f64.sqrt();
        assert!((ratio.value - 0.5).abs() < 1e-12);
        assert!((ratio.bounds.low - 0.5 * (-half).exp()).abs() < 1e-9);
        let avoided = got.map(|e| e.avoided(200.0, 0.95)).unwrap_or_default();
        assert!((avoided.value - 200.0).abs() < 1e-9 && avoided.bounds.low < 200.0);
        assert!(got.and_then(|e| e.detectable(0.05, 0.8)).is_some_and(|r| r > 0.7 && r < 0.8));
    }

    #[test]
    fn what_happened_to_everybody_is_no_effect() {
        let fell = Change::of(&rates(&[200.0, 210.0]), &rates(&[100.0, 105.0]));
        let got = fell.and_then(|change| effect(&change, &[change, change, change]));
        assert!(got.is_some_and(|e| (e.ratio(0.95).value - 1.0).abs() < 1e-12));
        assert!(got.is_some_and(|e| e.untreated.is_some_and(|u| (u - 0.5).abs() < 1e-12)));
    }

    #[test]
    fn groups_that_differ_widen_the_interval() {
        let change = |after: f64| Change::of(&rates(&[300.0]), &rates(&[after]));
        let treated = change(150.0);
        let got = |others: [f64; 3]| {
            let groups: Vec<Change> = others.into_iter().filter_map(change).collect();
            treated.and_then(|t| effect(&t, &groups)).map(|e| (e.spread, e.p_below(1.0)))
        };
        let (calm, wild) = (got([300.0, 300.0, 300.0]), got([200.0, 300.0, 450.0]));
        assert!(calm.is_some_and(|(spread, p)| spread == 0.0 && p < 1e-6));
        assert!(wild.is_some_and(|(spread, p)| spread > 0.2 && p > 0.01), "{wild:?}");
    }

    #[test]
    fn the_difference_is_that_of_the_rates_and_nothing_is_made_of_nothing() {
        let change = Change::of(&rates(&[10.0, 10.0]), &rates(&[4.0, 4.0]));
        let difference = change.and_then(|c| c.difference(0.95)).unwrap_or_default();
        assert!((difference.value + 0.006).abs() < 1e-12);
        assert!(difference.bounds.low < -0.006 && difference.bounds.high < 0.002);
        assert_eq!(Change::of(&[], &rates(&[1.0])), None);
        let none = Change::of(&rates(&[0.0]), &rates(&[0.0]));
        assert!(none.is_some_and(|c| effect(&c, &[]).is_none()));
        let gone = Change::of(&rates(&[9.0]), &rates(&[0.0]));
        assert!(gone.and_then(|c| effect(&c, &[])).is_some_and(|e| e.p_below(1.0) < 0.1));
    }
}
