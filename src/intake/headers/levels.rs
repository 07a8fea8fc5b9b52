//! Headers of two rows: groups above, headings below.

use std::collections::{HashMap, HashSet};

use super::matching::{Heading, Match, match_row};
use crate::records::TableKind;

/// Two rows read as one header.
#[derive(Debug)]
pub(super) struct Levels {
    columns: Vec<Level>,
}

/// One column: the two texts together, and the lower one where it stands only once.
#[derive(Debug)]
struct Level {
    both: Heading,
    own: Option<Heading>,
}

impl Levels {
    /// Two rows as one. A group spreads to the right over columns that have no group of their
    /// own, as a merged cell does, unless nothing stands below the group itself.
    pub(super) fn new(upper: &[Heading], lower: &[Heading]) -> Self {
        let below: HashSet<u32> = lower.iter().map(|heading| heading.at).collect();
        let mut times: HashMap<&str, usize> = HashMap::new();
        for own in lower {
            *times.entry(&own.folded).or_default() += 1;
        }
        let alone = upper.iter().filter(|group| !below.contains(&group.at));
        let mut columns: Vec<Level> =
            alone.map(|group| Level { both: group.clone(), own: None }).collect();
        for own in lower {
            let group = upper.partition_point(|group| group.at <= own.at).checked_sub(1);
            let group = group.and_then(|at| upper.get(at));
            let group = group.filter(|group| below.contains(&group.at));
            let once = times.get(own.folded.as_str()) == Some(&1);
            columns.push(match group {
                Some(group) => Level {
                    both: Heading {
                        declared: own.declared,
                        ..Heading::new(own.at, &format!("{} {}", group.text, own.text))
                    },
                    own: once.then(|| own.clone()),
                },
                None => Level { both: own.clone(), own: None },
            });
        }
        columns.sort_by_key(|level| level.both.at);
        Self { columns }
    }

    /// Columns with a heading.
    pub(super) const fn len(&self) -> usize {
        self.columns.len()
    }
}

/// Reads two rows as the header of one table: both texts together where the table knows them so,
/// else the lower one.
pub(super) fn match_levels(kind: TableKind, levels: &Levels) -> Match {
    let named = levels.columns.iter().map(|level| match &level.own {
        Some(own) if !level.both.is_known(kind) && own.is_known(kind) => {
            Heading { folded: own.folded.clone(), known: own.known, ..level.both.clone() }
        }
        _ => level.both.clone(),
    });
    match_row(kind, &named.collect::<Vec<_>>())
}
