//! Average run lengths of Shewhart charts with supplementary run rules, by the Markov chain of all
//! that the rules still remember.
//!
//! Source: C. Champ and W. Woodall, Technometrics 29 (1987), whose T(k, m, a, b) a rule is.

use std::collections::BTreeMap;

use crate::stats::Unestimable;
use crate::stats::special::normal;

/// A signal when `needed` of the last `window` standardised points lie between `from` and `to`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RunRule {
    /// Points that must lie between.
    pub needed: u32,
    /// Points looked at, 64 at most.
    pub window: u32,
    /// Lower border.
    pub from: f64,
    /// Upper border.
    pub to: f64,
}

const fn rule(needed: u32, window: u32, from: f64, to: f64) -> RunRule {
    RunRule { needed, window, from, to }
}
const FAR: f64 = f64::INFINITY;

/// The four rules of the Western Electric *Handbook* (1956), each on both sides: one beyond 3
/// sigma, two of three beyond 2, four of five beyond 1, eight on one side.
pub const WESTERN_ELECTRIC: [RunRule; 8] = [
    rule(1, 1, 3.0, FAR),
    rule(1, 1, -FAR, -3.0),
    rule(2, 3, 2.0, FAR),
    rule(2, 3, -FAR, -2.0),
    rule(4, 5, 1.0, FAR),
    rule(4, 5, -FAR, -1.0),
    rule(8, 8, 0.0, FAR),
    rule(8, 8, -FAR, 0.0),
];

/// States beyond which a set of rules is refused.
const MOST_STATES: usize = 50_000;
/// Steps after which the tail of run lengths must have become geometric.
const MOST_STEPS: usize = 1_000_000;

/// Expected points to the first signal of any of `rules`, when the mean is off by `shift` standard
/// errors.
///
/// # Errors
/// A rule that cannot be met, rules that can never signal, or that remember too much.
pub fn with_rules(rules: &[RunRule], shift: f64) -> Result<f64, Unestimable> {
    let met = |r: &RunRule| r.needed > 0 && r.needed <= r.window && r.window <= 64 && r.from < r.to;
    if rules.is_empty() || !rules.iter().all(met) || !shift.is_finite() {
        return Err(Unestimable::Outside("every rule needs k of m <= 64 points in an interval"));
    }
    survival(&chain(rules, &zones(rules, shift))?)
}

/// Zone between neighbouring borders: its probability, and which rules its points count for.
struct Zone {
    probability: f64,
    counts: Vec<bool>,
}

fn zones(rules: &[RunRule], shift: f64) -> Vec<Zone> {
    let mut borders: Vec<f64> = rules.iter().flat_map(|r| [r.from, r.to]).collect();
    borders.extend([-FAR, FAR]);
    borders.sort_by(f64::total_cmp);
    borders.dedup();
    let zone = |(from, to): (f64, f64)| {
        let (a, b) = (from - shift, to - shift);
        let probability = if a > 0.0 {
            normal::cdf(-a) - normal::cdf(-b)
        } else {
            normal::cdf(b) - normal::cdf(a)
        };
        let counts = rules.iter().map(|r| r.from <= from && to <= r.to).collect();
        Zone { probability, counts }
    };
    borders.windows(2).map(|pair| zone((pair[0], pair[1]))).collect()
}

/// Moves of one step between states that have not signalled: from each, to which, how likely.
type Chain = Vec<Vec<(usize, f64)>>;

fn chain(rules: &[RunRule], zones: &[Zone]) -> Result<Chain, Unestimable> {
    let clear = vec![0_u64; rules.len()];
    let mut numbers = BTreeMap::from([(clear.clone(), 0)]);
    let mut open = vec![clear];
    let mut chain = Chain::new();
    while let Some(state) = open.get(chain.len()).cloned() {
        let mut moves = Vec::with_capacity(zones.len());
        for zone in zones {
            let Some(next) = step(rules, &state, zone) else { continue };
            let number = *numbers.entry(next).or_insert_with_key(|next| {
                open.push(next.clone());
                open.len() - 1
            });
            moves.push((number, zone.probability));
        }
        chain.push(moves);
        if open.len() > MOST_STATES {
            return Err(Unestimable::NotSolvable("the rules remember too many patterns"));
        }
    }
    Ok(chain)
}

/// What the rules remember after a point in `zone`; `None` when one signals.
fn step(rules: &[RunRule], state: &[u64], zone: &Zone) -> Option<Vec<u64>> {
    let one = |((rule, &bits), &counts): ((&RunRule, &u64), &bool)| {
        let bits = bits << 1 | u64::from(counts);
        (bits.count_ones() < rule.needed).then(|| forget(*rule, bits))
    };
    rules.iter().zip(state).zip(&zone.counts).map(one).collect()
}

/// Without the points too old to take part in any signal. A point `age` back (the newest 1) stays
/// for window − age points more, so it counts only if those and the younger ones can suffice.
fn forget(rule: RunRule, bits: u64) -> u64 {
    let useful = |age: u32| {
        let younger = (bits & (u64::MAX >> (64 - age))).count_ones();
        age < rule.window && younger + rule.window - age >= rule.needed
    };
    (1..rule.window).filter(|&age| useful(age)).fold(0, |kept, age| kept | bits & 1 << (age - 1))
}

/// Σ P(run > t), summed until successive terms fall geometrically, then to infinity.
fn survival(chain: &Chain) -> Result<f64, Unestimable> {
    let mut now = vec![0.0; chain.len()];
    now[0] = 1.0;
    let (mut total, mut alive, mut ratio) = (1.0, 1.0, 0.0);
    for step in 1..MOST_STEPS {
        let mut next = vec![0.0; chain.len()];
        for (moves, p) in chain.iter().zip(&now) {
            for (to, q) in moves {
                next[*to] += p * q;
            }
        }
        let left: f64 = next.iter().sum();
        let steady = (left / alive - ratio).abs() <= 1e-14 * ratio;
        (ratio, alive, now) = (left / alive, left, next);
        total += alive;
        if alive <= 0.0 || alive < 1e-17 * total || steady && step > 64 && ratio < 1.0 {
            let tail = if ratio < 1.0 { alive * ratio / (1.0 - ratio) } else { 0.0 };
            return Ok(total + tail);
        }
    }
    Err(Unestimable::NotSolvable("the rules hardly ever signal"))
}

#[cfg(test)]
mod tests {
    use super::{RunRule, WESTERN_ELECTRIC, chain, rule, with_rules, zones};
    use crate::stats::control_chart::run_length::shewhart;

    fn near(rules: &[RunRule], shift: f64, want: f64, distance: f64) {
        let got = with_rules(rules, shift).unwrap_or(f64::NAN);
        assert!((got - want).abs() < distance, "{got} for {want}");
    }

    /// C. Champ and W. Woodall (1987), table 1 (two decimals): rules 1; 1 and 2; 1 and 4; all four.
    #[test]
    fn run_lengths_of_champ_and_woodall() {
        let pick = |numbers: &[usize]| -> Vec<RunRule> {
            numbers.iter().flat_map(|n| WESTERN_ELECTRIC[2 * n - 2..2 * n].to_vec()).collect()
        };
        near(&pick(&[1]), 0.0, 370.40, 0.006);
        near(&pick(&[1, 2]), 0.0, 225.44, 0.006);
        near(&pick(&[1, 3]), 0.0, 166.05, 0.006);
        near(&pick(&[1, 4]), 0.0, 152.73, 0.006);
        near(&WESTERN_ELECTRIC, 0.0, 91.75, 0.006);
    }

    #[test]
    fn rules_without_memory_are_shewharts_and_a_run_has_its_closed_form() {
        for shift in [0.0, 0.7, -2.0] {
            let want = shewhart(3.0, shift).unwrap_or(f64::NAN);
            near(&WESTERN_ELECTRIC[..2], shift, want, 1e-8 * want);
        }
        near(&[rule(8, 8, 0.0, f64::INFINITY)], 0.0, 510.0, 1e-8);
    }

    #[test]
    fn only_what_still_matters_is_remembered() {
        let states = chain(&WESTERN_ELECTRIC, &zones(&WESTERN_ELECTRIC, 0.0)).map(|c| c.len());
        assert!(states.is_ok_and(|n| n < 400), "216 once equal futures are joined");
        assert!(with_rules(&[], 0.0).is_err() && with_rules(&[rule(3, 2, 0.0, 1.0)], 0.0).is_err());
    }
}
