//! Average run lengths of designs given by name: `cusum_k0_5_h4`, `ewma_l0_1_L2_814`,
//! `shewhart_3sigma`, `western_electric`; a part of digits alone is the fraction of the part before.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{Answer, THREE_SIGMA};
use crate::stats::Unestimable;
use crate::stats::control_chart::ewma;
use crate::stats::control_chart::rules::WESTERN_ELECTRIC;
use crate::stats::control_chart::run_length::{
    cusum_two_sided, ewma as ewma_run, shewhart, with_rules,
};
use crate::verify::case::Case;

#[derive(Deserialize)]
struct Designs {
    designs: Vec<String>,
    #[serde(flatten)]
    asked: Shifts,
}

#[derive(Deserialize)]
struct Shifts {
    #[serde(default)]
    shifts: Vec<f64>,
}

/// Shifts of the mean, in standard errors, for which every design is computed.
const SHIFTS: [f64; 13] = [0.0, 0.1, 0.2, 0.25, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0];

pub(super) fn designs(case: &Case) -> Answer {
    let Designs { designs, asked } = case.inputs()?;
    let Shifts { shifts } = case.options()?;
    let shifts: Vec<f64> = SHIFTS.into_iter().chain(asked.shifts).chain(shifts).collect();
    let rows = designs.iter().filter_map(|name| {
        let design = Design::parse(name)?;
        let run = |&shift: &f64| (key(shift), json!(design.run_length(shift).ok()));
        Some((name.clone(), Value::Object(shifts.iter().map(run).collect())))
    });
    Ok(Value::Object(rows.collect::<Map<_, _>>()))
}

/// `arl0`, `arl_shift1`, `arl_shift0_5`.
fn key(shift: f64) -> String {
    if shift == 0.0 { "arl0".to_owned() } else { format!("arl_shift{shift}").replace('.', "_") }
}

#[derive(Debug, PartialEq)]
enum Design {
    Shewhart { k: f64 },
    WesternElectric,
    Cusum { k: f64, h: f64, start: f64 },
    Ewma(ewma::Design),
}

impl Design {
    fn parse(name: &str) -> Option<Self> {
        let lower = name.to_lowercase();
        if lower.contains("western") || lower.contains("_we") {
            return Some(Self::WesternElectric);
        }
        let (kind, rest) = name.split_once('_').unwrap_or((name, ""));
        let numbers = numbers(rest);
        let number = |key: &str| numbers.get(key).copied();
        match kind {
            "shewhart" => Some(Self::Shewhart {
                k: number("")
                    .or_else(|| number("k"))
                    .or_else(|| number("L"))
                    .unwrap_or(THREE_SIGMA),
            }),
            "cusum" => {
                let (k, h) = (number("k")?, number("h")?);
                let fast = if rest.to_lowercase().contains("fir") { 0.5 * h } else { 0.0 };
                Some(Self::Cusum { k, h, start: number("s").or(number("hs")).unwrap_or(fast) })
            }
            "ewma" => {
                let lambda = number("l").or(number("lambda"))?;
                ewma::Design::new(lambda, number("L").or(number("c"))?).ok().map(Self::Ewma)
            }
            _ => None,
        }
    }

    fn run_length(&self, shift: f64) -> Result<f64, Unestimable> {
        match *self {
            Self::Shewhart { k } => shewhart(k, shift),
            Self::WesternElectric => with_rules(&WESTERN_ELECTRIC, shift),
            Self::Cusum { k, h, start } => cusum_two_sided(k, h, start, shift),
            Self::Ewma(design) => ewma_run(design, shift),
        }
    }
}

/// Letters → number of each part; `l0_1` is l = 0.1, and `3sigma` has no letters before it.
fn numbers(text: &str) -> BTreeMap<&str, f64> {
    let mut written: Vec<(&str, String)> = Vec::new();
    for part in text.split('_') {
        let at = part.find(|c: char| c.is_ascii_digit()).unwrap_or(part.len());
        let digits = part[at..].trim_end_matches("sigma");
        match written.last_mut() {
            Some((_, number)) if at == 0 => {
                number.push('.');
                number.push_str(digits);
            }
            _ => written.push((&part[..at], digits.to_owned())),
        }
    }
    written.iter().filter_map(|(key, number)| Some((*key, number.parse().ok()?))).collect()
}

#[cfg(test)]
mod tests {
    use super::{Design, key};
    use crate::stats::control_chart::ewma;

    #[test]
    fn names_are_read_as_designs() {
        let cusum = |k, h, start| Some(Design::Cusum { k, h, start });
        assert_eq!(Design::parse("cusum_k0_5_h4"), cusum(0.5, 4.0, 0.0));
        assert_eq!(Design::parse("cusum_k0_25_h8_01_fir"), cusum(0.25, 8.01, 4.005));
        let ewma = ewma::Design { lambda: 0.1, width: 2.814 };
        assert_eq!(Design::parse("ewma_l0_1_L2_814"), Some(Design::Ewma(ewma)));
        assert_eq!(Design::parse("shewhart_3sigma"), Some(Design::Shewhart { k: 3.0 }));
        assert_eq!(Design::parse("shewhart_2_5sigma"), Some(Design::Shewhart { k: 2.5 }));
        assert_eq!(Design::parse("shewhart_western_electric"), Some(Design::WesternElectric));
        assert_eq!(Design::parse("mewma_r0_1"), None);
        assert_eq!([key(0.0), key(1.0), key(0.5)], ["arl0", "arl_shift1", "arl_shift0_5"]);
    }
}
