//! Roots of functions of one variable.

/// The root of `f` between `low` and `high`, where its sign changes, to the last digits.
///
/// T. Chandrupatla's method (Advances in Engineering Software 28, 1997): inverse quadratic
/// interpolation where it is safe, else bisection. `None` where the signs do not differ or a
/// value is not finite.
#[must_use]
#[expect(clippy::many_single_char_names, reason = "the names of the paper")]
pub fn bracketed(f: impl Fn(f64) -> f64, low: f64, high: f64) -> Option<f64> {
    let (mut a, mut b) = (high, low);
    let (mut fa, mut fb) = (f(a), f(b));
    if !(fa.is_finite() && fb.is_finite()) || (fa > 0.0) == (fb > 0.0) {
        return [(a, fa), (b, fb)].into_iter().find(|end| end.1 == 0.0).map(|end| end.0);
    }
    let mut share = 0.5;
    for _ in 0..200 {
        let x = a + share * (b - a);
        let fx = f(x);
        if !fx.is_finite() {
            return None;
        }
        let (c, fc);
        if (fx > 0.0) == (fa > 0.0) {
            (c, fc) = (a, fa);
        } else {
            (c, fc) = (b, fb);
            (b, fb) = (a, fa);
        }
        (a, fa) = (x, fx);
        let best = if fa.abs() < fb.abs() { a } else { b };
        let least = 2.0 * f64::EPSILON * best.abs() / (b - c).abs().max(f64::MIN_POSITIVE);
        if fx == 0.0 || least > 0.5 || (b - a).abs() <= 4.0 * f64::EPSILON * best.abs() {
            return Some(best);
        }
        let (xi, phi) = ((a - b) / (c - b), (fa - fb) / (fc - fb));
        let safe = phi * phi < xi && (1.0 - phi).powi(2) < 1.0 - xi;
        share = if safe {
            fa / (fb - fa) * fc / (fb - fc) + (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb)
        } else {
            0.5
        };
        let floor = least.min(0.5);
        share = share.clamp(floor, 1.0 - floor);
    }
    Some(a)
}

/// The root of a nearly straight `f` close to `start`, by secants: after a step this small the
/// next would change nothing, as each multiplies the digits by 1.6.
///
/// `None` where `f` has no value on the way or the steps do not settle.
pub fn secant(f: impl Fn(f64) -> Option<f64>, start: f64) -> Option<f64> {
    let mut before = (start, f(start)?);
    let mut here = start + before.1.abs().clamp(1e-6, 0.1) * (1.0 + start.abs()) * 1e-2;
    for _ in 0..100 {
        let value = f(here)?;
        let step = value * (here - before.0) / (value - before.1);
        if value == 0.0 {
            return Some(here);
        }
        if !step.is_finite() {
            return None;
        }
        before = (here, value);
        here -= step;
        if step.abs() <= 1e-10 * (1.0 + here.abs()) {
            return Some(here);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{bracketed, secant};

    #[test]
    fn roots_are_found_to_the_last_digits() {
        let root = bracketed(|x| x * x * x - 2.0 * x - 5.0, 2.0, 3.0).unwrap_or(f64::NAN);
        assert!((root - 2.094_551_481_542_326_6).abs() < 1e-14, "Wallis's equation: {root}");
        let steep = bracketed(|x| x.powi(9) - 1e-9, 0.0, 10.0).unwrap_or(f64::NAN);
        assert!((steep - 0.1).abs() < 1e-14, "{steep}");
        let root = secant(|x| Some(x.cos() - x), 0.7).unwrap_or(f64::NAN);
        assert!((root - 0.739_085_133_215_160_6).abs() < 1e-12, "{root}");
    }

    #[test]
    fn without_a_change_of_sign_there_is_no_root() {
        assert_eq!(bracketed(|x| x * x + 1.0, -1.0, 1.0), None);
        assert_eq!(bracketed(|x| x, 0.0, 1.0), Some(0.0));
        assert_eq!(secant(|_| Some(1.0), 0.0), None);
    }
}
