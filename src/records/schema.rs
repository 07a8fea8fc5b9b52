//! The tables gemba knows: their columns, types, and what each cannot do without.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::tables::SPECS;
use super::{CellKind, Col};

/// One column of a table.
#[derive(Clone, Copy, Debug)]
pub struct ColumnSpec {
    /// Which column.
    pub col: Col,
    /// How its cells are typed.
    pub kind: CellKind,
    /// Whether a sheet without it is not this table, and a row with it blank is refused.
    pub required: bool,
}

/// One table.
#[derive(Clone, Copy, Debug)]
pub struct TableSpec {
    /// Which table.
    pub kind: TableKind,
    /// Its columns.
    pub columns: &'static [ColumnSpec],
    /// Columns of which a sheet needs at least one (none needed where empty).
    pub any_of: &'static [Col],
}

impl TableSpec {
    /// The spec of one of its columns.
    #[must_use]
    pub fn column(&self, col: Col) -> Option<&'static ColumnSpec> {
        self.columns.iter().find(|spec| spec.col == col)
    }
}

/// A table gemba knows.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum TableKind {
    /// `service_records`
    ServiceRecords,
    /// `defect_log`
    DefectLog,
    /// `process_steps`
    ProcessSteps,
    /// `measurements`
    Measurements,
    /// `customers`
    Customers,
    /// `orders`
    Orders,
    /// `returns`
    Returns,
    /// `products`
    Products,
    /// `people`
    People,
    /// `leads`
    Leads,
    /// `activities`
    Activities,
    /// `opportunities`
    Opportunities,
    /// `stage_history`
    StageHistory,
    /// `tickets`
    Tickets,
    /// `calls`
    Calls,
    /// `surveys`
    Surveys,
    /// `campaigns`
    Campaigns,
    /// `sends`
    Sends,
    /// `targets`
    Targets,
    /// `costs_to_serve`
    CostsToServe,
    /// `projects`
    Projects,
    /// `rebates`: price given back or waived
    Rebates,
    /// `contracts`
    Contracts,
    /// `ticket_events`: what happened to a ticket, one row a change
    TicketEvents,
    /// `pipeline_snapshots`: the open opportunities as they stood on a day
    PipelineSnapshots,
    /// `territories`
    Territories,
    /// `fmea`: failure modes and effects
    Fmea,
    /// `charters`: one row a project
    Charters,
    /// `sipoc`: suppliers, inputs, process, outputs, customers
    Sipoc,
    /// `control_plan`: one row a check due
    ControlPlan,
    /// `project_gates`: planned and held gate reviews
    ProjectGates,
    /// `gage_studies`: measurement-system studies
    GageStudies,
    /// `qfd`: needs against characteristics
    Qfd,
    /// `pugh`: concepts scored against a datum
    Pugh,
    /// `tolerances`: components of a designed result
    Tolerances,
    /// `experiments`: one row a run and factor
    Experiments,
    /// `waste_log`: hours and money lost, by kind of waste
    WasteLog,
    /// `andon`: stops of the line
    Andon,
    /// `capacity`: hours, demand and capacity by day
    Capacity,
    /// `quality_costs`: prevention, appraisal and failure costs
    QualityCosts,
    /// `samples`: counts of samples in their order, without dates
    Samples,
}

impl TableKind {
    /// Every table.
    pub const ALL: &'static [Self] = &[
        Self::ServiceRecords,
        Self::DefectLog,
        Self::ProcessSteps,
        Self::Measurements,
        Self::Customers,
        Self::Orders,
        Self::Returns,
        Self::Products,
        Self::People,
        Self::Leads,
        Self::Activities,
        Self::Opportunities,
        Self::StageHistory,
        Self::Tickets,
        Self::Calls,
        Self::Surveys,
        Self::Campaigns,
        Self::Sends,
        Self::Targets,
        Self::CostsToServe,
        Self::Projects,
        Self::Rebates,
        Self::Contracts,
        Self::TicketEvents,
        Self::PipelineSnapshots,
        Self::Territories,
        Self::Fmea,
        Self::Charters,
        Self::Sipoc,
        Self::ControlPlan,
        Self::ProjectGates,
        Self::GageStudies,
        Self::Qfd,
        Self::Pugh,
        Self::Tolerances,
        Self::Experiments,
        Self::WasteLog,
        Self::Andon,
        Self::Capacity,
        Self::QualityCosts,
        Self::Samples,
    ];

    /// Its name in settings, JSON and word files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ServiceRecords => "service_records",
            Self::DefectLog => "defect_log",
            Self::ProcessSteps => "process_steps",
            Self::Measurements => "measurements",
            Self::Customers => "customers",
            Self::Orders => "orders",
            Self::Returns => "returns",
            Self::Products => "products",
            Self::People => "people",
            Self::Leads => "leads",
            Self::Activities => "activities",
            Self::Opportunities => "opportunities",
            Self::StageHistory => "stage_history",
            Self::Tickets => "tickets",
            Self::Calls => "calls",
            Self::Surveys => "surveys",
            Self::Campaigns => "campaigns",
            Self::Sends => "sends",
            Self::Targets => "targets",
            Self::CostsToServe => "costs_to_serve",
            Self::Projects => "projects",
            Self::Rebates => "rebates",
            Self::Contracts => "contracts",
            Self::TicketEvents => "ticket_events",
            Self::PipelineSnapshots => "pipeline_snapshots",
            Self::Territories => "territories",
            Self::Fmea => "fmea",
            Self::Charters => "charters",
            Self::Sipoc => "sipoc",
            Self::ControlPlan => "control_plan",
            Self::ProjectGates => "project_gates",
            Self::GageStudies => "gage_studies",
            Self::Qfd => "qfd",
            Self::Pugh => "pugh",
            Self::Tolerances => "tolerances",
            Self::Experiments => "experiments",
            Self::WasteLog => "waste_log",
            Self::Andon => "andon",
            Self::Capacity => "capacity",
            Self::QualityCosts => "quality_costs",
            Self::Samples => "samples",
        }
    }

    /// The table of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}

/// The spec of every table, in the order of [`TableKind::ALL`].
#[must_use]
pub const fn specs() -> &'static [TableSpec] {
    SPECS
}

/// The spec of one table.
#[must_use]
pub fn spec(kind: TableKind) -> &'static TableSpec {
    &SPECS[kind as usize]
}

#[cfg(test)]
mod tests {
    use super::{TableKind, spec, specs};

    #[test]
    fn every_table_has_its_spec_in_order() {
        assert_eq!(specs().len(), TableKind::ALL.len());
        for &kind in TableKind::ALL {
            assert_eq!(spec(kind).kind, kind);
            assert_eq!(TableKind::parse(kind.name()), Some(kind));
        }
    }

    #[test]
    fn no_table_names_a_column_twice_and_any_of_are_its_own() {
        for table in specs() {
            for (i, a) in table.columns.iter().enumerate() {
                assert!(table.columns[..i].iter().all(|b| b.col != a.col), "{:?}", a.col);
            }
            assert!(table.any_of.iter().all(|&col| table.column(col).is_some()));
        }
    }
}
