//! Design of experiments and robust design.

pub mod factorial;
pub mod lenth;
pub mod taguchi;
pub mod tolerance;
