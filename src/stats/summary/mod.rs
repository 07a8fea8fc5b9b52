//! Describing one sample.

pub mod autocorrelation;
pub mod bootstrap;
pub mod histogram;
pub mod moments;
pub mod normality;
pub mod outlier;
pub mod probability_plot;
pub mod quantile;
pub mod robust;
pub mod sum;
