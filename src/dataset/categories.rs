//! A dictionary-coded column of labels or identifiers.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

/// The code of a missing label.
pub const MISSING_CODE: u32 = u32::MAX;

/// One code a row, and the name behind each code in order of first appearance.
///
/// Codes depend on the order of rows: whoever prints sorts by name or by figure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Coded")]
pub struct Categories {
    codes: Vec<u32>,
    names: Vec<String>,
    #[serde(skip)]
    index: HashMap<String, u32>,
}

/// A column as it travels: without its index.
#[derive(Deserialize)]
struct Coded {
    codes: Vec<u32>,
    names: Vec<String>,
}

impl From<Coded> for Categories {
    fn from(coded: Coded) -> Self {
        let index = (0..).zip(&coded.names).map(|(code, name)| (name.clone(), code)).collect();
        Self { codes: coded.codes, names: coded.names, index }
    }
}

impl Categories {
    /// Appends a row; `None` is a missing label.
    pub fn push(&mut self, label: Option<&str>) {
        let code = label.map_or(MISSING_CODE, |label| self.intern(label));
        self.codes.push(code);
    }

    /// The code of a label, made where it is new.
    pub fn intern(&mut self, label: &str) -> u32 {
        if let Some(&code) = self.index.get(label) {
            return code;
        }
        let code = u32::try_from(self.names.len()).unwrap_or(MISSING_CODE - 1);
        self.names.push(label.to_owned());
        self.index.insert(label.to_owned(), code);
        code
    }

    /// One code a row; [`MISSING_CODE`] where missing.
    #[must_use]
    pub fn codes(&self) -> &[u32] {
        &self.codes
    }

    /// The names by code.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The name behind a code; `None` for [`MISSING_CODE`].
    #[must_use]
    pub fn name(&self, code: u32) -> Option<&str> {
        self.names.get(code as usize).map(String::as_str)
    }

    /// The label of a row.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<&str> {
        self.name(*self.codes.get(row)?)
    }

    /// The code of a label, if any row has it.
    #[must_use]
    pub fn code_of(&self, label: &str) -> Option<u32> {
        self.index.get(label).copied()
    }

    /// All codes, ordered by name.
    #[must_use]
    pub fn by_name(&self) -> Vec<u32> {
        let mut codes: Vec<u32> = (0..).take(self.names.len()).collect();
        codes.sort_by(|&a, &b| self.names[a as usize].cmp(&self.names[b as usize]));
        codes
    }

    /// Appends all rows of another column.
    pub fn append(&mut self, other: &Self) {
        let map: Vec<u32> = other.names.iter().map(|name| self.intern(name)).collect();
        let codes = other.codes.iter();
        self.codes.extend(codes.map(|&c| map.get(c as usize).copied().unwrap_or(MISSING_CODE)));
    }
}
