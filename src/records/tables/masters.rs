//! Tables of the masters others refer to: customers, products, people and what binds them.

use super::CellKind::{Category, Day, Flag, Money};
use super::{Col, TableKind, TableSpec, may, must};

pub(super) const CUSTOMERS: TableSpec = TableSpec {
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
};

pub(super) const PRODUCTS: TableSpec = TableSpec {
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
};

pub(super) const PEOPLE: TableSpec = TableSpec {
    kind: TableKind::People,
    columns: &[
        must(Col::Rep, Category),
        may(Col::Manager, Category),
        may(Col::Team, Category),
        may(Col::Region, Category),
        may(Col::Territory, Category),
    ],
    any_of: &[Col::Manager, Col::Team, Col::Region, Col::Territory],
};

pub(super) const TERRITORIES: TableSpec = TableSpec {
    kind: TableKind::Territories,
    columns: &[
        must(Col::Territory, Category),
        may(Col::Region, Category),
        may(Col::Manager, Category),
        may(Col::Team, Category),
        may(Col::Channel, Category),
    ],
    any_of: &[Col::Region, Col::Manager, Col::Team],
};

pub(super) const CONTRACTS: TableSpec = TableSpec {
    kind: TableKind::Contracts,
    columns: &[
        must(Col::ContractId, Category),
        must(Col::CustomerId, Category),
        may(Col::CustomerName, Category),
        may(Col::Product, Category),
        may(Col::Owner, Category),
        may(Col::Start, Day),
        may(Col::End, Day),
        may(Col::RenewalDate, Day),
        may(Col::AutoRenew, Flag),
        may(Col::Value, Money),
        may(Col::Status, Category),
    ],
    any_of: &[Col::Start, Col::End, Col::RenewalDate],
};
