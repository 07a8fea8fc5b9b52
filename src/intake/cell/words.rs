//! Words that mean something inside cells: yes, no, nothing, total.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use crate::records::fold;

/// What a word means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    Yes,
    No,
    Blank,
}

#[derive(Default)]
struct Words {
    meanings: HashMap<String, Meaning>,
    totals: HashSet<String>,
    endings: Vec<String>,
    units: HashSet<String>,
    pivot_labels: HashSet<String>,
    pivot_beginnings: Vec<String>,
}

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut out = Words::default();
        for line in include_str!("words.tsv").lines() {
            let Some((name, list)) = line.split_once('\t') else { continue };
            let list = list.split(" | ").map(fold);
            match name {
                "yes" => out.meanings.extend(list.map(|word| (word, Meaning::Yes))),
                "no" => out.meanings.extend(list.map(|word| (word, Meaning::No))),
                "blank" => list.for_each(|w| _ = out.meanings.entry(w).or_insert(Meaning::Blank)),
                "total" => out.totals.extend(list),
                "total_ending" => out.endings.extend(list),
                "unit" => out.units.extend(list),
                "pivot_label" => out.pivot_labels.extend(list),
                "pivot_beginning" => out.pivot_beginnings.extend(list),
                _ => {}
            }
        }
        out
    })
}

/// Whether a word says yes or no; `None` where it says neither.
pub(in crate::intake) fn flag(text: &str) -> Option<bool> {
    match words().meanings.get(&fold(text))? {
        Meaning::Yes => Some(true),
        Meaning::No => Some(false),
        Meaning::Blank => None,
    }
}

/// Whether a word stands for "no value", as `n/a` or `-`.
pub(in crate::intake) fn is_placeholder(text: &str) -> bool {
    text.len() <= 12 && words().meanings.get(&fold(text)) == Some(&Meaning::Blank)
}

/// Whether a row's first text names the row a total.
pub(in crate::intake) fn is_total(text: &str) -> bool {
    // No total is named with a digit, and most first cells are ids or dates.
    let plain = text.len() <= 40 && !text.bytes().any(|b| b.is_ascii_digit());
    plain && words().totals.contains(&fold(text))
}

/// Whether a text may name a subtotal, as `Central Total`.
pub(in crate::intake) fn ends_like_total(text: &str) -> bool {
    let folded = fold(text);
    text.len() <= 120 && words().endings.iter().any(|ending| folded.ends_with(ending))
}

/// Whether a text below a heading only names the unit of the column.
pub(in crate::intake) fn is_unit(text: &str) -> bool {
    text.len() <= 40 && words().units.contains(&fold(text))
}

/// Whether a pivot table wrote the text by itself, as `Row Labels` or `Sum of Sales`.
pub(in crate::intake) fn is_pivot_mark(text: &str) -> bool {
    let folded = fold(text);
    let begins = |beginning: &String| folded.starts_with(beginning.as_str());
    let words = words();
    text.len() <= 120
        && (words.pivot_labels.contains(&folded) || words.pivot_beginnings.iter().any(begins))
}

#[cfg(test)]
mod tests {
    use super::{ends_like_total, flag, is_pivot_mark, is_placeholder, is_total, is_unit};

    #[test]
    fn words_are_understood_in_three_languages() {
        assert_eq!(flag("Y"), Some(true));
        assert_eq!(flag("是"), Some(true));
        assert_eq!(flag("無"), Some(false));
        assert_eq!(flag("No"), Some(false));
        assert_eq!(flag("maybe"), None);
        assert!(is_placeholder("N/A") && is_placeholder("-") && !is_placeholder("12"));
        assert!(is_total("合計：") && is_total("Grand Total") && !is_total("Total care"));
        assert!(ends_like_total("Central Total"));
        assert!(is_unit("(元)") && is_unit("分鐘") && !is_unit("Order ID"));
        assert!(is_pivot_mark("Count of opportunity_id") && is_pivot_mark("求和项:金额"));
        assert!(is_pivot_mark("列標籤") && !is_pivot_mark("Summary"));
    }
}
