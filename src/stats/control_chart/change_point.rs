//! When did a rate of counts change? One change, kept since.
//!
//! For every point the counts before and since are compared by the likelihood ratio of two Poisson
//! rates against one; the point with the largest is taken. Its p-value is the exact conditional
//! one ([`crate::stats::sigma::rates`]) times the number of points tried (Bonferroni), which errs on the safe
//! side. Counts that vary more than Poisson counts within both segments are divided by that
//! factor first (quasi-likelihood). Sources: D. Hinkley, Biometrika 57 (1970); P. `McCullagh`
//! and J. Nelder, *Generalized Linear Models* (1989), § 6.

use crate::stats::sigma::rates::{self, Rate};

/// Which way a rate went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Up.
    Rise,
    /// Down.
    Fall,
}

/// A change of rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// First point after the change.
    pub at: usize,
    /// Likelihood-ratio statistic 2 ln Λ over the dispersion.
    pub deviance: f64,
    /// One-sided p-value, adjusted for the points tried.
    pub p: f64,
    /// Events and exposure before.
    pub before: Rate,
    /// Events and exposure since.
    pub after: Rate,
    /// Variance over mean within the segments, at least 1.
    pub dispersion: f64,
}

/// Points before a change, at least: a rate known from fewer is no baseline.
pub const MIN_BEFORE: usize = 3;

/// The likeliest change in one direction. `None` where no point shows the rate going that way.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "points of a series are few")]
pub fn likeliest(series: &[Rate], way: Way) -> Option<Change> {
    let exposed: Vec<usize> = (0..series.len()).filter(|&i| series[i].exposure > 0.0).collect();
    let tried = exposed.get(MIN_BEFORE..)?;
    let best = tried.iter().filter_map(|&at| Some((at, deviance_at(series, at, way)?)));
    let (at, raw) = best.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
    let dispersion = dispersion_about(series, at);
    let (before, after) = (total(&series[..at]), total(&series[at..]));
    let p = one_sided(scaled(before, dispersion), scaled(after, dispersion), way);
    let p = (p * tried.len() as f64).min(1.0);
    Some(Change { at, deviance: raw / dispersion, p, before, after, dispersion })
}

/// One-sided p-value and statistic of a change at a given point, without adjustment.
#[must_use]
pub fn evidence_at(series: &[Rate], at: usize, way: Way) -> f64 {
    let dispersion = dispersion_about(series, at);
    let (before, after) = series.split_at(at.min(series.len()));
    one_sided(scaled(total(before), dispersion), scaled(total(after), dispersion), way)
}

/// A rate whose counts are divided by their dispersion.
#[must_use]
pub fn scaled(rate: Rate, dispersion: f64) -> Rate {
    Rate { events: rate.events / dispersion, exposure: rate.exposure }
}

fn one_sided(before: Rate, after: Rate, way: Way) -> f64 {
    match way {
        Way::Rise => rates::p_higher(after, before),
        Way::Fall => rates::p_lower(after, before),
    }
}

fn total(series: &[Rate]) -> Rate {
    let events = series.iter().map(|r| r.events).sum();
    Rate { events, exposure: series.iter().map(|r| r.exposure).sum() }
}

fn deviance_at(series: &[Rate], at: usize, way: Way) -> Option<f64> {
    let (before, after) = (total(&series[..at]), total(&series[at..]));
    let (old, new) = (before.value()?, after.value()?);
    let moved = if way == Way::Rise { new > old } else { new < old };
    let pooled = (before.events + after.events) / (before.exposure + after.exposure);
    let part =
        |r: Rate, rate: f64| if r.events > 0.0 { r.events * (rate / pooled).ln() } else { 0.0 };
    moved.then(|| 2.0 * (part(before, old) + part(after, new)))
}

/// Pearson χ² over its degrees of freedom about the mean of each segment, at least 1.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "points of a series are few")]
pub fn dispersion_about(series: &[Rate], at: usize) -> f64 {
    let (mut chi2, mut df) = (0.0, 0.0);
    for segment in [&series[..at], &series[at..]] {
        let Some(rate) = total(segment).value().filter(|&rate| rate > 0.0) else { continue };
        let exposed: Vec<&Rate> = segment.iter().filter(|r| r.exposure > 0.0).collect();
        let term = |r: &&Rate| (r.events - rate * r.exposure).powi(2) / (rate * r.exposure);
        chi2 += exposed.iter().map(term).sum::<f64>();
        df += exposed.len() as f64 - 1.0;
    }
    if df > 0.0 { (chi2 / df).max(1.0) } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::{Way, likeliest};
    use crate::stats::sigma::rates::Rate;

    fn series(events: &[f64]) -> Vec<Rate> {
        events.iter().map(|&events| Rate { events, exposure: 100.0 }).collect()
    }

    /// British coal-mining disasters from 1851, summed over five years (R. Jarrett, Biometrika 66,
    /// 1979): the rate fell about 1890.
    #[test]
    fn the_mines_grew_safer_about_1890() {
        let counts = [
            14.0, 17.0, 12.0, 21.0, 17.0, 18.0, 14.0, 12.0, 6.0, 4.0, 5.0, 8.0, 3.0, 2.0, 3.0, 4.0,
            10.0, 6.0, 6.0, 5.0, 1.0, 2.0,
        ];
        let change = likeliest(&series(&counts), Way::Fall).map(|c| (c.at, c.p < 1e-9));
        assert_eq!(change, Some((8, true)));
        assert!(likeliest(&series(&counts), Way::Rise).is_none_or(|c| c.p > 0.1));
    }

    #[test]
    fn nothing_changes_in_equal_or_empty_counts() {
        assert_eq!(likeliest(&series(&[5.0; 12]), Way::Rise), None);
        assert_eq!(likeliest(&series(&[0.0; 12]), Way::Fall), None);
        assert_eq!(likeliest(&series(&[]), Way::Rise), None);
        assert_eq!(likeliest(&series(&[1.0, 9.0]), Way::Rise), None);
    }

    #[test]
    fn counts_that_jump_about_need_more_evidence() {
        let calm = [20.0, 20.0, 20.0, 20.0, 20.0, 20.0, 40.0, 40.0];
        let wild = [2.0, 38.0, 5.0, 35.0, 1.0, 39.0, 60.0, 20.0];
        let p = |counts: &[f64]| likeliest(&series(counts), Way::Rise).map_or(1.0, |c| c.p);
        assert!(p(&calm) < 1e-3 && p(&wild) > 0.05, "{} {}", p(&calm), p(&wild));
    }
}
