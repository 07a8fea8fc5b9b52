//! Sums that keep their digits.

/// A running sum with the rounding error of every addition carried beside it.
///
/// The error of the total is about one rounding of the result, whatever the number of terms,
/// unless they cancel by more than sixteen digits. Source: A. Neumaier, Zeitschrift für
/// Angewandte Mathematik und Mechanik 54 (1974).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sum {
    total: f64,
    lost: f64,
}

impl Sum {
    /// Adds one term.
    pub fn add(&mut self, term: f64) {
        let (total, lost) = two_sum(self.total, term);
        self.total = total;
        self.lost += lost;
    }

    /// The sum, rounded once.
    #[must_use]
    pub fn value(self) -> f64 {
        // Beyond the range of a double the carried error is no number; the total says enough.
        if self.lost.is_nan() { self.total } else { self.total + self.lost }
    }

    /// The mean of the `n` terms added, and what a double cannot hold of it.
    #[must_use]
    pub fn mean(self, n: f64) -> (f64, f64) {
        let mean = self.value() / n;
        two_sum(mean, (mean.mul_add(-n, self.total) + self.lost) / n)
    }
}

impl FromIterator<f64> for Sum {
    fn from_iter<I: IntoIterator<Item = f64>>(terms: I) -> Self {
        let mut sum = Self::default();
        terms.into_iter().for_each(|term| sum.add(term));
        sum
    }
}

/// The compensated sum of `terms`, in their unit; 0 of none.
#[must_use]
pub fn sum(terms: impl IntoIterator<Item = f64>) -> f64 {
    Sum::from_iter(terms).value()
}

/// a + b as its rounded sum and the exact error of that rounding.
///
/// Source: D. Knuth, *The Art of Computer Programming*, volume 2, theorem B of section 4.2.2.
#[must_use]
pub fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let total = a + b;
    let from_b = total - a;
    let lost = (a - (total - from_b)) + (b - from_b);
    (total, lost)
}

#[cfg(test)]
mod tests {
    use super::{Sum, sum, two_sum};

    #[test]
    fn what_a_plain_sum_loses_comes_back() {
        assert_eq!(sum([1.0, 1e100, 1.0, -1e100]).to_bits(), 2.0_f64.to_bits());
        assert_eq!(sum(std::iter::repeat_n(0.1, 10)).to_bits(), 1.0_f64.to_bits());
        assert_eq!(sum([]).to_bits(), 0.0_f64.to_bits());
    }

    #[test]
    fn a_mean_and_its_rest_are_nearly_exact_together() {
        let (mean, rest) = Sum::from_iter([1.0, 1e-17, 0.0]).mean(3.0);
        let third = 1.0_f64 / 3.0;
        assert_eq!(mean.to_bits(), third.to_bits());
        // One third less its double is 2⁻⁵⁴ / 3.
        let want = 2.0_f64.powi(-54) / 3.0 + 1e-17 / 3.0;
        assert!((rest / want - 1.0).abs() < 1e-15, "{rest} for {want}");
    }

    #[test]
    fn a_sum_and_its_error_are_exact_together() {
        assert_eq!(two_sum(1e16, 1.0), (1e16, 1.0));
        assert_eq!(two_sum(1.0, 2.0), (3.0, 0.0));
    }

    #[test]
    fn a_sum_beyond_all_range_is_infinite_not_nan() {
        assert!(sum([f64::MAX, f64::MAX]).is_infinite());
    }
}
