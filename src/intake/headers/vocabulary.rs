//! The headings known for every column of every table, in three languages.

use std::collections::HashMap;
use std::sync::OnceLock;

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

/// The headings of one table, folded; each with its senses, the best first.
pub(super) type Headings = HashMap<String, Vec<Sense>>;

/// Which tables a line of a vocabulary file speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    /// One table.
    Own(TableKind),
    /// Every table that has the column.
    Any,
    /// One table, where no better heading stands for the column.
    LastResort(TableKind),
}

/// One line of a vocabulary file.
struct Line {
    reach: Reach,
    col: Col,
    words: Vec<String>,
}

fn line(text: &str) -> Option<Line> {
    let mut parts = text.split('\t');
    let table = parts.next()?;
    let col = Col::parse(parts.next()?)?;
    let words = parts.next()?.split(" | ").map(fold).collect();
    let reach = match table.strip_prefix('?') {
        Some(table) => Reach::LastResort(TableKind::parse(table)?),
        None if table == "*" => Reach::Any,
        None => Reach::Own(TableKind::parse(table)?),
    };
    Some(Line { reach, col, words })
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

/// Whether a text heads a column of some table.
pub(in crate::intake) fn is_heading(text: &str) -> bool {
    let folded = fold(text);
    !folded.is_empty() && TableKind::ALL.iter().any(|&kind| headings(kind).contains_key(&folded))
}

/// Words made for this very table rank before words for any table, and those before its last
/// resort; within a line the first ranks best.
fn build(kind: TableKind) -> Headings {
    let mut out = Headings::new();
    for column in spec(kind).columns {
        add(&mut out, &fold(column.col.name()), Sense { rank: 0, col: column.col });
    }
    for line in lines().iter().filter(|line| spec(kind).column(line.col).is_some()) {
        let base = match line.reach {
            Reach::Own(own) if own == kind => 1,
            Reach::Any => 100,
            Reach::LastResort(own) if own == kind => LAST_RESORT,
            Reach::Own(_) | Reach::LastResort(_) => continue,
        };
        for (rank, word) in (base..).zip(&line.words) {
            add(&mut out, word, Sense { rank, col: line.col });
        }
    }
    out
}

fn add(out: &mut Headings, word: &str, sense: Sense) {
    let senses = out.entry(word.to_owned()).or_default();
    match senses.iter_mut().find(|known| known.col == sense.col) {
        Some(known) => known.rank = known.rank.min(sense.rank),
        None => senses.push(sense),
    }
    senses.sort();
}

#[cfg(test)]
mod tests {
    use super::{FILES, Reach, Sense, headings, line};
    use crate::records::{Col, TableKind, fold, spec};

    #[test]
    fn every_line_names_a_table_and_a_column_of_it() {
        for text in FILES.iter().flat_map(|file| file.lines()).filter(|l| !l.starts_with('#')) {
            let parsed = line(text);
            assert!(parsed.is_some(), "{text}");
            let Some(parsed) = parsed else { continue };
            assert!(parsed.words.iter().all(|word| !word.is_empty()), "{text}");
            if let Reach::Own(kind) | Reach::LastResort(kind) = parsed.reach {
                assert!(spec(kind).column(parsed.col).is_some(), "{text}");
            }
        }
    }

    #[test]
    fn every_column_has_headings_in_every_language() {
        for &col in Col::ALL {
            for file in FILES {
                let has =
                    file.lines().filter_map(line).any(|l| l.col == col && l.reach == Reach::Any);
                assert!(has, "{} has no heading in one language", col.name());
            }
        }
    }

    #[test]
    fn no_heading_means_two_columns_of_a_table_equally() {
        for &kind in TableKind::ALL {
            let tied =
                |senses: &[Sense]| senses.windows(2).any(|pair| pair[0].rank == pair[1].rank);
            let words: Vec<_> = headings(kind).iter().filter(|(_, s)| tied(s)).collect();
            assert!(words.is_empty(), "{}: {words:?}", kind.name());
        }
    }

    #[test]
    fn no_line_says_a_word_twice() {
        for line in FILES.iter().flat_map(|file| file.lines()).filter_map(line) {
            for (at, word) in line.words.iter().enumerate() {
                assert!(!line.words[..at].contains(word), "{}: {word}", line.col.name());
            }
        }
    }

    #[test]
    fn export_headings_of_common_systems_are_known() {
        let known = |kind, words: &[&str]| {
            for word in words {
                assert!(headings(kind).contains_key(&fold(word)), "{}: {word}", kind.name());
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
        let first = |kind, word: &str| headings(kind).get(word).map(|s| s[0].col);
        assert_eq!(first(TableKind::Customers, "account"), Some(Col::CustomerId));
        assert_eq!(first(TableKind::Opportunities, "account"), Some(Col::Account));
        assert_eq!(first(TableKind::Opportunities, "engagedate"), Some(Col::Created));
        assert_eq!(first(TableKind::Orders, "sales"), Some(Col::Amount));
    }
}
