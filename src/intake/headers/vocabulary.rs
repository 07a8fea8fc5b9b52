//! The headings known for every column of every table, in three languages.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::records::{Col, TableKind, fold, spec};

const FILES: [&str; 3] =
    [include_str!("en.tsv"), include_str!("zh-Hant.tsv"), include_str!("zh-Hans.tsv")];

/// A column a heading may mean, and how good a heading it is: lower ranks are better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Sense {
    /// 0 is the column's own name.
    pub(super) rank: u32,
    /// The column.
    pub(super) col: Col,
}

/// The headings of one table, folded; each with its senses, the best first.
pub(super) type Headings = HashMap<String, Vec<Sense>>;

/// One line of a vocabulary file.
struct Line {
    table: Option<TableKind>,
    col: Col,
    words: Vec<String>,
}

fn line(text: &str) -> Option<Line> {
    let mut parts = text.split('\t');
    let table = parts.next()?;
    let col = Col::parse(parts.next()?)?;
    let words = parts.next()?.split(" | ").map(fold).collect();
    let table = if table == "*" { None } else { Some(TableKind::parse(table)?) };
    Some(Line { table, col, words })
}

fn lines() -> &'static [Line] {
    static LINES: OnceLock<Vec<Line>> = OnceLock::new();
    LINES.get_or_init(|| FILES.iter().flat_map(|file| file.lines()).filter_map(line).collect())
}

/// The headings of one table.
pub(super) fn headings(kind: TableKind) -> &'static Headings {
    static ALL: OnceLock<Vec<Headings>> = OnceLock::new();
    let all = ALL.get_or_init(|| TableKind::ALL.iter().map(|&kind| build(kind)).collect());
    &all[kind as usize]
}

/// Words made for this very table rank before words for any table; within a line the first
/// ranks best.
fn build(kind: TableKind) -> Headings {
    let mut out = Headings::new();
    for column in spec(kind).columns {
        add(&mut out, &fold(column.col.name()), Sense { rank: 0, col: column.col });
    }
    for line in lines().iter().filter(|line| spec(kind).column(line.col).is_some()) {
        let base = match line.table {
            Some(own) if own == kind => 1,
            None => 100,
            Some(_) => continue,
        };
        for (rank, word) in (base..).zip(&line.words) {
            add(&mut out, word, Sense { rank, col: line.col });
        }
    }
    out
}

fn add(out: &mut Headings, word: &str, sense: Sense) {
    let senses = out.entry(word.to_owned()).or_default();
    if senses.iter().all(|known| known.col != sense.col) {
        senses.push(sense);
        senses.sort();
    }
}

#[cfg(test)]
mod tests {
    use super::{FILES, headings, line};
    use crate::records::{Col, TableKind, spec};

    #[test]
    fn every_line_names_a_table_and_a_column_of_it() {
        for text in FILES.iter().flat_map(|file| file.lines()).filter(|l| !l.starts_with('#')) {
            let parsed = line(text);
            assert!(parsed.is_some(), "{text}");
            let Some(parsed) = parsed else { continue };
            assert!(parsed.words.iter().all(|word| !word.is_empty()), "{text}");
            if let Some(kind) = parsed.table {
                assert!(spec(kind).column(parsed.col).is_some(), "{text}");
            }
        }
    }

    #[test]
    fn every_column_has_headings_in_every_language() {
        for &col in Col::ALL {
            for file in FILES {
                let has = file.lines().filter_map(line).any(|l| l.col == col && l.table.is_none());
                assert!(has, "{} has no heading in one language", col.name());
            }
        }
    }

    #[test]
    fn a_heading_means_what_the_table_makes_of_it() {
        let first = |kind, word: &str| headings(kind).get(word).map(|s| s[0].col);
        assert_eq!(first(TableKind::Customers, "account"), Some(Col::CustomerId));
        assert_eq!(first(TableKind::Opportunities, "account"), Some(Col::Account));
        assert_eq!(first(TableKind::Opportunities, "engagedate"), Some(Col::Created));
        assert_eq!(first(TableKind::Orders, "sales"), Some(Col::Amount));
    }
}
