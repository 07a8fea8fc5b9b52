//! The key most like one that has no partner.

use std::collections::HashSet;

use crate::records::fold;

/// The master's key that is most like this one: equal when folded, or a Jaro–Winkler similarity
/// of at least 0.92 where the digits agree. `A101` and `A102` are two customers, not a slip.
pub(super) fn near<'a>(key: &str, known: &HashSet<&'a str>) -> Option<&'a str> {
    let folded = fold(key);
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let own = digits(&folded);
    let score = |other: &str| {
        let other = fold(other);
        let alike = strsim::jaro_winkler(&folded, &other);
        (alike >= 0.92 && digits(&other) == own).then_some(alike)
    };
    let mut sorted: Vec<&'a str> = known.iter().copied().collect();
    sorted.sort_unstable();
    let scored = sorted.into_iter().filter_map(|other| Some((score(other)?, other)));
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)));
    best.map(|(_, other)| other)
}
