//! Describing one sample.

pub mod autocorrelation;
pub mod moments;
pub mod normality;
pub mod quantile;
pub mod sum;
