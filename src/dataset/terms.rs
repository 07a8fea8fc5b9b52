//! What a word of a project workbook means, in any of the three languages.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::records::fold;

/// A set of meanings a word may have one of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// Distributions of a component: `normal`, `uniform`, `triangular`, `lognormal`.
    Law,
    /// What a response should be: `larger`, `smaller`, `nominal`.
    Aim,
    /// A run that verifies a design before it goes live: `pilot`.
    Trial,
    /// How an action stands: `done`, `dropped`; open otherwise.
    State,
    /// Levels of a factor named by words: `low`, `high`.
    Level,
    /// How a project works: `dmaic`, `dmadv`.
    Project,
    /// How pressing a case is: `grave`.
    Urgency,
}

impl Family {
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "law" => Self::Law,
            "aim" => Self::Aim,
            "trial" => Self::Trial,
            "state" => Self::State,
            "level" => Self::Level,
            "project" => Self::Project,
            "urgency" => Self::Urgency,
            _ => return None,
        })
    }

    /// What `word` means in this family; `None` where it is not known. A word said twice, in Latin
    /// letters and in Chinese (`Pilot 試行`), is known where both mean the same.
    #[must_use]
    pub fn meaning(self, word: &str) -> Option<&'static str> {
        let known = |word: &str| terms().get(&(self, fold(word))).copied();
        let (latin, other): (String, String) = word.chars().partition(char::is_ascii);
        let twice = || known(&latin).filter(|meaning| known(&other) == Some(*meaning));
        known(word).or_else(twice)
    }

    /// Whether `word` means just that.
    #[must_use]
    pub fn says(self, word: Option<&str>, meaning: &str) -> bool {
        word.and_then(|word| self.meaning(word)) == Some(meaning)
    }
}

type Terms = BTreeMap<(Family, String), &'static str>;

fn terms() -> &'static Terms {
    static TERMS: OnceLock<Terms> = OnceLock::new();
    TERMS.get_or_init(|| {
        let entry = |line: &'static str| {
            let mut parts = line.splitn(3, ' ');
            let (family, meaning, word) = (parts.next()?, parts.next()?, parts.next()?);
            Some(((Family::of(family)?, fold(word)), meaning))
        };
        include_str!("terms.txt").lines().filter_map(entry).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::Family;

    #[test]
    fn words_of_three_languages_mean_the_same() {
        for word in ["Lognormal", "log-normal", "對數常態", "对数正态"] {
            assert_eq!(Family::Law.meaning(word), Some("lognormal"), "{word}");
        }
        for word in ["Pilot", "試行", "试点", "ＰＩＬＯＴ"] {
            assert!(Family::Trial.says(Some(word), "pilot"), "{word}");
        }
        assert_eq!(Family::Trial.meaning("Pilot 試行"), Some("pilot"));
        assert_eq!(Family::State.meaning("Not done 完成"), None);
        assert_eq!(Family::Law.meaning("weibull"), None);
        assert!(!Family::State.says(None, "done") && !Family::State.says(Some("open"), "done"));
    }

    /// A line whose family is mistyped would be lost without a word.
    #[test]
    fn every_line_is_of_a_family_and_no_word_has_two_meanings() {
        let lines: Vec<&str> =
            include_str!("terms.txt").lines().filter(|line| !line.starts_with('#')).collect();
        assert!(lines.iter().all(|line| line.split(' ').next().and_then(Family::of).is_some()));
        for line in lines {
            let parts: Vec<&str> = line.splitn(3, ' ').collect();
            let family = Family::of(parts[0]);
            assert_eq!(family.and_then(|f| f.meaning(parts[2])), Some(parts[1]), "{line}");
        }
    }
}
