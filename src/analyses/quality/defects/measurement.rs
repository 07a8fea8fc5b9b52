//! Whether those who judge units agree: the rated studies handed in, by Fleiss' kappa.

use std::collections::{BTreeMap, BTreeSet};

use crate::dataset::{Dataset, Table};
use crate::records::{Col, TableKind, fold};
use crate::stats::measurement::agreement::fleiss;

/// The rated study of least agreement.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Measured {
    /// Its name, where it has one.
    pub(super) study: Option<String>,
    /// Judges.
    pub(super) operators: usize,
    /// Units judged.
    pub(super) parts: usize,
    /// Fleiss' kappa; absent where judgements cannot be compared.
    pub(super) kappa: Option<f64>,
}

/// The study of least agreement among those with ratings; `None` where there is none.
pub(super) fn measured(data: &Dataset) -> Option<Measured> {
    let table = data.table(TableKind::GageStudies)?;
    let mut studies = BTreeMap::<Option<String>, Vec<usize>>::new();
    for row in (0..table.len()).filter(|&row| table.text(Col::Rating, row).is_some()) {
        let study = table.text(Col::Study, row).map(str::to_owned);
        studies.entry(study).or_default().push(row);
    }
    let measured = studies.into_iter().map(|(study, rows)| judge(table, study, &rows));
    measured.min_by(|a, b| {
        let kappa = |m: &Measured| m.kappa.unwrap_or(f64::NEG_INFINITY);
        kappa(a).total_cmp(&kappa(b))
    })
}

fn judge(table: &Table, study: Option<String>, rows: &[usize]) -> Measured {
    let rating = |row: usize| fold(table.text(Col::Rating, row).unwrap_or_default());
    let labels: BTreeSet<String> = rows.iter().map(|&row| rating(row)).collect();
    let mut parts = BTreeMap::<&str, Vec<u64>>::new();
    let mut operators = BTreeSet::new();
    for &row in rows {
        let Some(part) = table.text(Col::Part, row) else { continue };
        operators.extend(table.text(Col::Operator, row));
        let counts = parts.entry(part).or_insert_with(|| vec![0; labels.len()]);
        let place = labels.iter().position(|label| *label == rating(row));
        if let Some(count) = place.and_then(|place| counts.get_mut(place)) {
            *count += 1;
        }
    }
    let counts: Vec<Vec<u64>> = parts.into_values().collect();
    let kappa = (operators.len() > 1).then(|| fleiss::fleiss(&counts).ok()).flatten();
    let kappa = kappa.map(|fleiss| fleiss.kappa);
    Measured { study, operators: operators.len(), parts: counts.len(), kappa }
}
