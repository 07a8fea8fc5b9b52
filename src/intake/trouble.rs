//! Why a file or a sheet cannot be read.

use crate::records::{Issue, IssueCode, Place};

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
    /// It passes a limit.
    OverLimit(&'static str, u64),
    /// From this line on it does not fit the encoding.
    Encoding(&'static str, u64),
}

impl Trouble {
    /// The issue at a place.
    pub(super) fn issue(&self, place: Place) -> Issue {
        let at = |code| Issue::new(code, place);
        match self {
            Self::Unreadable(reason) => at(IssueCode::Unreadable).arg("reason", reason),
            Self::Empty => at(IssueCode::EmptyFile),
            Self::Unknown(found) => at(IssueCode::UnknownFormat).arg("found", *found),
            Self::Broken(reason) => at(IssueCode::BrokenWorkbook).arg("reason", reason),
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
