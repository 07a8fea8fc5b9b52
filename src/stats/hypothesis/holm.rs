//! Holm's step-down adjustment of a family of p-values.
//!
//! Source: S. Holm, A simple sequentially rejective multiple test procedure, Scandinavian
//! Journal of Statistics 6 (1979).

/// Adjusted p-values in the order given.
///
/// p̃₍ᵢ₎ = max over j ≤ i of min(1, (m − j + 1) p₍ⱼ₎), p sorted ascending, m the family's size.
/// Rejecting where p̃ < α holds the family-wise error at α under any dependence. A value that is
/// no probability (NaN) stays NaN and does not count towards m.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "families are far smaller than 2^53")]
pub fn holm(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<(usize, f64)> =
        p.iter().copied().enumerate().filter(|(_, p)| !p.is_nan()).collect();
    order.sort_by(|a, b| a.1.total_cmp(&b.1));
    let mut adjusted = vec![f64::NAN; p.len()];
    let mut running = 0.0_f64;
    for (rank, &(i, p)) in order.iter().enumerate() {
        running = running.max((p * (order.len() - rank) as f64).min(1.0));
        if let Some(slot) = adjusted.get_mut(i) {
            *slot = running;
        }
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::holm;

    #[test]
    fn the_constructed_reps_are_adjusted_in_their_own_order() {
        let p = [1.0, 0.529_366_415_710_569_3, 1.0, 0.348_007_878, 0.017_092_764, 0.011_310_987];
        let adjusted = holm(&p);
        assert!((adjusted[5] - 0.067_865_922).abs() < 1e-9);
        assert!((adjusted[4] - 0.085_463_820).abs() < 1e-9);
        assert!((adjusted[0] - 1.0).abs() < 1e-12 && (adjusted[3] - 1.0).abs() < 1e-12);
    }

    #[test]
    fn adjusted_values_never_fall_and_what_is_unknown_stays_unknown() {
        let adjusted = holm(&[0.01, f64::NAN, 0.02, 0.02]);
        assert!(adjusted[1].is_nan());
        assert!((adjusted[0] - 0.03).abs() < 1e-12 && (adjusted[2] - 0.04).abs() < 1e-12);
        assert!(holm(&[]).is_empty());
    }
}
