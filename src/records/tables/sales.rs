//! Tables of sales: what was sold, given back and planned, and how a sale came about.

use super::CellKind::{Category, Day, Flag, Money, Number};
use super::{Col, TableKind, TableSpec, may, must};

pub(super) const ORDERS: TableSpec = TableSpec {
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
};

pub(super) const RETURNS: TableSpec = TableSpec {
    kind: TableKind::Returns,
    columns: &[
        must(Col::OrderId, Category),
        may(Col::Returned, Flag),
        may(Col::Date, Day),
        may(Col::Amount, Money),
        may(Col::Reason, Category),
    ],
    any_of: &[Col::Returned, Col::Amount, Col::Reason],
};

pub(super) const REBATES: TableSpec = TableSpec {
    kind: TableKind::Rebates,
    columns: &[
        may(Col::OrderId, Category),
        may(Col::CustomerId, Category),
        may(Col::Date, Day),
        must(Col::Rebate, Money),
        may(Col::RebateType, Category),
        may(Col::Reason, Category),
    ],
    any_of: &[Col::OrderId, Col::CustomerId],
};

pub(super) const LEADS: TableSpec = TableSpec {
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
};

pub(super) const ACTIVITIES: TableSpec = TableSpec {
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
};

pub(super) const OPPORTUNITIES: TableSpec = TableSpec {
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
};

pub(super) const STAGE_HISTORY: TableSpec = TableSpec {
    kind: TableKind::StageHistory,
    columns: &[
        must(Col::OppId, Category),
        must(Col::Stage, Category),
        must(Col::Entered, Day),
        may(Col::Left, Day),
        may(Col::Owner, Category),
    ],
    any_of: &[],
};

pub(super) const PIPELINE_SNAPSHOTS: TableSpec = TableSpec {
    kind: TableKind::PipelineSnapshots,
    columns: &[
        must(Col::SnapshotDate, Day),
        must(Col::OppId, Category),
        must(Col::Stage, Category),
        may(Col::Account, Category),
        may(Col::Owner, Category),
        may(Col::Value, Money),
        may(Col::Probability, Number),
        may(Col::ExpectedClose, Day),
    ],
    any_of: &[],
};

pub(super) const TARGETS: TableSpec = TableSpec {
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
};
