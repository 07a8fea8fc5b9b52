//! A dictionary-coded column of labels or identifiers.

use std::hash::BuildHasher as _;

use hashbrown::hash_table::Entry;
use hashbrown::{DefaultHashBuilder, HashTable};
use serde::{Deserialize, Serialize};

/// The code of a missing label.
pub const MISSING_CODE: u32 = u32::MAX;

/// One code a row, and the name behind each code in order of first appearance.
///
/// Codes depend on the order of rows: whoever prints sorts by name or by figure. Names stand in
/// one text: a column of a million identifiers is no million allocations.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Categories {
    codes: Vec<u32>,
    names: Names,
    /// Half of each name's hash, and its code. It does not travel, and is made anew when asked.
    #[serde(skip)]
    index: HashTable<(u32, u32)>,
    #[serde(skip)]
    hasher: DefaultHashBuilder,
}

/// Names one after the other in one text, and where each ends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Names {
    text: String,
    ends: Vec<usize>,
}

impl Names {
    fn get(&self, code: u32) -> Option<&str> {
        let at = code as usize;
        let end = *self.ends.get(at)?;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied();
        self.text.get(start.unwrap_or(0)..end)
    }

    fn push(&mut self, name: &str) {
        self.text.push_str(name);
        self.ends.push(self.text.len());
    }
}

impl PartialEq for Categories {
    fn eq(&self, other: &Self) -> bool {
        self.codes == other.codes && self.names == other.names
    }
}

impl Eq for Categories {}

impl Categories {
    /// Appends a row; `None` is a missing label.
    pub fn push(&mut self, label: Option<&str>) {
        let code = label.map_or(MISSING_CODE, |label| self.intern(label));
        self.codes.push(code);
    }

    /// Makes room for so many more rows.
    pub(super) fn reserve(&mut self, rows: usize) {
        self.codes.reserve(rows);
    }

    /// Appends a row by a code [`Self::intern`] gave.
    pub(super) fn push_code(&mut self, code: u32) {
        self.codes.push(code);
    }

    /// The code of a label, made where it is new.
    pub fn intern(&mut self, label: &str) -> u32 {
        if self.index.len() != self.named() {
            self.index_anew();
        }
        let half = half(&self.hasher, label);
        let same = |&(h, code): &(u32, u32)| h == half && self.names.get(code) == Some(label);
        match self.index.entry(spread(half), same, |&(h, _)| spread(h)) {
            Entry::Occupied(known) => known.get().1,
            Entry::Vacant(free) => {
                let code = u32::try_from(self.names.ends.len()).unwrap_or(MISSING_CODE - 1);
                self.names.push(label);
                free.insert((half, code));
                code
            }
        }
    }

    fn index_anew(&mut self) {
        let halves: Vec<u32> = self.names().map(|name| half(&self.hasher, name)).collect();
        self.index.clear();
        self.index.reserve(halves.len(), |&(h, _)| spread(h));
        for (code, half) in (0..).zip(halves) {
            self.index.insert_unique(spread(half), (half, code), |&(h, _)| spread(h));
        }
    }

    /// One code a row; [`MISSING_CODE`] where missing.
    #[must_use]
    pub fn codes(&self) -> &[u32] {
        &self.codes
    }

    /// Names there are.
    #[must_use]
    pub fn named(&self) -> usize {
        self.names.ends.len()
    }

    /// The names by code.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        (0..).map_while(|code| self.names.get(code))
    }

    /// The name behind a code; `None` for [`MISSING_CODE`].
    #[must_use]
    pub fn name(&self, code: u32) -> Option<&str> {
        self.names.get(code)
    }

    /// The label of a row.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<&str> {
        self.name(*self.codes.get(row)?)
    }

    /// The code of a label, if any row has it.
    #[must_use]
    pub fn code_of(&self, label: &str) -> Option<u32> {
        if self.index.len() != self.named() {
            return (0..).zip(self.names()).find(|(_, name)| *name == label).map(|(code, _)| code);
        }
        let half = half(&self.hasher, label);
        let same = |&(h, code): &(u32, u32)| h == half && self.name(code) == Some(label);
        self.index.find(spread(half), same).map(|&(_, code)| code)
    }

    /// All codes, ordered by name.
    #[must_use]
    pub fn by_name(&self) -> Vec<u32> {
        let mut codes: Vec<u32> = (0..).take(self.named()).collect();
        codes.sort_by_key(|&code| self.name(code));
        codes
    }

    /// Appends all rows of another column.
    pub fn append(&mut self, other: &Self) {
        let map: Vec<u32> = other.names().map(|name| self.intern(name)).collect();
        let codes = other.codes.iter();
        self.codes.extend(codes.map(|&c| map.get(c as usize).copied().unwrap_or(MISSING_CODE)));
    }
}

/// Half of a label's hash: kept beside its code, it spares most looks at the names.
#[expect(clippy::cast_possible_truncation, reason = "half is what is wanted")]
fn half(hasher: &DefaultHashBuilder, label: &str) -> u32 {
    hasher.hash_one(label) as u32
}

/// A whole hash from half: the table looks at both ends of it.
fn spread(half: u32) -> u64 {
    u64::from(half).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

#[cfg(test)]
mod tests {
    use super::{Categories, MISSING_CODE};

    fn column(labels: &[&str]) -> Categories {
        let mut out = Categories::default();
        for label in labels {
            out.push(Some(label));
        }
        out
    }

    #[test]
    fn a_column_that_travelled_is_the_same_column() -> Result<(), postcard::Error> {
        let sent = column(&["b", "", "a", "b", "ü"]);
        let bytes = postcard::to_stdvec(&sent)?;
        let mut come: Categories = postcard::from_bytes(&bytes)?;
        assert_eq!(come, sent);
        assert_eq!(come.code_of("a"), Some(2));
        assert_eq!((come.intern("a"), come.intern("new")), (2, 4));
        assert_eq!((come.code_of("new"), come.code_of("c")), (Some(4), None));
        Ok(())
    }

    #[test]
    fn appended_labels_keep_their_names() {
        let mut all = column(&["x", "y"]);
        let mut more = column(&["y", "z"]);
        more.push(None);
        all.append(&more);
        assert_eq!(all.codes(), [0, 1, 1, 2, MISSING_CODE]);
        assert_eq!(all.names().collect::<Vec<_>>(), ["x", "y", "z"]);
        assert_eq!(all.by_name(), [0, 1, 2]);
    }

    #[test]
    fn a_million_names_are_told_apart() {
        let mut all = Categories::default();
        for i in 0..1_000_000 {
            all.push(Some(&i.to_string()));
        }
        assert_eq!(all.named(), 1_000_000);
        assert_eq!(all.code_of("777777"), Some(777_777));
    }
}
