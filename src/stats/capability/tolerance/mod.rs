//! Tolerance intervals: bounds that hold a stated share of all values, with a stated confidence.
//!
//! Sources: W. Howe, JASA 64 (1969); W. Guenther, *Sampling Inspection in Statistical Quality
//! Control* (1977); A. Wald and J. Wolfowitz, Annals of Mathematical Statistics 17 (1946); S. Wilks,
//! ibid. 12 (1941); NIST/SEMATECH e-Handbook 7.2.6; ISO 16269-6:2014.

mod factor;
mod order;

pub use factor::{howe, one_sided, two_sided};
pub use order::{Ranks, Sides, order_statistics, sample_size};
