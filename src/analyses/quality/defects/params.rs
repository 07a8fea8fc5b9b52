//! What a report's definition may ask of this analysis.

use serde::Deserialize;

use crate::dataset::{Dataset, OpportunityBasis, QualityMetric};
use crate::records::TableKind;

/// Parameters.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Params {
    /// Defects per million opportunities the process should not exceed.
    pub(super) target_dpmo: Option<f64>,
    /// First-time yield of the whole process to be reached, a share.
    pub(super) target_fty: Option<f64>,
    /// Rolled throughput yield to be reached, a share.
    pub(super) target_rty: Option<f64>,
    /// What the column `opportunities` counts; read off the records when absent.
    pub(super) opportunities: Option<Opportunities>,
    /// Months a sparkline shows at most; 24 when absent.
    pub(super) spark_months: Option<u16>,
}

/// What the column `opportunities` counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Opportunities {
    /// Opportunities of one unit.
    PerUnit,
    /// Opportunities of the whole row.
    PerRow,
}

impl Params {
    /// What the column `opportunities` of the service records counts.
    pub(super) fn basis(&self, data: &Dataset) -> OpportunityBasis {
        match self.opportunities {
            Some(Opportunities::PerUnit) => OpportunityBasis::PerUnit,
            Some(Opportunities::PerRow) => OpportunityBasis::PerRow,
            None => {
                let table = data.table(TableKind::ServiceRecords);
                table.map_or(OpportunityBasis::PerUnit, OpportunityBasis::of)
            }
        }
    }

    /// The target of the whole process, where the definition names one.
    pub(super) const fn target(&self, metric: QualityMetric) -> Option<f64> {
        match metric {
            QualityMetric::Dpmo => self.target_dpmo,
            QualityMetric::FirstTimeYield => self.target_fty,
            QualityMetric::RolledYield => self.target_rty,
        }
    }

    /// Points of a sparkline.
    pub(super) fn spark_points(&self) -> usize {
        self.spark_months.map_or(24, usize::from)
    }

    /// Whether the values make sense.
    ///
    /// # Errors
    /// What is wrong with the first that does not.
    pub(super) fn check(&self) -> Result<(), String> {
        let targets = [
            ("target_dpmo", self.target_dpmo, 1e6),
            ("target_fty", self.target_fty, 1.0),
            ("target_rty", self.target_rty, 1.0),
        ];
        let wrong = |&(_, target, most): &(&str, Option<f64>, f64)| {
            target.is_some_and(|target| !(0.0..=most).contains(&target))
        };
        match targets.into_iter().find(wrong) {
            Some((name, target, most)) => {
                Err(format!("{name} = {}: expected 0 to {most}", target.unwrap_or_default()))
            }
            None => Ok(()),
        }
    }
}
