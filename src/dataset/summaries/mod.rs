//! Integer summaries that merge, so that analyses of large tables never read rows.

mod by_customer;
mod by_defects;
mod customer_book;
mod defect_cube;
mod defect_grid;
mod kept;

pub use by_customer::{ByCustomer, CustomerSums, by_customer};
pub use by_defects::{DefectCounts, Grain, OpportunityBasis};
pub use customer_book::{Customer, CustomerBook, trailing_months};
pub use defect_cube::{Counted, DefectCube, Place};
pub use kept::Kept;
