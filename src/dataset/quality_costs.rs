//! What the costs of quality are called, and where a defect was found.

use crate::records::fold;

/// The four classes of the cost of quality (J. Juran; A. Feigenbaum, 1956).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CostClass {
    /// Failures found before the customer has the work.
    Internal,
    /// Failures the customer found.
    External,
    /// Looking for failures.
    Appraisal,
    /// Keeping failures from happening.
    Prevention,
}

impl CostClass {
    /// The class of a name in any of three languages; `None` of another.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        let holds = |meaning: &str| holds(name, meaning);
        let classes = [
            ("external", Self::External),
            ("internal", Self::Internal),
            ("appraisal", Self::Appraisal),
            ("prevention", Self::Prevention),
        ];
        classes.into_iter().find(|(meaning, _)| holds(meaning)).map(|(_, class)| class)
    }
}

/// Where a defect was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FoundAt {
    /// At the step that made it.
    Source,
    /// At another step.
    Later,
    /// By the customer: it escaped.
    Customer,
}

impl FoundAt {
    /// Reads the place where a defect of `step` was found.
    #[must_use]
    pub fn of(place: &str, step: Option<&str>) -> Self {
        if step.is_some_and(|step| fold(step) == fold(place)) {
            return Self::Source;
        }
        if holds(place, "customer") { Self::Customer } else { Self::Later }
    }
}

fn holds(name: &str, meaning: &str) -> bool {
    let name = fold(name);
    let stems = include_str!("quality_words.txt").lines().filter_map(|line| line.split_once(' '));
    stems.filter(|(of, _)| *of == meaning).any(|(_, stem)| name.contains(stem))
}

#[cfg(test)]
mod tests {
    use super::{CostClass, FoundAt};

    #[test]
    fn classes_and_places_are_known_in_three_languages() {
        let classes = [
            ("Internal failure", Some(CostClass::Internal)),
            ("外部失敗成本", Some(CostClass::External)),
            ("鉴定成本", Some(CostClass::Appraisal)),
            ("Prevention 預防", Some(CostClass::Prevention)),
            ("Rent", None),
        ];
        for (name, class) in classes {
            assert_eq!(CostClass::of(name), class, "{name}");
        }
        assert_eq!(FoundAt::of("packing", Some("Packing")), FoundAt::Source);
        assert_eq!(FoundAt::of("Delivery", Some("Packing")), FoundAt::Later);
        assert_eq!(FoundAt::of("Customer 客戶", Some("Packing")), FoundAt::Customer);
        assert_eq!(FoundAt::of("顾客", None), FoundAt::Customer);
    }
}
