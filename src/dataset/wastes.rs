//! The seven wastes, and the names logs give them.

use crate::records::fold;

/// One of the seven wastes. Source: T. Ohno, *Toyota Production System* (1988).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Waste {
    /// Made before anybody asked for it.
    Overproduction,
    /// People and things that stand and wait.
    Waiting,
    /// Things carried from place to place, work from team to team.
    Transport,
    /// More done than is asked for.
    OverProcessing,
    /// More under way or in store than is needed.
    Inventory,
    /// People who walk, search and hand over.
    Motion,
    /// Work done again.
    Rework,
}

impl Waste {
    /// All of them, in Ohno's order.
    pub const ALL: [Self; 7] = [
        Self::Overproduction,
        Self::Waiting,
        Self::Transport,
        Self::OverProcessing,
        Self::Inventory,
        Self::Motion,
        Self::Rework,
    ];

    /// Its name in word keys.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Overproduction => "overproduction",
            Self::Waiting => "waiting",
            Self::Transport => "transport",
            Self::OverProcessing => "over_processing",
            Self::Inventory => "inventory",
            Self::Motion => "motion",
            Self::Rework => "rework",
        }
    }

    /// The waste a name of a log stands for.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let name = fold(name);
        let meant = |line: &'static str| {
            let (key, parts) = line.split_once(' ')?;
            parts.split('|').any(|part| name.contains(part)).then_some(key)
        };
        let mut lines = include_str!("wastes.txt").lines().filter(|line| !line.starts_with('#'));
        let key = lines.find_map(meant)?;
        Self::ALL.into_iter().find(|waste| waste.key() == key)
    }
}

#[cfg(test)]
mod tests {
    use super::Waste;

    #[test]
    fn every_waste_is_known_by_its_names_and_nothing_else_is() {
        let named = [
            ("Waiting 等候", Waste::Waiting),
            ("不必要動作", Waste::Motion),
            ("不必要運送", Waste::Transport),
            ("存货过剩", Waste::Inventory),
            ("Over-processing", Waste::OverProcessing),
            ("生產過剩", Waste::Overproduction),
            ("返工", Waste::Rework),
        ];
        for (name, waste) in named {
            assert_eq!(Waste::of_name(name), Some(waste), "{name}");
        }
        assert_eq!(Waste::of_name("Talent"), None);
    }
}
