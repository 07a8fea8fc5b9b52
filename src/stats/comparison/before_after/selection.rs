//! Was a group chosen because its last stretches were bad? Then it improves by itself.

use super::effect::Change;
use crate::stats::comparison::shrink::rates;
use crate::stats::control_chart::change_point::scaled;
use crate::stats::sigma::rates::{Rate, p_higher};

/// Where a stretch has more events than this, chance explains nothing of its rate.
const MANY: u64 = 100_000;

/// The stretches that led to the choice beside the others of the baseline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Selection {
    /// Rate of the stretches that led to the choice.
    pub window: f64,
    /// Rate of the rest of the baseline.
    pub rest: f64,
    /// Their rate drawn to the mean of the baseline as far as chance explains its height.
    pub shrunk: f64,
    /// Probability of so bad a window by chance, were nothing special about it.
    pub p: f64,
}

/// Compares the stretches that led to the choice with the rest of the baseline.
///
/// The shrunken rate is the gamma–Poisson one over all stretches
/// ([`crate::stats::comparison::shrink::rates`]). `None` where either part has no exposure.
#[must_use]
pub fn selection(window: &[Rate], rest: &[Rate]) -> Option<Selection> {
    let change = Change::of(rest, window)?;
    let (after, before) = (change.after.value()?, change.before.value()?);
    let scale = |rate| scaled(rate, change.dispersion);
    let units: Vec<(u64, f64)> = rest.iter().chain(window).map(counted).collect();
    let (count, exposure) = counted(&change.after);
    let few = units.iter().all(|(events, _)| *events <= MANY);
    let prior = few.then(|| rates::fit(&units)).flatten();
    let shrunk = prior.map(|prior| prior.shrunk(count, exposure));
    Some(Selection {
        window: after,
        rest: before,
        shrunk: shrunk.unwrap_or(after),
        p: p_higher(scale(change.after), scale(change.before)),
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "events are counts, not negative and far below 2^53"
)]
fn counted(rate: &Rate) -> (u64, f64) {
    (rate.events.round() as u64, rate.exposure)
}

#[cfg(test)]
mod tests {
    use super::selection;
    use crate::stats::sigma::rates::Rate;

    fn rates(events: &[f64]) -> Vec<Rate> {
        events.iter().map(|&events| Rate { events, exposure: 1000.0 }).collect()
    }

    #[test]
    fn a_bad_quarter_by_chance_is_drawn_to_the_mean() {
        let rest = rates(&[50.0, 46.0, 54.0, 49.0, 51.0, 50.0, 47.0, 53.0, 50.0]);
        let got = selection(&rates(&[56.0, 55.0, 57.0]), &rest);
        assert!(got.is_some_and(|s| s.p > 0.05 && (s.shrunk - 0.051_5).abs() < 1e-4), "{got:?}");
    }

    #[test]
    fn a_quarter_bad_beyond_chance_is_told_and_keeps_most_of_its_height() {
        let rest = rates(&[50.0, 46.0, 54.0, 49.0, 51.0, 50.0, 47.0, 53.0, 50.0]);
        let got = selection(&rates(&[120.0, 130.0, 125.0]), &rest);
        assert!(got.is_some_and(|s| s.p < 1e-9 && s.shrunk > 0.115 && s.shrunk < 0.125), "{got:?}");
        assert_eq!(selection(&[], &rest), None);
    }
}
