//! The tables gemba knows: their columns, types, and what each cannot do without.

use schemars::JsonSchema;
use serde::Serialize;

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

const fn must(col: Col, kind: CellKind) -> ColumnSpec {
    ColumnSpec { col, kind, required: true }
}

const fn may(col: Col, kind: CellKind) -> ColumnSpec {
    ColumnSpec { col, kind, required: false }
}

/// A table gemba knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
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

use CellKind::{Category, Count, Day, Duration, Flag, Instant, Money, Number};

const SPECS: &[TableSpec] = &[
    TableSpec {
        kind: TableKind::ServiceRecords,
        columns: &[
            may(Col::RecordId, Category),
            must(Col::Date, Day),
            may(Col::Step, Category),
            may(Col::Team, Category),
            may(Col::Category, Category),
            may(Col::Shift, Category),
            may(Col::Units, Count),
            may(Col::Opportunities, Count),
            may(Col::Defects, Count),
            may(Col::Defective, Count),
            may(Col::DefectType, Category),
            may(Col::Cost, Money),
            may(Col::CustomerId, Category),
        ],
        any_of: &[Col::Defects, Col::Defective],
    },
    TableSpec {
        kind: TableKind::DefectLog,
        columns: &[
            may(Col::RecordId, Category),
            must(Col::Date, Day),
            must(Col::DefectType, Category),
            may(Col::Step, Category),
            may(Col::Team, Category),
            may(Col::Category, Category),
            may(Col::Defects, Count),
            may(Col::Cost, Money),
        ],
        any_of: &[],
    },
    TableSpec {
        kind: TableKind::ProcessSteps,
        columns: &[
            must(Col::CaseId, Category),
            must(Col::Step, Category),
            must(Col::Start, Instant),
            may(Col::End, Instant),
            may(Col::Resource, Category),
            may(Col::Team, Category),
            may(Col::Category, Category),
        ],
        any_of: &[],
    },
    TableSpec {
        kind: TableKind::Measurements,
        columns: &[
            may(Col::RecordId, Category),
            must(Col::Date, Day),
            may(Col::Characteristic, Category),
            must(Col::Value, Number),
            may(Col::Lsl, Number),
            may(Col::Usl, Number),
            may(Col::Target, Number),
            may(Col::Unit, Category),
            may(Col::Step, Category),
            may(Col::Team, Category),
            may(Col::Subgroup, Category),
        ],
        any_of: &[],
    },
    TableSpec {
        kind: TableKind::Customers,
        columns: &[
            must(Col::CustomerId, Category),
            may(Col::CustomerName, Category),
            may(Col::CustomerType, Category),
            may(Col::Tier, Category),
            may(Col::Segment, Category),
            may(Col::Region, Category),
            may(Col::Owner, Category),
            may(Col::Created, Day),
            may(Col::Phone, Category),
            may(Col::Email, Category),
            may(Col::Address, Category),
            may(Col::Wallet, Money),
            may(Col::Parent, Category),
        ],
        any_of: &[],
    },
    TableSpec {
        kind: TableKind::Orders,
        columns: &[
            may(Col::OrderId, Category),
            must(Col::Date, Day),
            must(Col::CustomerId, Category),
            may(Col::CustomerName, Category),
            may(Col::ProductId, Category),
            may(Col::ProductName, Category),
            may(Col::Category, Category),
            may(Col::Subcategory, Category),
            may(Col::Qty, Number),
            must(Col::Amount, Money),
            may(Col::Cost, Money),
            may(Col::Profit, Money),
            may(Col::Discount, Number),
            may(Col::Price, Money),
            may(Col::Channel, Category),
            may(Col::Rep, Category),
            may(Col::Segment, Category),
            may(Col::Region, Category),
            may(Col::ShipDate, Day),
            may(Col::PromiseDate, Day),
        ],
        any_of: &[],
    },
    TableSpec {
        kind: TableKind::Returns,
        columns: &[
            must(Col::OrderId, Category),
            may(Col::Returned, Flag),
            may(Col::Date, Day),
            may(Col::Amount, Money),
            may(Col::Reason, Category),
        ],
        any_of: &[Col::Returned, Col::Amount, Col::Reason],
    },
    TableSpec {
        kind: TableKind::Products,
        columns: &[
            must(Col::Product, Category),
            may(Col::ProductId, Category),
            may(Col::Series, Category),
            may(Col::Category, Category),
            must(Col::Price, Money),
            may(Col::Cost, Money),
        ],
        any_of: &[],
    },
    TableSpec {
        kind: TableKind::People,
        columns: &[
            must(Col::Rep, Category),
            may(Col::Manager, Category),
            may(Col::Team, Category),
            may(Col::Region, Category),
        ],
        any_of: &[Col::Manager, Col::Team, Col::Region],
    },
    TableSpec {
        kind: TableKind::Leads,
        columns: &[
            must(Col::LeadId, Category),
            may(Col::Created, Day),
            may(Col::Source, Category),
            may(Col::Campaign, Category),
            may(Col::Score, Number),
            may(Col::Grade, Category),
            may(Col::Owner, Category),
            may(Col::RoutedAt, Day),
            must(Col::Status, Category),
            may(Col::CustomerName, Category),
            may(Col::CustomerId, Category),
        ],
        any_of: &[],
    },
    TableSpec {
        kind: TableKind::Activities,
        columns: &[
            may(Col::ActivityId, Category),
            may(Col::CustomerId, Category),
            may(Col::CustomerName, Category),
            may(Col::LeadId, Category),
            may(Col::OppId, Category),
            must(Col::Rep, Category),
            may(Col::Role, Category),
            must(Col::ActivityType, Category),
            may(Col::PlannedAt, Day),
            may(Col::DoneAt, Day),
            may(Col::Result, Category),
            may(Col::NextStep, Category),
        ],
        any_of: &[Col::PlannedAt, Col::DoneAt],
    },
    TableSpec {
        kind: TableKind::Opportunities,
        columns: &[
            must(Col::OppId, Category),
            may(Col::Account, Category),
            may(Col::Owner, Category),
            may(Col::Product, Category),
            must(Col::Stage, Category),
            may(Col::Created, Day),
            may(Col::Closed, Day),
            may(Col::ExpectedClose, Day),
            may(Col::Value, Money),
            may(Col::Price, Money),
            may(Col::Probability, Number),
            may(Col::LossReason, Category),
            may(Col::Source, Category),
            may(Col::Region, Category),
            may(Col::Segment, Category),
        ],
        any_of: &[Col::Created, Col::Closed],
    },
    TableSpec {
        kind: TableKind::StageHistory,
        columns: &[
            must(Col::OppId, Category),
            must(Col::Stage, Category),
            must(Col::Entered, Day),
            may(Col::Left, Day),
            may(Col::Owner, Category),
        ],
        any_of: &[],
    },
    TableSpec {
        kind: TableKind::Tickets,
        columns: &[
            must(Col::TicketId, Category),
            may(Col::CustomerId, Category),
            may(Col::CustomerName, Category),
            must(Col::Opened, Instant),
            may(Col::FirstResponse, Instant),
            may(Col::Resolved, Instant),
            may(Col::Closed, Instant),
            may(Col::Reopened, Count),
            may(Col::Priority, Category),
            may(Col::Category, Category),
            may(Col::TicketType, Category),
            may(Col::SlaDue, Instant),
            may(Col::Agent, Category),
            may(Col::Csat, Number),
            may(Col::Status, Category),
            may(Col::Cost, Money),
        ],
        any_of: &[],
    },
    TableSpec {
        kind: TableKind::Calls,
        columns: &[
            must(Col::CallId, Category),
            must(Col::Agent, Category),
            must(Col::Date, Day),
            may(Col::Topic, Category),
            may(Col::Answered, Flag),
            may(Col::Resolved, Flag),
            may(Col::WaitSeconds, Number),
            may(Col::TalkTime, Duration),
            may(Col::Csat, Number),
        ],
        any_of: &[],
    },
    TableSpec {
        kind: TableKind::Surveys,
        columns: &[
            may(Col::RecordId, Category),
            must(Col::Date, Day),
            may(Col::CustomerId, Category),
            may(Col::Question, Category),
            must(Col::Score, Number),
            may(Col::Team, Category),
            may(Col::TicketId, Category),
        ],
        any_of: &[],
    },
    TableSpec {
        kind: TableKind::Campaigns,
        columns: &[
            must(Col::CampaignId, Category),
            may(Col::CampaignName, Category),
            must(Col::Channel, Category),
            may(Col::Cost, Money),
            may(Col::Start, Day),
            may(Col::End, Day),
        ],
        any_of: &[],
    },
    TableSpec {
        kind: TableKind::Sends,
        columns: &[
            must(Col::CampaignId, Category),
            must(Col::CustomerId, Category),
            may(Col::Sent, Day),
            may(Col::Control, Flag),
            must(Col::Response, Flag),
            may(Col::Revenue, Money),
        ],
        any_of: &[],
    },
    TableSpec {
        kind: TableKind::Targets,
        columns: &[
            must(Col::PeriodMonth, Day),
            may(Col::Metric, Category),
            may(Col::Owner, Category),
            may(Col::Region, Category),
            may(Col::Channel, Category),
            may(Col::Team, Category),
            must(Col::Target, Number),
        ],
        any_of: &[],
    },
    TableSpec {
        kind: TableKind::CostsToServe,
        columns: &[
            must(Col::CustomerId, Category),
            may(Col::Date, Day),
            must(Col::CostType, Category),
            must(Col::Cost, Money),
        ],
        any_of: &[],
    },
    TableSpec {
        kind: TableKind::Projects,
        columns: &[
            must(Col::ProjectId, Category),
            must(Col::ProjectName, Category),
            may(Col::Step, Category),
            may(Col::Team, Category),
            may(Col::Metric, Category),
            must(Col::Phase, Category),
            may(Col::Owner, Category),
            may(Col::Start, Day),
            may(Col::Intervention, Day),
            may(Col::End, Day),
            may(Col::Status, Category),
            may(Col::Baseline, Number),
            may(Col::Target, Number),
            may(Col::Benefit, Money),
            may(Col::Cost, Money),
        ],
        any_of: &[],
    },
];

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
