//! Integer summaries that merge, so that analyses of large tables never read rows.

mod by_customer;
mod customer_book;

pub use by_customer::{ByCustomer, CustomerSums, by_customer};
pub use customer_book::{Customer, CustomerBook, trailing_months};
