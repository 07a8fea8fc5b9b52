//! Pure mathematics on slices: no domain word, no input or output.

pub mod holm;
pub mod interval;
pub mod normal;

pub use holm::holm;
pub use interval::Bounds;
