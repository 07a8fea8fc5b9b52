//! Whether the measurement of a characteristic was verified.

use std::collections::BTreeMap;

use crate::dataset::Dataset;
use crate::records::{Col, TableKind, fold};
use crate::stats::measurement::gage::Reading;
use crate::stats::measurement::gage::components::Terms;
use crate::stats::measurement::gage::crossed::{MINITAB_ALPHA, crossed};

/// What a gage study says of a characteristic.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Gage {
    /// No study was handed in.
    #[default]
    Absent,
    /// A study that cannot be computed: not crossed, or too small.
    Unclear,
    /// The gage's share of the spread seen in the study, in per cent (AIAG: up to 10 good, up to
    /// 30 with care).
    Studied(f64),
}

/// The studies, by folded name of the characteristic.
#[derive(Debug, Default)]
pub(super) struct Gages(BTreeMap<String, Gage>);

impl Gages {
    pub(super) fn new(data: &Dataset) -> Self {
        let Some(table) = data.table(TableKind::GageStudies) else { return Self::default() };
        let mut all: BTreeMap<String, Vec<Reading>> = BTreeMap::new();
        let number = |col, row| table.categories(col)?.codes().get(row).copied();
        for row in 0..table.len() {
            let name = table.text(Col::Characteristic, row).map(fold).unwrap_or_default();
            let readings = all.entry(name).or_default();
            let reading = || {
                Some(Reading {
                    part: number(Col::Part, row)? as usize,
                    operator: number(Col::Operator, row)? as usize,
                    value: table.number(Col::Value, row)?,
                })
            };
            readings.extend(reading());
        }
        Self(all.into_iter().map(|(name, readings)| (name, study(&readings))).collect())
    }

    /// What is known of a characteristic; a study that names none speaks for a process that
    /// measures only one.
    pub(super) fn of(&self, characteristic: Option<&str>, only: bool) -> Gage {
        let named = characteristic.and_then(|name| self.0.get(&fold(name)));
        let unnamed = || self.0.get("").filter(|_| only);
        named.or_else(unnamed).copied().unwrap_or_default()
    }
}

fn study(readings: &[Reading]) -> Gage {
    let share = || {
        let found = crossed(readings).ok()?;
        let parts = found.estimate(found.choice(MINITAB_ALPHA)).ok()?.components;
        let terms = Terms { tolerance: None, multiplier: 6.0 };
        Some(parts.share(parts.gage(), terms).ok()?.study_variation)
    };
    share().map_or(Gage::Unclear, Gage::Studied)
}
