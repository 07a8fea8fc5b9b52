//! Expected and computed figures side by side.

use serde_json::Value;

use super::bar::Bar;
use super::case::{Case, Published};

/// Digits a double carries; more agreement cannot be told.
const ALL_DIGITS: f64 = 15.95;
/// Keys of remarks, and of other tools' rounded output kept for information.
const INFORMATIVE: [&str; 4] = ["note", "definition", "method", "qcc_2_7_output"];

/// What became of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It agrees.
    Pass,
    /// It does not.
    Miss,
    /// The procedure does not compute it.
    NotComputed,
    /// Shown, not judged.
    Informative,
}

/// One figure of a case.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Figure {
    /// Where it stands in `expected`: `i_chart.ucl`, `rows[2].rate`.
    pub path: String,
    /// What must come out.
    pub expected: Value,
    /// What came out; absent when not computed.
    pub got: Option<Value>,
    /// Correct significant digits, of numbers.
    pub digits: Option<f64>,
    /// What agreement was asked for.
    pub bar: Bar,
    /// Whether it agrees.
    pub verdict: Verdict,
}

/// Every figure of `case` against `got`. `allow` names keys whose bar the procedure states itself,
/// because the case states it in words only.
pub(crate) fn compare(case: &Case, got: &Value, allow: &[(&str, Bar)]) -> Vec<Figure> {
    let mut walk = Walk { tolerance: &case.tolerance, allow, figures: Vec::new() };
    walk.step(&mut Vec::new(), &case.expected, Some(got));
    let mut figures = walk.figures;
    if let Some(published) = &case.published {
        figures.extend(printed(published, got));
    }
    figures
}

struct Walk<'a> {
    tolerance: &'a Value,
    allow: &'a [(&'a str, Bar)],
    figures: Vec<Figure>,
}

impl Walk<'_> {
    fn step(&mut self, path: &mut Vec<String>, expected: &Value, got: Option<&Value>) {
        match expected {
            Value::Object(map) if !map.is_empty() && got.is_none_or(Value::is_object) => {
                for (key, expected) in map {
                    path.push(key.clone());
                    self.step(path, expected, got.and_then(|got| got.get(key)));
                    path.pop();
                }
            }
            Value::Array(list) if !list.is_empty() && same_length(list, got) => {
                let items = got.and_then(Value::as_array);
                for (i, expected) in list.iter().enumerate() {
                    path.push(format!("[{i}]"));
                    self.step(path, expected, items.and_then(|items| items.get(i)));
                    path.pop();
                }
            }
            // A list of another length, or no list at all, is one wrong answer, not many absent.
            leaf => self.judge(path, leaf, got),
        }
    }

    fn judge(&mut self, path: &[String], expected: &Value, got: Option<&Value>) {
        let bar = self.bar(path, expected);
        self.figures.push(figure(written(path), expected, got, bar));
    }

    fn bar(&self, path: &[String], expected: &Value) -> Bar {
        let names = |name: &str| path.iter().any(|key| key == name);
        if INFORMATIVE.into_iter().any(names) {
            return Bar::Informative;
        }
        let stated = self.allow.iter().find(|(key, _)| names(key));
        let key = path.iter().rev().find(|key| !key.starts_with('['));
        stated.map_or_else(
            || Bar::of(self.tolerance, key.map_or("", String::as_str), expected),
            |(_, bar)| *bar,
        )
    }
}

/// Whether `got` is absent or a list as long as the expected one.
fn same_length(expected: &[Value], got: Option<&Value>) -> bool {
    got.is_none_or(|got| got.as_array().is_some_and(|got| got.len() == expected.len()))
}

/// The figures as printed in the source: rounded, so within the distance the case states.
fn printed(published: &Published, got: &Value) -> Vec<Figure> {
    let mut walk = Walk { tolerance: &published.tolerance, allow: &[], figures: Vec::new() };
    for (path, expected) in &published.values {
        if let Some(got) = lookup(got, path) {
            walk.step(&mut vec![format!("published {path}")], expected, Some(got));
        }
    }
    walk.figures
}

/// The value at a path written as `a.b[0]`.
fn lookup<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(value, |value, part| {
        let (key, rest) = part.split_once('[').map_or((part, ""), |(key, rest)| (key, rest));
        let value = if key.is_empty() { value } else { value.get(key)? };
        rest.split('[').filter(|index| !index.is_empty()).try_fold(value, |value, index| {
            value.get(index.trim_end_matches(']').parse::<usize>().ok()?)
        })
    })
}

fn written(path: &[String]) -> String {
    let mut out = String::new();
    for key in path {
        if !out.is_empty() && !key.starts_with('[') {
            out.push('.');
        }
        out.push_str(key);
    }
    out
}

fn figure(path: String, expected: &Value, got: Option<&Value>, bar: Bar) -> Figure {
    let digits = match (expected.as_f64(), got.and_then(Value::as_f64)) {
        (Some(expected), Some(got)) => Some(correct_digits(expected, got)),
        _ => None,
    };
    let verdict = match (bar, got) {
        (Bar::Informative, _) => Verdict::Informative,
        (_, None) => Verdict::NotComputed,
        (bar, Some(got)) if agrees(expected, got, digits, bar) => Verdict::Pass,
        _ => Verdict::Miss,
    };
    Figure { path, expected: expected.clone(), got: got.cloned(), digits, bar, verdict }
}

fn agrees(expected: &Value, got: &Value, digits: Option<f64>, bar: Bar) -> bool {
    let (Some(want), Some(have)) = (expected.as_f64(), got.as_f64()) else {
        return expected == got;
    };
    match bar {
        Bar::Relative { share, distance } => {
            let allowed = if want == 0.0 { share } else { share * want.abs() };
            (have - want).abs() <= allowed.max(distance)
        }
        Bar::Digits(needed) => digits.is_some_and(|digits| digits >= needed),
        Bar::Exact => (have - want).abs() <= f64::EPSILON * want.abs(),
        Bar::Informative => true,
    }
}

/// Log relative error: −log₁₀(|got − expected| / |expected|), or of the distance alone when 0 is
/// expected; 0 at least, and no more digits than a double carries.
fn correct_digits(expected: f64, got: f64) -> f64 {
    let scale = if expected == 0.0 { 1.0 } else { expected.abs() };
    let error = (got - expected).abs() / scale;
    if error == 0.0 { ALL_DIGITS } else { (-error.log10()).clamp(0.0, ALL_DIGITS) }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::{Verdict, compare};
    use crate::verify::Case;
    use serde_json::{Value, json};

    fn verdicts(expected: &Value, tolerance: &Value, got: &Value) -> Vec<(String, Verdict)> {
        let case: Case = serde_json::from_value(json!({
            "id": "c", "procedure": "p", "expected": expected, "tolerance": tolerance,
        }))
        .unwrap();
        compare(&case, got, &[]).into_iter().map(|f| (f.path, f.verdict)).collect()
    }

    #[test]
    fn a_figure_passes_within_its_bar_and_misses_beyond() {
        let close = verdicts(&json!({"a": 2.0}), &json!({"rel": 1e-6}), &json!({"a": 2.000_001}));
        assert_eq!(close, [("a".to_owned(), Verdict::Pass)]);
        let far = verdicts(&json!({"a": 2.0}), &json!({"rel": 1e-6}), &json!({"a": 2.000_01}));
        assert_eq!(far, [("a".to_owned(), Verdict::Miss)]);
    }

    #[test]
    fn null_must_be_said_and_a_missing_figure_is_named() {
        let tolerance = json!({"rel": 1e-9});
        let said = verdicts(&json!({"a": null}), &tolerance, &json!({"a": null}));
        assert_eq!(said[0].1, Verdict::Pass);
        let number = verdicts(&json!({"a": null}), &tolerance, &json!({"a": 0.0}));
        assert_eq!(number[0].1, Verdict::Miss);
        let missing = verdicts(&json!({"a": [1.0, 2.0]}), &tolerance, &json!({"b": 1.0}));
        assert!(missing.iter().all(|(_, verdict)| *verdict == Verdict::NotComputed));
    }

    #[test]
    fn lists_must_have_the_expected_length() {
        let got = verdicts(&json!({"a": []}), &json!({"exact": true}), &json!({"a": [3]}));
        assert_eq!(got[0].1, Verdict::Miss);
        let longer = verdicts(&json!({"a": [3]}), &json!({"exact": true}), &json!({"a": [3, 4]}));
        assert_eq!(longer, [("a".to_owned(), Verdict::Miss)]);
    }

    #[test]
    fn a_certified_bar_counts_digits() {
        let tolerance = json!({"LRE_min": {"sd": 8.0}});
        let got = verdicts(&json!({"sd": 0.1}), &tolerance, &json!({"sd": 0.100_000_000_5}));
        assert_eq!(got[0].1, Verdict::Pass, "8.3 digits");
        let got = verdicts(&json!({"sd": 0.1}), &tolerance, &json!({"sd": 0.100_000_01}));
        assert_eq!(got[0].1, Verdict::Miss, "7 digits");
    }
}
