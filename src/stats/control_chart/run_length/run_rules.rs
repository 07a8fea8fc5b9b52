//! Average run lengths of Shewhart charts with supplementary run rules, by the Markov chain of all
//! that the rules still remember.
//!
//! Source: C. Champ and W. Woodall, Technometrics 29 (1987), whose T(k, m, a, b) a memory is.

use std::collections::BTreeMap;

use crate::stats::Unestimable;
use crate::stats::control_chart::rules::Pattern;
use crate::stats::special::normal;

/// What one rule keeps in mind: a signal when `needed` of the last `window` standardised points
/// lie within its border, or beyond it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Memory {
    needed: usize,
    window: usize,
    region: Region,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Region {
    Above(f64),
    Below(f64),
    Within(f64),
    Outside(f64),
}

impl Region {
    const fn border(self) -> f64 {
        let (Self::Above(b) | Self::Below(b) | Self::Within(b) | Self::Outside(b)) = self;
        b
    }

    /// Whether the zone between two neighbouring borders belongs to the region.
    fn holds(self, from: f64, to: f64) -> bool {
        match self {
            Self::Above(border) => from >= border,
            Self::Below(border) => to <= border,
            Self::Within(border) => from >= -border && to <= border,
            Self::Outside(border) => from >= border || to <= -border,
        }
    }
}

/// The memories of a pattern, one for each side it looks at.
fn memories(pattern: Pattern) -> Result<Vec<Memory>, Unestimable> {
    let both = |needed, window, border: f64| {
        [Region::Above(border), Region::Below(-border)]
            .map(|region| Memory { needed, window, region })
            .to_vec()
    };
    match pattern {
        Pattern::Beyond { sigma } => Ok(both(1, 1, sigma)),
        Pattern::OneSide { points } => Ok(both(points, points, 0.0)),
        Pattern::SomeBeyond { needed, window, sigma } => Ok(both(needed, window, sigma)),
        Pattern::Within { points, sigma } => {
            Ok(vec![Memory { needed: points, window: points, region: Region::Within(sigma) }])
        }
        Pattern::Outside { points, sigma, both_sides: false } => {
            Ok(vec![Memory { needed: points, window: points, region: Region::Outside(sigma) }])
        }
        Pattern::Trend { .. } | Pattern::Alternating { .. } | Pattern::Outside { .. } => {
            Err(Unestimable::Outside("run lengths need rules of zones, not of order"))
        }
    }
}

/// States beyond which a set of rules is refused.
const MOST_STATES: usize = 50_000;
/// Steps after which the tail of run lengths must have become geometric.
const MOST_STEPS: usize = 1_000_000;

/// Expected points to the first signal of any of `rules`, when the mean is off by `shift` standard
/// errors.
///
/// # Errors
/// No rules, a rule of trend, alternation or both sides, one that no points can meet or that looks
/// at more than 64, rules that hardly ever signal, or that remember too much.
pub fn with_rules<R: Copy + Into<Pattern>>(rules: &[R], shift: f64) -> Result<f64, Unestimable> {
    let mut all = Vec::new();
    for rule in rules {
        all.extend(memories((*rule).into())?);
    }
    let met = |m: &Memory| {
        (1..=m.window).contains(&m.needed) && m.window <= 64 && m.region.border().is_finite()
    };
    if all.is_empty() || !all.iter().all(met) || !shift.is_finite() {
        return Err(Unestimable::Outside("every rule needs some of at most 64 points in a zone"));
    }
    survival(&chain(&all, &zones(&all, shift))?)
}

/// Zone between neighbouring borders: its probability, and which rules its points count for.
struct Zone {
    probability: f64,
    counts: Vec<bool>,
}

fn zones(rules: &[Memory], shift: f64) -> Vec<Zone> {
    let border = |rule: &Memory| [-rule.region.border(), rule.region.border()];
    let mut borders: Vec<f64> = rules.iter().flat_map(border).collect();
    borders.extend([f64::NEG_INFINITY, f64::INFINITY]);
    borders.sort_by(f64::total_cmp);
    borders.dedup();
    let zone = |(from, to): (f64, f64)| {
        let (a, b) = (from - shift, to - shift);
        let probability = if a > 0.0 {
            normal::cdf(-a) - normal::cdf(-b)
        } else {
            normal::cdf(b) - normal::cdf(a)
        };
        let counts = rules.iter().map(|rule| rule.region.holds(from, to)).collect();
        Zone { probability, counts }
    };
    borders.windows(2).map(|pair| zone((pair[0], pair[1]))).collect()
}

/// Moves of one step between states that have not signalled: from each, to which, how likely.
type Chain = Vec<Vec<(usize, f64)>>;

fn chain(rules: &[Memory], zones: &[Zone]) -> Result<Chain, Unestimable> {
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
fn step(rules: &[Memory], state: &[u64], zone: &Zone) -> Option<Vec<u64>> {
    let one = |((rule, &bits), &counts): ((&Memory, &u64), &bool)| {
        let bits = bits << 1 | u64::from(counts);
        (ones(bits) < rule.needed).then(|| forget(*rule, bits))
    };
    rules.iter().zip(state).zip(&zone.counts).map(one).collect()
}

fn ones(bits: u64) -> usize {
    bits.count_ones() as usize
}

/// Without the points too old to take part in any signal. A point `age` back (the newest 1) stays
/// for window − age points more, so it counts only if those and the younger ones can suffice.
fn forget(rule: Memory, bits: u64) -> u64 {
    let useful = |age: usize| {
        let younger = ones(bits & (u64::MAX >> (64 - age)));
        younger + rule.window - age >= rule.needed
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
    use super::{chain, memories, with_rules, zones};
    use crate::stats::control_chart::rules::{NHS, Pattern, Rule, WESTERN_ELECTRIC};
    use crate::stats::control_chart::run_length::shewhart;

    fn near(rules: &[Pattern], shift: f64, want: f64, distance: f64) {
        let got = with_rules(rules, shift).unwrap_or(f64::NAN);
        assert!((got - want).abs() < distance, "{got} for {want}");
    }

    /// C. Champ and W. Woodall (1987), table 1 (two decimals).
    #[test]
    fn run_lengths_of_champ_and_woodall() {
        let [beyond, two, four, eight] = WESTERN_ELECTRIC;
        near(&[beyond], 0.0, 370.40, 0.006);
        near(&[beyond, two], 0.0, 225.44, 0.006);
        near(&[beyond, four], 0.0, 166.05, 0.006);
        near(&[beyond, eight], 0.0, 152.73, 0.006);
        near(&WESTERN_ELECTRIC, 0.0, 91.75, 0.006);
    }

    /// A run of r with probability p each has the mean (1 − pʳ) / (pʳ (1 − p)).
    #[test]
    fn single_rules_have_closed_forms() {
        for shift in [0.0, 0.7, -2.0] {
            let want = shewhart(3.0, shift).unwrap_or(f64::NAN);
            near(&WESTERN_ELECTRIC[..1], shift, want, 1e-8 * want);
        }
        near(&[Pattern::OneSide { points: 8 }], 0.0, 255.0, 1e-8);
        let run = |p: f64, r: i32| (1.0 - p.powi(r)) / (p.powi(r) * (1.0 - p));
        let within = 0.682_689_492_137_085_9;
        let inside = [Rule::FifteenWithin.pattern()];
        near(&inside, 0.0, run(within, 15), 1e-6);
        near(&[Rule::EightBeyond.pattern()], 0.0, run(1.0 - within, 8), 1e-4);
    }

    #[test]
    fn only_what_still_matters_is_remembered() {
        let all: Vec<_> =
            WESTERN_ELECTRIC.iter().flat_map(|&p| memories(p).unwrap_or_default()).collect();
        let states = chain(&all, &zones(&all, 0.0)).map(|chain| chain.len());
        assert!(states.is_ok_and(|n| n < 400), "216 once equal futures are joined");
    }

    #[test]
    fn rules_of_order_and_rules_no_points_meet_are_refused() {
        assert!(with_rules(&NHS, 0.0).is_err() && with_rules::<Rule>(&[], 0.0).is_err());
        assert!(
            with_rules(&[Pattern::SomeBeyond { needed: 3, window: 2, sigma: 1.0 }], 0.0).is_err()
        );
        assert!(with_rules(&[Pattern::Beyond { sigma: f64::INFINITY }], 0.0).is_err());
    }
}
