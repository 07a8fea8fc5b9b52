//! Every column gemba knows, by one name in all tables.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How the cells of a column are typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// Identifier or label, kept as given, dictionary-coded.
    Category,
    /// Calendar day.
    Day,
    /// Point in time: milliseconds since 1970-01-01 on the clock the file shows. An offset or `Z`
    /// written beside it is not added; a column that mixes offsets is flagged.
    Instant,
    /// Length of time in milliseconds.
    Duration,
    /// Money in ten-thousandths of a unit.
    Money,
    /// Whole number.
    Count,
    /// Measurement.
    Number,
    /// Yes or no.
    Flag,
}

macro_rules! columns {
    ($($(#[$doc:meta])* $variant:ident $name:literal),+ $(,)?) => {
        /// A column of a known table.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum Col { $(#[doc = concat!("`", $name, "`")] $(#[$doc])* $variant),+ }

        impl Col {
            /// Every column.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name in settings, JSON and word files.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// The column of that name.
            #[must_use]
            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|col| col.name() == name)
            }
        }
    };
}

columns! {
    RecordId "record_id", Date "date", Step "step", Team "team", Category "category",
    Units "units", Opportunities "opportunities", Defects "defects", Defective "defective",
    DefectType "defect_type", Cost "cost", Shift "shift",
    CaseId "case_id", Start "start", End "end", Resource "resource",
    Characteristic "characteristic", Value "value", Lsl "lsl", Usl "usl", Target "target",
    Subgroup "subgroup", Unit "unit",
    CustomerId "customer_id", CustomerName "customer_name", CustomerType "customer_type",
    Tier "tier", Segment "segment", Region "region", Owner "owner", Created "created",
    Phone "phone", Email "email", Address "address", Wallet "wallet", Parent "parent",
    OrderId "order_id", ProductId "product_id", ProductName "product_name",
    Subcategory "subcategory", Qty "qty", Amount "amount", Profit "profit",
    Discount "discount", Channel "channel", Rep "rep", ShipDate "ship_date",
    PromiseDate "promise_date", Reason "reason", Returned "returned", Price "price",
    Series "series", Manager "manager",
    LeadId "lead_id", Source "source", Campaign "campaign", Score "score", Grade "grade",
    RoutedAt "routed_at", Status "status",
    ActivityId "activity_id", Role "role", ActivityType "activity_type",
    PlannedAt "planned_at", DoneAt "done_at", Result "result", NextStep "next_step",
    OppId "opp_id", Account "account", Product "product", Stage "stage", Closed "closed",
    ExpectedClose "expected_close", Probability "probability", LossReason "loss_reason",
    Entered "entered", Left "left",
    TicketId "ticket_id", Opened "opened", FirstResponse "first_response",
    Resolved "resolved", Reopened "reopened", Priority "priority", SlaDue "sla_due",
    Agent "agent", Reassigned "reassigned", Csat "csat", SlaMet "sla_met", TicketType "ticket_type",
    CallId "call_id", Answered "answered", WaitSeconds "wait_seconds",
    TalkTime "talk_time", Topic "topic", Question "question",
    CampaignId "campaign_id", CampaignName "campaign_name", Sent "sent",
    Control "control", Response "response", Revenue "revenue",
    PeriodMonth "period", Metric "metric", CostType "cost_type",
    ProjectId "project_id", ProjectName "project_name", Phase "phase",
    Intervention "intervention", Benefit "benefit", Baseline "baseline",
    Rebate "rebate", RebateType "rebate_type",
    ContractId "contract_id", RenewalDate "renewal_date", AutoRenew "auto_renew",
    Event "event", EventAt "event_at", OldValue "old_value", NewValue "new_value",
    SnapshotDate "snapshot_date", Territory "territory",
    ProjectType "project_type", PhaseSince "phase_since", BenefitBooked "benefit_booked",
    ValueAdded "value_added", FoundAt "found_at", FailureMode "failure_mode",
    Effect "effect", Cause "cause", Severity "severity", Occurrence "occurrence",
    Detection "detection", Action "action", SeverityAfter "severity_after",
    OccurrenceAfter "occurrence_after", DetectionAfter "detection_after", Due "due",
    Problem "problem", Goal "goal", Scope "scope", BusinessCase "business_case",
    Sponsor "sponsor", Members "members", Ctq "ctq", Element "element", Item "item",
    Specification "specification", Method "method", SampleSize "sample_size",
    Frequency "frequency", ReactionPlan "reaction_plan", Study "study", Part "part",
    Operator "operator", Trial "trial", Rating "rating", Reference "reference", Need "need",
    Importance "importance", Relation "relation", Criterion "criterion", Weight "weight",
    Concept "concept", Component "component", Distribution "distribution", Mean "mean", Sd "sd",
    Coefficient "coefficient", Experiment "experiment", Run "run", Factor "factor", Level "level",
    Objective "objective", Waste "waste", Hours "hours", RaisedAt "raised_at",
    RespondedAt "responded_at", RecoveredAt "recovered_at", Demand "demand",
    CapacityUnits "capacity_units", CostClass "cost_class",
    Size "size", CasesBetween "cases_between", TimeBetween "time_between",
}
