//! Pure mathematics on slices: no domain word, no input or output.

pub mod interval;
pub mod normal;

pub use interval::Bounds;
