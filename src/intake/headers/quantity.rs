//! A measured value whose heading says what was measured: `Diameter (mm)`, `流量`.

use super::matching::{MappedHeader, Match};
use super::vocabulary::LAST_RESORT;
use crate::records::{Col, TableKind};

/// The texts the heading of a measured value stands for: the characteristic, and its unit in
/// brackets. Nothing where the heading only says that it is a value, or where columns of their own
/// say more.
pub(in crate::intake) fn quantity(found: &Match) -> Vec<(Col, String)> {
    let has = |col: Col| found.columns.iter().any(|c| c.col == col);
    let of_value = |c: &&MappedHeader| c.col == Col::Value && c.rank >= LAST_RESORT;
    let Some(value) = found.columns.iter().find(of_value) else { return Vec::new() };
    if found.kind != TableKind::Measurements {
        return Vec::new();
    }
    let (name, unit) = split(&value.header);
    let texts = [(Col::Characteristic, name), (Col::Unit, unit)];
    let told = texts.into_iter().filter(|(col, text)| !text.is_empty() && !has(*col));
    told.map(|(col, text)| (col, text.to_owned())).collect()
}

/// A heading before its last bracket, and what stands inside.
pub(super) fn split(heading: &str) -> (&str, &str) {
    const CLOSING: [char; 5] = [')', ']', '）', '】', '］'];
    let text = heading.trim();
    let open = text.rfind(['(', '[', '（', '【', '［']).filter(|_| text.ends_with(CLOSING));
    let Some((name, inside)) = open.map(|at| text.split_at(at)) else { return (text, "") };
    let mut inside = inside.chars();
    inside.next();
    inside.next_back();
    (name.trim_end(), inside.as_str().trim())
}

#[cfg(test)]
mod tests {
    use super::super::matching::{Heading, match_row};
    use super::{quantity, split};
    use crate::records::{Col, TableKind};

    fn told(texts: &[&str]) -> Vec<(Col, String)> {
        let row: Vec<Heading> = (0..).zip(texts).map(|(at, t)| Heading::new(at, t)).collect();
        quantity(&match_row(TableKind::Measurements, &row))
    }

    #[test]
    fn a_heading_names_what_was_measured_and_its_unit() {
        let named = |name: &str, unit: &str| {
            vec![(Col::Characteristic, name.to_owned()), (Col::Unit, unit.to_owned())]
        };
        assert_eq!(told(&["Sample", "Diameter (mm)"]), named("Diameter", "mm"));
        assert_eq!(told(&["樣本", "直徑（公厘）"]), named("直徑", "公厘"));
        assert_eq!(told(&["Year", "Flow"]), named("Flow", "")[..1]);
        assert!(told(&["Sample", "Value"]).is_empty());
        assert!(told(&["Sample", "Characteristic", "Unit", "Diameter"]).is_empty());
    }

    #[test]
    fn brackets_are_split_off_only_at_the_end() {
        assert_eq!(split("Flow [l/min]"), ("Flow", "l/min"));
        assert_eq!(split("f(x) of y"), ("f(x) of y", ""));
        assert_eq!(split("()"), ("", ""));
    }
}
