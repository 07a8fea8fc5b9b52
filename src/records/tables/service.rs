//! Tables of service and marketing: requests, answers, and what they cost.

use super::CellKind::{Category, Count, Day, Duration, Flag, Instant, Money, Number};
use super::{Col, TableKind, TableSpec, may, must};

pub(super) const TICKETS: TableSpec = TableSpec {
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
        may(Col::SlaMet, Flag),
        may(Col::Agent, Category),
        may(Col::Team, Category),
        may(Col::Region, Category),
        may(Col::Channel, Category),
        may(Col::Reassigned, Count),
        may(Col::Csat, Number),
        may(Col::Status, Category),
        may(Col::EventAt, Instant),
        may(Col::Cost, Money),
    ],
    any_of: &[],
};

pub(super) const TICKET_EVENTS: TableSpec = TableSpec {
    kind: TableKind::TicketEvents,
    columns: &[
        must(Col::TicketId, Category),
        must(Col::EventAt, Instant),
        may(Col::Event, Category),
        may(Col::OldValue, Category),
        may(Col::NewValue, Category),
        may(Col::Agent, Category),
    ],
    any_of: &[Col::Event, Col::NewValue],
};

pub(super) const CALLS: TableSpec = TableSpec {
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
};

pub(super) const SURVEYS: TableSpec = TableSpec {
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
};

pub(super) const CAMPAIGNS: TableSpec = TableSpec {
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
};

pub(super) const SENDS: TableSpec = TableSpec {
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
};

pub(super) const COSTS_TO_SERVE: TableSpec = TableSpec {
    kind: TableKind::CostsToServe,
    columns: &[
        must(Col::CustomerId, Category),
        may(Col::Date, Day),
        must(Col::CostType, Category),
        must(Col::Cost, Money),
    ],
    any_of: &[],
};
