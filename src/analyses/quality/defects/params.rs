//! What a report's definition may ask of this analysis.

use serde::Deserialize;

use crate::dataset::{Dataset, OpportunityBasis};
use crate::records::TableKind;

/// Parameters.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Params {
    /// Defects per million opportunities the process should not exceed.
    pub(super) target_dpmo: Option<f64>,
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

    /// Points of a sparkline.
    pub(super) fn spark_points(&self) -> usize {
        self.spark_months.map_or(24, usize::from)
    }

    /// Whether the values make sense.
    ///
    /// # Errors
    /// What is wrong with the first that does not.
    pub(super) fn check(&self) -> Result<(), String> {
        match self.target_dpmo {
            Some(target) if !(0.0..=1e6).contains(&target) => {
                Err(format!("target_dpmo = {target}: expected 0 to 1000000"))
            }
            _ => Ok(()),
        }
    }
}
