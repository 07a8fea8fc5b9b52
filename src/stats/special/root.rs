//! Roots of functions of one variable.

/// An argument and the function's value there.
type Point = (f64, f64);

/// The root of `f` between `low` and `high`, where its sign changes, to the last digits.
///
/// `None` where the signs do not differ or a value is not finite.
#[must_use]
pub fn bracketed(f: impl Fn(f64) -> f64, low: f64, high: f64) -> Option<f64> {
    let (a, b) = ((high, f(high)), (low, f(low)));
    if !(a.1.is_finite() && b.1.is_finite()) || (a.1 > 0.0) == (b.1 > 0.0) {
        return [a, b].into_iter().find(|end| end.1 == 0.0).map(|end| end.0);
    }
    close_in(f, a, b)
}

/// The root of a rising `f`, sought from `start` in steps that double until the sign changes.
///
/// `None` where a value on the way is not finite or the sign never changes.
#[must_use]
pub fn rising(f: impl Fn(f64) -> f64, start: f64) -> Option<f64> {
    let mut here = (start, f(start));
    let mut step = (1.0 + start.abs()) * here.1.abs().clamp(1e-6, 0.5);
    for _ in 0..200 {
        if !here.1.is_finite() {
            return None;
        }
        if here.1 == 0.0 {
            return Some(here.0);
        }
        let x = here.0 - step.copysign(here.1);
        let next = (x, f(x));
        if next.1.is_finite() && (next.1 > 0.0) != (here.1 > 0.0) {
            return close_in(f, next, here);
        }
        (here, step) = (next, 2.0 * step);
    }
    None
}

/// The root between two points of unlike sign, by T. Chandrupatla's method (Advances in
/// Engineering Software 28, 1997): inverse quadratic interpolation where safe, else bisection.
#[expect(clippy::many_single_char_names, reason = "the names of the paper")]
fn close_in(f: impl Fn(f64) -> f64, (mut a, mut fa): Point, (mut b, mut fb): Point) -> Option<f64> {
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

#[cfg(test)]
mod tests {
    use super::{bracketed, rising};

    #[test]
    fn roots_are_found_to_the_last_digits() {
        let root = bracketed(|x| x * x * x - 2.0 * x - 5.0, 2.0, 3.0).unwrap_or(f64::NAN);
        assert!((root - 2.094_551_481_542_326_6).abs() < 1e-14, "Wallis's equation: {root}");
        let steep = bracketed(|x| x.powi(9) - 1e-9, 0.0, 10.0).unwrap_or(f64::NAN);
        assert!((steep - 0.1).abs() < 1e-14, "{steep}");
        for start in [0.7, -40.0, 3.0] {
            let root = rising(|x| x - x.cos(), start).unwrap_or(f64::NAN);
            assert!((root - 0.739_085_133_215_160_6).abs() < 1e-14, "{root}");
        }
    }

    #[test]
    fn without_a_change_of_sign_there_is_no_root() {
        assert_eq!(bracketed(|x| x * x + 1.0, -1.0, 1.0), None);
        assert_eq!(bracketed(|x| x, 0.0, 1.0), Some(0.0));
        assert_eq!((rising(|_| 1.0, 0.0), rising(f64::ln, -1.0)), (None, None));
    }
}
