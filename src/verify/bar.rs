//! How closely a figure must agree.

use serde_json::Value;

/// Relative agreement where a case states none.
const DEFAULT_RELATIVE: f64 = 1e-9;

/// What agreement a figure needs.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bar {
    /// Within this share of the expected figure, or within this distance.
    Relative {
        /// Share of the expected figure.
        share: f64,
        /// Distance in the figure's own unit.
        distance: f64,
    },
    /// At least this many correct significant digits (log relative error).
    Digits(f64),
    /// Equal to the last bit.
    Exact,
    /// Shown, never judged: a remark, or the output of another tool.
    Informative,
}

impl Bar {
    /// Within `distance` of the expected figure.
    #[must_use]
    pub const fn within(distance: f64) -> Self {
        Self::Relative { share: 0.0, distance }
    }

    /// Within `share` of the expected figure.
    #[must_use]
    pub const fn relative(share: f64) -> Self {
        Self::Relative { share, distance: 0.0 }
    }

    /// The bar the `tolerance` block of a case sets for the figure whose last key is `key`.
    pub(crate) fn of(tolerance: &Value, key: &str, expected: &Value) -> Self {
        if tolerance.get("exact").and_then(Value::as_bool) == Some(true) {
            return Self::Exact;
        }
        if let Some(digits) = digits(tolerance, key) {
            return Self::Digits(digits - lost_in_tail(key, expected));
        }
        if tolerance.get("LRE_min").is_some() || tolerance.get("LRE_min_coef").is_some() {
            return Self::Exact;
        }
        if let Some(distance) = distance_of_kind(tolerance, key) {
            return Self::within(distance);
        }
        let number = |key: &str| tolerance.get(key).and_then(Value::as_f64);
        match (number("rel"), number("abs")) {
            (None, Some(distance)) => Self::within(distance),
            (share, distance) => Self::Relative {
                share: share.unwrap_or(DEFAULT_RELATIVE),
                distance: distance.unwrap_or(0.0),
            },
        }
    }
}

/// The distance a tolerance such as `ppm_abs` allows the figures whose key names that kind.
fn distance_of_kind(tolerance: &Value, key: &str) -> Option<f64> {
    let kind = |name: &str| name.strip_suffix("_abs").is_some_and(|kind| key.contains(kind));
    tolerance.as_object()?.iter().find(|(name, _)| kind(name))?.1.as_f64()
}

/// Correct digits asked for: one number for all figures, one for each by name, or one for the
/// coefficients of a fit that the figures derived from them share.
fn digits(tolerance: &Value, key: &str) -> Option<f64> {
    match tolerance.get("LRE_min") {
        Some(Value::Object(by_name)) => by_name.get(key).and_then(Value::as_f64),
        Some(one) => one.as_f64(),
        None => tolerance.get("LRE_min_coef").and_then(Value::as_f64),
    }
}

/// Digits a p-value loses against its statistic: a tail falls like e^(−g), so its relative error
/// is about |ln p| times that of the statistic.
fn lost_in_tail(key: &str, expected: &Value) -> f64 {
    let p = expected.as_f64().filter(|p| key.starts_with("p_value") && *p > 0.0);
    p.map_or(0.0, |p| p.ln().abs().max(1.0).log10())
}
