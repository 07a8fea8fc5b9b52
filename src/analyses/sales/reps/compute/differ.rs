//! Who differs from the rest of the team.

use super::{Difference, Rep, rate};
use crate::stats::holm;
use crate::stats::hypothesis::exact;

/// Compares each representative with the others.
///
/// One extreme colleague moves the rate of all the others, and would make an ordinary one look
/// extreme the other way. So those found to differ leave the comparison, the clearest first, and
/// the rest are compared again. Fisher's exact test counts the chance in the others' rate too: a
/// binomial test against it would call small teams uneven too often.
pub(super) fn compare(reps: &mut [Rep], alpha: f64) {
    let mut aside = vec![false; reps.len()];
    let mut found = against_rest(reps, &aside);
    while let Some(clearest) = clearest(&found, &aside, alpha) {
        aside[clearest] = true;
        if aside.iter().filter(|aside| !**aside).count() < 2 {
            break;
        }
        found = against_rest(reps, &aside);
    }
    for (rep, found) in reps.iter_mut().zip(found) {
        rep.difference = found.map(|(rest, p)| Difference { rest, p, differs: p < alpha });
    }
}

/// The index of the one not yet set aside who differs most clearly.
fn clearest(found: &[Option<(f64, f64)>], aside: &[bool], alpha: f64) -> Option<usize> {
    let differing = found.iter().zip(aside).enumerate();
    let p = differing.filter_map(|(i, (found, aside))| Some((i, (*found)?.1, *aside)));
    p.filter(|(_, p, aside)| !aside && *p < alpha).min_by(|a, b| a.1.total_cmp(&b.1)).map(|x| x.0)
}

/// Rate of the rest and Holm-adjusted p-value of every compared representative.
fn against_rest(reps: &[Rep], aside: &[bool]) -> Vec<Option<(f64, f64)>> {
    let counts = |rep: &Rep| (rep.counts.won, rep.counts.closed());
    let staying = reps.iter().zip(aside).filter(|(_, aside)| !**aside);
    let (won, closed) = staying.fold((0, 0), |(won, closed), (rep, _)| {
        let (own_won, own_closed) = counts(rep);
        (won + own_won, closed + own_closed)
    });
    let raw: Vec<Option<(f64, f64)>> = (reps.iter().zip(aside))
        .map(|(rep, aside)| {
            let (k, n) = counts(rep);
            let (own_k, own_n) = if *aside { (0, 0) } else { (k, n) };
            let (rest_k, rest_n) = (won - own_k, closed - own_n);
            let p = exact::fisher_two_sided(k, n, rest_k, rest_n).filter(|_| rep.compared)?;
            Some((rate(rest_k, rest_n), p))
        })
        .collect();
    let p: Vec<f64> = raw.iter().map(|raw| raw.map_or(f64::NAN, |(_, p)| p)).collect();
    let adjusted = holm(&p);
    raw.iter().zip(adjusted).map(|(raw, p)| raw.map(|(rest, _)| (rest, p))).collect()
}
