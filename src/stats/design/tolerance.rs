//! What a design will do before it is built: the distribution of a result made of components.
//!
//! The result is Σ cᵢ xᵢ of independent components. Its mean and variance are exact,
//! Σ cᵢ μᵢ and Σ cᵢ² σᵢ² ("root sum of squares"), whatever the shapes; the share within the limits
//! is not, so it is simulated.
//!
//! Sources: D. H. Evans, Statistical tolerancing, Journal of Quality Technology 6 (1974) and 7
//! (1975); NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.6, for the distributions.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

use crate::stats::capability::{Beyond, Specification};
use crate::stats::interval::{Bounds, Estimate, clopper_pearson};
use crate::stats::special::normal;
use crate::stats::summary::moments::Moments;
use crate::stats::{Unestimable, count, squarable};

/// The distribution of a component, by its mean and standard deviation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Normal.
    Normal,
    /// As likely anywhere within mean ± √3 standard deviations.
    Uniform,
    /// A symmetric triangle over mean ± √6 standard deviations.
    Triangular,
    /// Lognormal: its logarithm is normal. The mean must be positive.
    Lognormal,
}

impl Shape {
    /// The shape of that name: `normal`, `uniform`, `triangular`, `lognormal`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "normal" => Some(Self::Normal),
            "uniform" => Some(Self::Uniform),
            "triangular" => Some(Self::Triangular),
            "lognormal" => Some(Self::Lognormal),
            _ => None,
        }
    }
}

/// One component of a result.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Component {
    /// Mean, in the component's unit.
    pub mean: f64,
    /// Standard deviation, likewise; 0 of a constant.
    pub sd: f64,
    /// How the result moves with it: result per unit of the component.
    pub coefficient: f64,
    /// Its distribution.
    pub shape: Shape,
}

/// How to simulate. The same seed gives the same figures on every machine; print it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Terms {
    /// Seed of the `ChaCha8` stream.
    pub seed: u64,
    /// Results to draw.
    pub draws: u32,
    /// Level of the interval.
    pub level: f64,
}

/// What a stack of components adds up to.
#[derive(Clone, Debug, PartialEq)]
pub struct Stack {
    /// Σ c μ.
    pub mean: f64,
    /// √(Σ c² σ²).
    pub sd: f64,
    /// Both ends where every component lies at its worst: the ends of bounded ones, the 0.135 %
    /// and 99.865 % points (±3σ of a normal) of the others.
    pub worst: Bounds,
    /// Each component's share of the variance, in their order; they sum to 1.
    pub shares: Vec<f64>,
}

/// What is to be expected of a stack against its specification.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    /// Share of the simulated results within the limits. Its exact (Clopper–Pearson) interval is
    /// that of the simulation alone: what the components' figures are off by is not in it.
    pub simulated: Estimate,
    /// The same from the normal distribution with the stack's mean and standard deviation.
    pub normal: f64,
    /// The simulated results, ascending.
    pub results: Vec<f64>,
}

/// Adds up `components`.
///
/// # Errors
/// `TooFew` without components, `Outside` where a figure is not finite, a standard deviation is
/// negative or the mean of a lognormal is not positive; `Constant` where nothing varies.
pub fn stack(components: &[Component]) -> Result<Stack, Unestimable> {
    if components.is_empty() {
        return Err(Unestimable::TooFew { needed: 1, got: 0 });
    }
    components.iter().try_for_each(Component::check)?;
    let mean = components.iter().map(|c| c.coefficient * c.mean).sum::<f64>();
    let squares: Vec<f64> = components.iter().map(|c| (c.coefficient * c.sd).powi(2)).collect();
    let variance: f64 = squares.iter().sum();
    if variance <= 0.0 {
        return Err(Unestimable::Constant);
    }
    squarable(&[mean, variance])?;
    let mut worst = Bounds::default();
    for component in components {
        let [a, b] = component.ends().map(|end| component.coefficient * end);
        worst.low += a.min(b);
        worst.high += a.max(b);
    }
    let shares = squares.iter().map(|square| square / variance).collect();
    Ok(Stack { mean, sd: variance.sqrt(), worst, shares })
}

/// Simulates `components` against `spec`; a result on a limit is within.
///
/// # Errors
/// Those of [`stack`]; `Outside` without draws or unless 0 < `level` < 1.
pub fn predict(
    components: &[Component],
    spec: &Specification,
    terms: Terms,
) -> Result<Prediction, Unestimable> {
    let stack = stack(components)?;
    let none = Unestimable::Outside("needs draws, and a level between 0 and 1");
    let mut stream = ChaCha8Rng::seed_from_u64(terms.seed);
    let mut results: Vec<f64> = Vec::with_capacity(terms.draws as usize);
    for _ in 0..terms.draws {
        let draw = |c: &Component| c.coefficient * c.at(&mut stream);
        results.push(components.iter().map(draw).sum());
    }
    results.sort_by(f64::total_cmp);
    let low = spec.lower().map_or(0, |lsl| results.partition_point(|x| *x < lsl));
    let high = spec.upper().map_or(results.len(), |usl| results.partition_point(|x| *x <= usl));
    let within = u64::try_from(high.saturating_sub(low)).unwrap_or(0);
    let bounds = clopper_pearson(within, u64::from(terms.draws), terms.level).ok_or(none)?;
    let value = count(high.saturating_sub(low)) / count(results.len());
    let beyond = Beyond::normal(stack.mean, stack.sd, spec).total();
    Ok(Prediction { simulated: Estimate { value, bounds }, normal: 1.0 - beyond, results })
}

impl Prediction {
    /// The moments of the simulated results: close to the stack's own, or the draws are too few.
    #[must_use]
    pub fn moments(&self) -> Moments {
        Moments::of(&self.results)
    }
}

impl Component {
    fn check(&self) -> Result<(), Unestimable> {
        squarable(&[self.mean, self.sd, self.coefficient])?;
        if self.sd < 0.0 {
            return Err(Unestimable::Outside("a standard deviation is not negative"));
        }
        if self.shape == Shape::Lognormal && self.mean <= 0.0 {
            return Err(Unestimable::Outside("the mean of a lognormal is positive"));
        }
        Ok(())
    }

    /// Mean and standard deviation of the logarithm of a lognormal.
    fn logarithm(&self) -> (f64, f64) {
        let variance = (self.sd / self.mean).powi(2).ln_1p();
        (self.mean.ln() - variance / 2.0, variance.sqrt())
    }

    /// The ends, or the points ±3σ of a normal stand for.
    fn ends(&self) -> [f64; 2] {
        let around = |half: f64| [self.mean - half * self.sd, self.mean + half * self.sd];
        match self.shape {
            Shape::Normal => around(3.0),
            Shape::Uniform => around(3_f64.sqrt()),
            Shape::Triangular => around(6_f64.sqrt()),
            Shape::Lognormal => {
                let (mu, sigma) = self.logarithm();
                [(mu - 3.0 * sigma).exp(), (mu + 3.0 * sigma).exp()]
            }
        }
    }

    /// One value, by inversion.
    fn at(&self, stream: &mut impl RngCore) -> f64 {
        let u = uniform(stream);
        let z = || normal::quantile(u).unwrap_or(0.0);
        match self.shape {
            Shape::Normal => self.mean + self.sd * z(),
            Shape::Uniform => self.mean + self.sd * 3_f64.sqrt() * (2.0 * u - 1.0),
            Shape::Triangular => {
                let side =
                    if u < 0.5 { (2.0 * u).sqrt() - 1.0 } else { 1.0 - (2.0 - 2.0 * u).sqrt() };
                self.mean + self.sd * 6_f64.sqrt() * side
            }
            Shape::Lognormal => {
                let (mu, sigma) = self.logarithm();
                (mu + sigma * z()).exp()
            }
        }
    }
}

/// Uniform in (0, 1), its ends excluded.
#[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
fn uniform(stream: &mut impl RngCore) -> f64 {
    ((stream.next_u64() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::{Component, Shape, Terms, predict, stack};
    use crate::stats::Unestimable;
    use crate::stats::capability::Specification;

    const TERMS: Terms = Terms { seed: 7, draws: 200_000, level: 0.999 };

    fn one(shape: Shape, mean: f64, sd: f64) -> Component {
        Component { mean, sd, coefficient: 1.0, shape }
    }

    fn spec(low: f64, high: f64) -> Specification {
        Specification::new(Some(low), None, Some(high)).unwrap()
    }

    /// A shaft of 10 ± in a hole of 10.05: clearance 0.05, σ = √(0.01² + 0.02²).
    #[test]
    fn a_clearance_by_hand() {
        let hole = one(Shape::Normal, 10.05, 0.02);
        let shaft = Component { coefficient: -1.0, ..one(Shape::Uniform, 10.0, 0.01) };
        let stack = stack(&[hole, shaft]).unwrap();
        assert!((stack.mean - 0.05).abs() < 1e-12);
        assert!((stack.sd - 0.000_5_f64.sqrt()).abs() < 1e-12);
        assert!((stack.shares[0] - 0.8).abs() < 1e-12 && (stack.shares[1] - 0.2).abs() < 1e-12);
        let half = 3.0 * 0.02 + 3_f64.sqrt() * 0.01;
        assert!((stack.worst.low - (0.05 - half)).abs() < 1e-12);
        assert!((stack.worst.high - (0.05 + half)).abs() < 1e-12);
    }

    /// Closed forms: Φ(2) − Φ(−1) of a normal; ⅔ of a uniform over its middle two thirds; 1 − ¼ of
    /// a triangle within half its half-width; Φ(1) − Φ(−1) of a lognormal within e^(μ ± σ).
    #[test]
    fn simulated_shares_agree_with_closed_forms() {
        let normal = one(Shape::Normal, 5.0, 1.0);
        let uniform = one(Shape::Uniform, 0.0, 1.0);
        let triangle = one(Shape::Triangular, 0.0, 1.0);
        // A lognormal of μ = 0 and σ = 0.5.
        let (mean, sd) = (0.125_f64.exp(), (0.25_f64.exp_m1() * 0.25_f64.exp()).sqrt());
        let lognormal = one(Shape::Lognormal, mean, sd);
        let third = 3_f64.sqrt() * 2.0 / 3.0;
        let half = 6_f64.sqrt() / 2.0;
        let cases = [
            (normal, spec(4.0, 7.0), 0.977_249_868_051_821 - 0.158_655_253_931_457),
            (uniform, spec(-third, third), 2.0 / 3.0),
            (triangle, spec(-half, half), 0.75),
            (lognormal, spec((-0.5_f64).exp(), 0.5_f64.exp()), 0.682_689_492_137_086),
        ];
        for (component, spec, share) in cases {
            let found = predict(&[component], &spec, TERMS).unwrap();
            let bounds = found.simulated.bounds;
            assert!(bounds.low < share && share < bounds.high, "{component:?}: {bounds:?}");
            let moments = found.moments();
            assert!((moments.mean().unwrap() - component.mean).abs() < 0.02);
            assert!((moments.sd().unwrap() - component.sd).abs() < 0.02, "{component:?}");
        }
    }

    /// A sum of twelve uniforms is nearly normal; a single one is not, and its yield says so.
    #[test]
    fn the_normal_share_is_right_of_many_components_only() {
        let twelve = [one(Shape::Uniform, 0.5, (1.0_f64 / 12.0).sqrt()); 12];
        let many = predict(&twelve, &spec(4.0, 8.0), TERMS).unwrap();
        assert!((many.simulated.value - many.normal).abs() < 0.003);
        let single = predict(&twelve[..1], &spec(0.0, 1.0), TERMS).unwrap();
        assert!(single.simulated.value > 0.999_999 && single.normal < 0.92);
    }

    #[test]
    fn the_same_seed_draws_the_same_and_nonsense_is_refused() {
        let parts = [one(Shape::Triangular, 1.0, 0.1), one(Shape::Normal, 2.0, 0.2)];
        let drawn = |seed| predict(&parts, &spec(2.0, 4.0), Terms { seed, ..TERMS }).unwrap();
        assert_eq!(drawn(1), drawn(1));
        assert_ne!(drawn(1).results, drawn(2).results);
        assert_eq!(stack(&[]), Err(Unestimable::TooFew { needed: 1, got: 0 }));
        assert_eq!(stack(&[one(Shape::Normal, 1.0, 0.0)]), Err(Unestimable::Constant));
        assert!(stack(&[one(Shape::Normal, 1.0, -1.0)]).is_err());
        assert!(stack(&[one(Shape::Lognormal, 0.0, 1.0)]).is_err());
        assert!(predict(&parts, &spec(2.0, 4.0), Terms { draws: 0, ..TERMS }).is_err());
    }
}
