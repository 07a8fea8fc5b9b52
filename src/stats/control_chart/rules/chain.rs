//! Average run length of a set of rules, without simulation.
//!
//! Rules that look only at zones make the chart a Markov chain whose states are what the rules
//! remember of the last points (C. Champ and W. Woodall, Technometrics 29 (1987)). Trends and
//! alternation look at which of two points is the higher. For them each state carries the density
//! of the last point within its zone: "the next is higher, in the same zone" is the integral of
//! that density from below, and from zone to zone the order is known. In the probability Φ(z) the
//! density is smooth, so a few Gauss–Legendre nodes a zone carry it to ten digits.
//!
//! The chain starts without memory, as if the points before had all been quiet.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::Pattern;
use super::memory::{MAX_WINDOW, Memory};
use crate::stats::Unestimable;
use crate::stats::special::normal;
use crate::stats::special::quadrature::GaussLegendre;

/// States beyond this would take minutes.
const MAX_STATES: usize = 1_000_000;
/// Points after which a chain that has not settled is given up.
const MAX_POINTS: usize = 100_000;
/// Nodes a zone.
const NODES: usize = 8;

/// Average number of points up to the first signal of any of `patterns`, for independent normal
/// points whose mean lies `shift` sigma from the centre; 0 for a stable process.
///
/// # Errors
/// No rule, a window of more than 32 points, no signal ever, or a set that remembers too much.
pub fn average_run_length(patterns: &[Pattern], shift: f64) -> Result<f64, Unestimable> {
    let wide = |p: &Pattern| matches!(p, Pattern::SomeBeyond { .. }) && p.span() > MAX_WINDOW;
    if patterns.is_empty() || patterns.iter().any(wide) || !shift.is_finite() {
        return Err(Unestimable::Outside("needs a rule, windows of 32 points at most, a shift"));
    }
    Chain::new(patterns, shift)?.length()
}

/// A stretch between borders.
struct Zone {
    /// A point inside.
    z: f64,
    /// Half its probability: the density of a point over −1 … 1.
    density: f64,
}

fn zones(patterns: &[Pattern], shift: f64) -> Vec<Zone> {
    let mut borders: Vec<f64> = patterns.iter().flat_map(|p| p.borders()).collect();
    borders.extend([f64::NEG_INFINITY, f64::INFINITY]);
    borders.sort_by(f64::total_cmp);
    borders.dedup();
    let zone = |pair: &[f64]| {
        let (low, high) = (pair[0] - shift, pair[1] - shift);
        let mirrored = if low > 0.0 { (-high, -low) } else { (low, high) };
        let z = match (pair[0].is_finite(), pair[1].is_finite()) {
            (true, true) => f64::midpoint(pair[0], pair[1]),
            (true, false) => pair[0] + 1.0,
            (false, true) => pair[1] - 1.0,
            (false, false) => 0.0,
        };
        Zone { z, density: 0.5 * (normal::cdf(mirrored.1) - normal::cdf(mirrored.0)) }
    };
    borders.windows(2).map(zone).collect()
}

/// A step from one state to another.
struct Move {
    from: usize,
    to: usize,
    /// Direction within one zone; 0 where any point of the zone will do.
    direction: i8,
}

struct Chain {
    zones: Vec<Zone>,
    /// Zone of each state.
    places: Vec<usize>,
    /// States the first point may lead to.
    first: Vec<usize>,
    moves: Vec<Move>,
    integral: Integral,
}

impl Chain {
    fn new(patterns: &[Pattern], shift: f64) -> Result<Self, Unestimable> {
        let ordered = patterns.iter().any(|p| p.is_of_order());
        let integral = Integral::new(if ordered { NODES } else { 1 });
        let zones = zones(patterns, shift);
        let mut states = States { patterns, numbers: HashMap::new(), all: Vec::new() };
        let start = vec![(0, 0); patterns.len()];
        let first = (0..zones.len()).filter_map(|zone| states.next(&start, zone, &zones[zone], 0));
        let first: Vec<usize> = first.collect();
        let (mut moves, mut from) = (Vec::new(), 0);
        while let Some((here, memory)) = states.all.get(from).cloned() {
            for (there, zone) in zones.iter().enumerate() {
                let directions: &[i8] = match there.cmp(&here) {
                    _ if !ordered => &[0],
                    Ordering::Less => &[-1],
                    Ordering::Equal => &[-1, 1],
                    Ordering::Greater => &[1],
                };
                for &direction in directions {
                    let to = states.next(&memory, there, zone, direction);
                    let direction = if there == here { direction } else { 0 };
                    moves.extend(to.map(|to| Move { from, to, direction }));
                }
            }
            from += 1;
            if states.all.len() > MAX_STATES {
                return Err(Unestimable::NotSolvable("these rules together remember too much"));
            }
        }
        let places = states.all.iter().map(|(zone, _)| *zone).collect();
        Ok(Self { zones, places, first, moves, integral })
    }

    /// 1 + P(no signal at 1) + P(none at 1 and 2) + …, the tail as a geometric series once each
    /// term is the same share of the one before.
    fn length(&self) -> Result<f64, Unestimable> {
        let nodes = self.integral.nodes();
        let mut density = vec![0.0; self.places.len() * nodes];
        for &state in &self.first {
            density[state * nodes..][..nodes].fill(self.zones[self.places[state]].density);
        }
        let (mut sum, mut before, mut ratio, mut settled) = (1.0, self.mass(&density), 1.0, 0);
        for _ in 0..MAX_POINTS {
            sum += before;
            density = self.step(&density);
            let now = self.mass(&density);
            if before <= 0.0 || now <= 0.0 {
                return Ok(sum);
            }
            let next = now / before;
            settled = if (next - ratio).abs() <= 1e-11 * (1.0 - next) { settled + 1 } else { 0 };
            (before, ratio) = (now, next);
            if settled > MAX_WINDOW && ratio < 1.0 {
                return Ok(sum + now / (1.0 - ratio));
            }
        }
        Err(Unestimable::NotSolvable("these rules give no signal in any number of points"))
    }

    fn mass(&self, density: &[f64]) -> f64 {
        density.chunks_exact(self.integral.nodes()).map(|g| self.integral.whole(g)).sum()
    }

    fn step(&self, density: &[f64]) -> Vec<f64> {
        let nodes = self.integral.nodes();
        let masses: Vec<f64> =
            density.chunks_exact(nodes).map(|g| self.integral.whole(g)).collect();
        let mut next = vec![0.0; density.len()];
        for step in &self.moves {
            let share = self.zones[self.places[step.to]].density;
            let mass = masses[step.from];
            let to = &mut next[step.to * nodes..][..nodes];
            if step.direction == 0 {
                for g in to {
                    *g += share * mass;
                }
                continue;
            }
            let from = &density[step.from * nodes..][..nodes];
            for (g, below) in to.iter_mut().zip(self.integral.below(from)) {
                *g += share * if step.direction > 0 { below } else { mass - below };
            }
        }
        next
    }
}

/// States as they are found: a zone and what each pattern remembers.
struct States<'a> {
    patterns: &'a [Pattern],
    numbers: HashMap<(usize, Vec<Memory>), usize>,
    all: Vec<(usize, Vec<Memory>)>,
}

impl States<'_> {
    /// The state after a point in `zone`; `None` where it completes a pattern.
    fn next(
        &mut self,
        memory: &[Memory],
        place: usize,
        zone: &Zone,
        direction: i8,
    ) -> Option<usize> {
        let each = self.patterns.iter().zip(memory);
        let memory: Option<Vec<Memory>> =
            each.map(|(pattern, &memory)| pattern.remember(memory, zone.z, direction)).collect();
        let state = (place, memory?);
        let new = self.all.len();
        let number = *self.numbers.entry(state.clone()).or_insert(new);
        if number == new {
            self.all.push(state);
        }
        Some(number)
    }
}

/// Integrals over −1 … 1 of a function known at Gauss–Legendre nodes.
struct Integral {
    weights: Vec<f64>,
    /// Row i: weights of ∫ from −1 to node i.
    rows: Vec<Vec<f64>>,
}

impl Integral {
    fn new(n: usize) -> Self {
        let (nodes, weights): (Vec<f64>, Vec<f64>) = GaussLegendre::new(n).on(-1.0, 1.0).unzip();
        // The interpolating polynomial is Σₖ (k + ½) Pₖ(t) Σⱼ wⱼ Pₖ(tⱼ) g(tⱼ), and
        // (2k + 1) ∫Pₖ = Pₖ₊₁ − Pₖ₋₁.
        let legendre: Vec<Vec<f64>> = nodes.iter().map(|&t| legendre(t, n)).collect();
        let below = |at: &[f64], k: usize| match k {
            0 => at[1] + 1.0,
            _ => at[k + 1] - at[k - 1],
        };
        let weight = |at: &[f64], j: usize| {
            let sum: f64 = (0..n).map(|k| below(at, k) * legendre[j][k]).sum();
            0.5 * weights[j] * sum
        };
        let rows = legendre.iter().map(|at| (0..n).map(|j| weight(at, j)).collect()).collect();
        Self { weights, rows }
    }

    fn nodes(&self) -> usize {
        self.weights.len()
    }

    fn whole(&self, g: &[f64]) -> f64 {
        dot(&self.weights, g)
    }

    fn below<'a>(&'a self, g: &'a [f64]) -> impl Iterator<Item = f64> + 'a {
        self.rows.iter().map(move |row| dot(row, g))
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// P₀(t) … Pₙ(t).
fn legendre(t: f64, n: usize) -> Vec<f64> {
    let mut p = vec![1.0, t];
    for k in (1_u32..).take(n.saturating_sub(1)).map(f64::from) {
        let (last, before) = (p[p.len() - 1], p[p.len() - 2]);
        p.push(((2.0 * k + 1.0) * t * last - k * before) / (k + 1.0));
    }
    p
}

#[cfg(test)]
mod tests {
    use super::average_run_length;
    use crate::stats::control_chart::rules::{Pattern, Rule, WESTERN_ELECTRIC};

    fn arl(patterns: &[Pattern], shift: f64) -> f64 {
        average_run_length(patterns, shift).unwrap_or(f64::NAN)
    }

    /// C. Champ and W. Woodall, Technometrics 29 (1987), table 1.
    #[test]
    fn western_electric_has_its_published_run_lengths() {
        let [beyond, two_of_three, four_of_five, eight] = WESTERN_ELECTRIC;
        let published: [(&[Pattern], f64, f64); 8] = [
            (&[beyond], 0.0, 370.40),
            (&[beyond], 1.0, 43.89),
            (&[beyond, two_of_three], 0.0, 225.44),
            (&[beyond, four_of_five], 0.0, 166.05),
            (&[beyond, eight], 0.0, 152.73),
            (&[beyond, two_of_three, four_of_five], 0.0, 132.89),
            (&[beyond, four_of_five, eight], 0.0, 105.78),
            (&WESTERN_ELECTRIC, 0.0, 91.75),
        ];
        for (set, shift, length) in published {
            assert!((arl(set, shift) - length).abs() < 0.006, "{length}: {}", arl(set, shift));
        }
    }

    /// Runs on one side: 2ʳ − 1. Three points that never rise or fall thrice are counted by the
    /// zigzag numbers, whose generating function is sec + tan; three that never turn, by 2/n!.
    #[test]
    fn run_lengths_known_in_closed_form() {
        let close = |set: &[Pattern], want: f64| {
            let got = arl(set, 0.0);
            assert!((got / want - 1.0).abs() < 1e-10, "{set:?}: {got} for {want}");
        };
        close(&[Pattern::OneSide { points: 9 }], 511.0);
        close(&[Pattern::Trend { points: 3 }], 2.0 * (1.0 / 1.0_f64.cos() + 1.0_f64.tan()) - 2.0);
        close(&[Pattern::Alternating { points: 3 }], 2.0 * std::f64::consts::E - 2.0);
        let p = 0.682_689_492_137_085_9_f64;
        let run = (1.0 - p.powi(15)) / ((1.0 - p) * p.powi(15));
        close(&[Rule::FifteenWithin.pattern()], run);
    }

    /// Simulation of 200,000 charts gives 73.40 and 117.93, with standard errors 0.15 and 0.26.
    #[test]
    fn trends_and_alternation_join_the_zone_rules() {
        let nelson = Rule::ALL.map(Rule::pattern);
        assert!((arl(&nelson, 0.0) - 73.479_951_586).abs() < 1e-8);
        let usual = [nelson[0], nelson[1], nelson[2], nelson[4]];
        assert!((arl(&usual, 0.0) - 117.771_845_272).abs() < 1e-8);
        assert!(arl(&usual, 1.0) < arl(&usual[..2], 1.0));
        assert!((arl(&nelson, 1.5) - arl(&nelson, -1.5)).abs() < 1e-9);
    }

    #[test]
    fn a_set_that_cannot_be_followed_says_so() {
        assert!(average_run_length(&[], 0.0).is_err());
        let wide = Pattern::SomeBeyond { needed: 2, window: 33, sigma: 2.0 };
        assert!(average_run_length(&[wide], 0.0).is_err());
        assert!(average_run_length(&WESTERN_ELECTRIC, f64::NAN).is_err());
    }
}
