//! What the status of a case says, in any of the languages desks speak.

use std::sync::OnceLock;

use crate::records::fold;

/// What a status says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Stated {
    /// Whether the case is over.
    pub(super) ended: Option<bool>,
    /// Whether its promise was kept.
    pub(super) kept: Option<bool>,
}

impl Stated {
    /// What a name says: a state, a promise, or a state followed by a promise.
    pub(super) fn of(name: &str) -> Self {
        let name = fold(name);
        let promise = lines().filter(|(what, _)| matches!(*what, "kept" | "broken"));
        let told = promise.filter(|(_, word)| name.ends_with(word.as_str()));
        let told = told.max_by_key(|(_, word)| word.len());
        let rest = told.as_ref().and_then(|(_, word)| name.strip_suffix(word.as_str()));
        let rest = rest.unwrap_or(&name);
        let ended = state(rest);
        // "Unresolved late" ends with a promise, "translate" only with its letters.
        let whole = rest.is_empty() || ended.is_some();
        Self { ended, kept: told.filter(|_| whole).map(|(what, _)| *what == "kept") }
    }
}

fn state(name: &str) -> Option<bool> {
    let found = lines().find(|(what, word)| matches!(*what, "open" | "ended") && word == name);
    found.map(|(what, _)| *what == "ended")
}

fn lines() -> impl Iterator<Item = &'static (&'static str, String)> {
    static LINES: OnceLock<Vec<(&str, String)>> = OnceLock::new();
    let read = || {
        let lines = include_str!("states.txt").lines().filter(|line| !line.starts_with('#'));
        let pairs = lines.filter_map(|line| line.split_once(' '));
        pairs.map(|(what, word)| (what, fold(word))).collect()
    };
    LINES.get_or_init(read).iter()
}

#[cfg(test)]
mod tests {
    use super::Stated;

    #[test]
    fn states_and_promises_are_read_apart_and_together() {
        let of = |name| {
            let stated = Stated::of(name);
            (stated.ended, stated.kept)
        };
        assert_eq!(of("In Progress"), (Some(false), None));
        assert_eq!(of("已結案"), (Some(true), None));
        assert_eq!(of("未结案"), (Some(false), None));
        assert_eq!(of("ClosedIN SLA"), (Some(true), Some(true)));
        assert_eq!(of("OpenOUT OF SLA"), (Some(false), Some(false)));
        assert_eq!(of("Within SLA"), (None, Some(true)));
        assert_eq!(of("未逾期"), (None, Some(true)));
        assert_eq!(of("translate"), (None, None));
        assert_eq!(of(""), (None, None));
    }
}
