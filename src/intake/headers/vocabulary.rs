//! The headings known for every column of every table, in three languages.

use std::hash::BuildHasher as _;
use std::ops::Range;
use std::sync::OnceLock;

use foldhash::fast::FixedState;

use crate::records::{Col, TableKind, fold, spec};

const FILES: [&str; 3] =
    [include_str!("en.tsv"), include_str!("zh-Hant.tsv"), include_str!("zh-Hans.tsv")];

/// The best rank of a heading of last resort.
pub(super) const LAST_RESORT: u32 = 300;

/// A column a heading may mean, and how good a heading it is: lower ranks are better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Sense {
    /// 0 is the column's own name.
    pub(super) rank: u32,
    /// The column.
    pub(super) col: Col,
}

/// What a word means in one table.
pub(super) type Meaning = (TableKind, Sense);

/// One line of a vocabulary file.
struct Line {
    /// The table it speaks of; none for every table that has the column.
    of: Option<TableKind>,
    col: Col,
    /// Rank of its first word: words made for this very table rank before words for any table,
    /// and those before its last resort; within a line the first ranks best.
    base: u32,
    words: &'static str,
}

impl Line {
    fn words(&self) -> impl Iterator<Item = &'static str> {
        self.words.split(" | ")
    }
}

fn line(text: &'static str) -> Option<Line> {
    let mut parts = text.split('\t');
    let table = parts.next()?;
    let col = Col::parse(parts.next()?)?;
    let words = parts.next()?;
    let (of, base) = match table.strip_prefix('?') {
        Some(table) => (Some(TableKind::parse(table)?), LAST_RESORT),
        None if table == "*" => (None, 100),
        None => (Some(TableKind::parse(table)?), 1),
    };
    Some(Line { of, col, base, words })
}

/// The headings of every table.
#[derive(Default)]
struct Vocabulary {
    /// The words folded, one behind the other as they were read.
    text: String,
    /// In the order of their hashes: quicker to bring about than a table, and than their own order.
    words: Vec<Word>,
    /// What the words mean, one word's by table and the best first.
    meanings: Vec<Meaning>,
}

/// Where a word and its meanings stand.
struct Word {
    hash: u64,
    text: Range<usize>,
    meanings: Range<usize>,
}

impl Vocabulary {
    fn entry(&self, word: &Word) -> (&str, &[Meaning]) {
        let text = self.text.get(word.text.clone()).unwrap_or_default();
        (text, self.meanings.get(word.meanings.clone()).unwrap_or_default())
    }
}

fn vocabulary() -> &'static Vocabulary {
    static ALL: OnceLock<Vocabulary> = OnceLock::new();
    ALL.get_or_init(build)
}

fn hash(word: &str) -> u64 {
    FixedState::default().hash_one(word)
}

/// What a folded word means, by table and the best first; nothing where it heads no column.
pub(super) fn meanings(word: &str) -> &'static [Meaning] {
    let (all, hash) = (vocabulary(), hash(word));
    let at = all.words.binary_search_by_key(&hash, |other| other.hash);
    let found = at.ok().and_then(|at| all.words.get(at)).map(|found| all.entry(found));
    found.filter(|(text, _)| *text == word).map_or(&[], |(_, meanings)| meanings)
}

/// Those of one table.
pub(super) fn of_table(kind: TableKind, meanings: &[Meaning]) -> &[Meaning] {
    let from = meanings.partition_point(|(other, _)| *other < kind);
    let rest = meanings.get(from..).unwrap_or_default();
    rest.get(..rest.partition_point(|(other, _)| *other == kind)).unwrap_or_default()
}

/// The headings of one table, folded, each with what it means there.
pub(super) fn headings(
    kind: TableKind,
) -> impl Iterator<Item = (&'static str, &'static [Meaning])> {
    let all = vocabulary();
    let entries = all.words.iter().map(|word| all.entry(word));
    let own = entries.map(move |(word, meanings)| (word, of_table(kind, meanings)));
    own.filter(|(_, meanings)| !meanings.is_empty())
}

/// Whether a text heads a column of some table.
pub(in crate::intake) fn is_heading(text: &str) -> bool {
    let folded = fold(text);
    !folded.is_empty() && !meanings(&folded).is_empty()
}

/// A word where it was read.
struct Said {
    hash: u64,
    text: Range<usize>,
    of: Option<TableKind>,
    sense: Sense,
}

fn build() -> Vocabulary {
    let mut all = Vocabulary::default();
    let mut said = Vec::new();
    let mut say = |word: &str, of, rank, col| {
        let word = fold(word);
        let from = all.text.len();
        all.text.push_str(&word);
        let text = from..all.text.len();
        said.push(Said { hash: hash(&word), text, of, sense: Sense { rank, col } });
    };
    let mut owners: Vec<Vec<TableKind>> = vec![Vec::new(); Col::ALL.len()];
    for &kind in TableKind::ALL {
        for column in spec(kind).columns {
            say(column.col.name(), Some(kind), 0, column.col);
            owners.get_mut(column.col as usize).into_iter().for_each(|of| of.push(kind));
        }
    }
    for line in FILES.iter().flat_map(|file| file.lines()).filter_map(line) {
        for (rank, word) in (line.base..).zip(line.words()) {
            say(word, line.of, rank, line.col);
        }
    }
    said.sort_unstable_by_key(|said| said.hash);
    let mut told = Vec::new();
    for same in said.chunk_by(|a, b| a.hash == b.hash) {
        let Some(Said { hash, text, .. }) = same.first() else { continue };
        tell(same, &owners, &mut told);
        let from = all.meanings.len();
        all.meanings.append(&mut told);
        let meanings = from..all.meanings.len();
        all.words.push(Word { hash: *hash, text: text.clone(), meanings });
    }
    all
}

/// What one word means: by table and the best first, each column once.
fn tell(said: &[Said], owners: &[Vec<TableKind>], out: &mut Vec<Meaning>) {
    for Said { of, sense, .. } in said {
        let owners = owners.get(sense.col as usize).into_iter().flatten();
        let reached = owners.filter(|&&kind| of.is_none_or(|own| own == kind));
        out.extend(reached.map(|&kind| (kind, *sense)));
    }
    out.sort_unstable_by_key(|(kind, sense)| (*kind, sense.col, sense.rank));
    out.dedup_by_key(|(kind, sense)| (*kind, sense.col));
    out.sort_unstable();
}

#[cfg(test)]
mod tests {
    use super::{FILES, Meaning, headings, line, meanings, of_table};
    use crate::records::{Col, TableKind, fold, spec};

    #[test]
    fn every_line_names_a_table_and_a_column_of_it() {
        for text in FILES.iter().flat_map(|file| file.lines()).filter(|l| !l.starts_with('#')) {
            let parsed = line(text);
            assert!(parsed.is_some(), "{text}");
            let Some(parsed) = parsed else { continue };
            assert!(parsed.words().all(|word| !fold(word).is_empty()), "{text}");
            if let Some(kind) = parsed.of {
                assert!(spec(kind).column(parsed.col).is_some(), "{text}");
            }
        }
    }

    #[test]
    fn every_column_has_headings_in_every_language() {
        for &col in Col::ALL {
            for file in FILES {
                let has = file.lines().filter_map(line).any(|l| l.col == col && l.of.is_none());
                assert!(has, "{} has no heading in one language", col.name());
            }
        }
    }

    #[test]
    fn no_heading_means_two_columns_of_a_table_equally() {
        for &kind in TableKind::ALL {
            let tied =
                |own: &[Meaning]| own.windows(2).any(|pair| pair[0].1.rank == pair[1].1.rank);
            let words: Vec<_> = headings(kind).filter(|(_, own)| tied(own)).collect();
            assert!(words.is_empty(), "{}: {words:?}", kind.name());
        }
    }

    #[test]
    fn every_word_is_found_under_its_hash() {
        let lines = FILES.iter().flat_map(|file| file.lines()).filter_map(line);
        for word in lines.flat_map(|line| line.words().collect::<Vec<_>>()) {
            assert!(!meanings(&fold(word)).is_empty(), "{word}");
        }
    }

    #[test]
    fn no_line_says_a_word_twice() {
        for line in FILES.iter().flat_map(|file| file.lines()).filter_map(line) {
            let words: Vec<String> = line.words().map(fold).collect();
            for (at, word) in words.iter().enumerate() {
                assert!(!words[..at].contains(word), "{}: {word}", line.col.name());
            }
        }
    }

    #[test]
    fn export_headings_of_common_systems_are_known() {
        let known = |kind, words: &[&str]| {
            for word in words {
                let own = of_table(kind, meanings(&fold(word)));
                assert!(!own.is_empty(), "{}: {word}", kind.name());
            }
        };
        known(TableKind::Opportunities, &["Opportunity Name", "Est. Close Date", "Pipeline Phase"]);
        known(TableKind::Opportunities, &["Associated Company (Primary)", "Closed Lost Reason"]);
        known(TableKind::Opportunities, &["预计签单日期", "贏單機率", "销售流程阶段"]);
        known(
            TableKind::Tickets,
            &["Date/Time Opened", "Ticket solved - Timestamp", "sys_created_on"],
        );
        known(
            TableKind::Tickets,
            &["Case Number", "SLA due", "Reopen count", "客诉单号", "報案時間"],
        );
        known(
            TableKind::Orders,
            &["Sold-to party", "Billing Date", "Net value", "Sell-to Customer No."],
        );
        known(
            TableKind::Orders,
            &["售达方", "存货编码", "价税合计", "單據日期", "本幣未稅金額", "預交日"],
        );
        known(TableKind::Activities, &["签到时间", "计划拜访时间", "Activity assigned to"]);
        known(TableKind::Leads, &["线索姓名", "Lead Status", "HubSpot Score", "Company / Account"]);
    }

    #[test]
    fn a_heading_means_what_the_table_makes_of_it() {
        let first = |kind, word| of_table(kind, meanings(word)).first().map(|(_, s)| s.col);
        assert_eq!(first(TableKind::Customers, "account"), Some(Col::CustomerId));
        assert_eq!(first(TableKind::Opportunities, "account"), Some(Col::Account));
        assert_eq!(first(TableKind::Opportunities, "engagedate"), Some(Col::Created));
        assert_eq!(first(TableKind::Orders, "sales"), Some(Col::Amount));
    }
}
