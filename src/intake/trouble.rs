//! Why a file or a sheet cannot be read.

use std::any::Any;

use crate::records::{Issue, IssueCode, Place};

/// Characters kept of what a panic says.
const SAID: usize = 120;

/// A file or sheet that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The file cannot be opened.
    Unreadable(String),
    /// It holds no bytes, or no sheet with a cell.
    Empty,
    /// It is of another format.
    Unknown(&'static str),
    /// It is broken or protected.
    Broken(String),
    /// Its parser panicked, saying this.
    Failed(String),
    /// It passes a limit.
    OverLimit(&'static str, u64),
    /// From this line on it does not fit the encoding.
    Encoding(&'static str, u64),
}

impl Trouble {
    /// What the first line of a parser's panic says, short, in plain characters and without places
    /// in source code.
    pub(super) fn of_panic(payload: &(dyn Any + Send)) -> Self {
        let text = payload.downcast_ref::<String>().map(String::as_str);
        let said = text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or_default();
        let words = said.lines().next().unwrap_or_default().split_whitespace();
        let words: Vec<&str> = words.filter(|word| !word.contains(".rs")).collect();
        let plain = |c: &char| !c.is_control();
        Self::Failed(words.join(" ").chars().filter(plain).take(SAID).collect())
    }

    /// The issue at a place.
    pub(super) fn issue(&self, place: Place) -> Issue {
        let at = |code| Issue::new(code, place);
        match self {
            Self::Unreadable(reason) => at(IssueCode::Unreadable).arg("reason", reason),
            Self::Empty => at(IssueCode::EmptyFile),
            Self::Unknown(found) => at(IssueCode::UnknownFormat).arg("found", *found),
            Self::Broken(reason) => at(IssueCode::BrokenWorkbook).arg("reason", reason),
            Self::Failed(said) => at(IssueCode::BrokenWorkbook).arg("reason", failed(said)),
            Self::OverLimit(limit, maximum) => {
                at(IssueCode::OverLimit).arg("limit", *limit).arg("maximum", maximum.to_string())
            }
            Self::Encoding(encoding, line) => {
                at(IssueCode::Encoding).arg("encoding", *encoding).arg("line", line.to_string())
            }
        }
    }

    /// The issue of a whole file.
    pub(super) fn of_file(&self, name: &str) -> Issue {
        self.issue(Place { file: name.to_owned(), ..Place::default() })
    }

    /// The reason under which the rows of a sheet are left out.
    pub(super) const fn reason(&self) -> &'static str {
        match self {
            Self::OverLimit(..) => "over_limit",
            _ => "broken",
        }
    }
}

/// The reason of a parser that panicked.
fn failed(said: &str) -> String {
    let colon = if said.is_empty() { "" } else { ": " };
    format!("the reader failed{colon}{said}")
}

#[cfg(test)]
mod tests {
    use super::Trouble;
    use crate::records::Place;

    #[test]
    fn a_panic_is_told_in_one_short_plain_line() {
        let told = |said: &str| {
            let owned = Trouble::of_panic(&said.to_owned());
            owned.issue(Place::default()).args["reason"].clone()
        };
        let plain = Trouble::of_panic(&"attempt to add with overflow");
        assert_eq!(plain, Trouble::Failed("attempt to add with overflow".to_owned()));
        assert_eq!(
            told("bad\u{1b}[31m cell\nnote: a second line"),
            "the reader failed: bad[31m cell"
        );
        assert_eq!(
            told("broken at /home/x/src/a.rs:3:5 here"),
            "the reader failed: broken at here"
        );
        assert_eq!(told(&"x".repeat(999)).len(), "the reader failed: ".len() + 120);
        assert_eq!(told(""), "the reader failed");
    }
}
