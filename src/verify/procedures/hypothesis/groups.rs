//! Several groups compared.

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value, json};

use super::super::Answer;
use super::chi_square;
use crate::stats::Unestimable;
use crate::stats::hypothesis::anova::{self, FTest};
use crate::stats::hypothesis::equal_variance::{Centre, bartlett, fligner, levene};
use crate::stats::hypothesis::holm::holm;
use crate::stats::hypothesis::kruskal_wallis::{RankPair, dunn, kruskal_wallis};
use crate::stats::hypothesis::mood::median_test;
use crate::stats::hypothesis::multiplicity::benjamini_hochberg;
use crate::stats::hypothesis::pairwise::{Pair, games_howell, tukey};
use crate::verify::case::Case;

#[derive(Deserialize)]
struct Unnamed {
    groups: Vec<Vec<f64>>,
}

pub(super) fn one_way(case: &Case) -> Answer {
    let Unnamed { groups } = case.inputs()?;
    let table = anova::one_way(&slices(&groups)).ok();
    Ok(json!({
        "df_between": table.map(|t| t.test.df1),
        "ss_between": table.map(|t| t.ss_between),
        "ms_between": table.map(|t| t.ms_between),
        "F": table.map(|t| t.test.f),
        "df_within": table.map(|t| t.test.df2),
        "ss_within": table.map(|t| t.ss_within),
        "ms_within": table.map(|t| t.ms_within),
        "r_squared": table.map(|t| t.eta_squared),
        "residual_sd": table.map(|t| t.ms_within.sqrt()),
        "p_value": table.map(|t| t.test.p_value),
    }))
}

/// Groups by name, in the order written.
struct Named(Vec<(String, Vec<f64>)>);

impl<'de> Deserialize<'de> for Named {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Named;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("groups by name")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Named, A::Error> {
                let mut groups = Vec::new();
                while let Some(group) = map.next_entry()? {
                    groups.push(group);
                }
                Ok(Named(groups))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

#[derive(Deserialize)]
struct Groups {
    groups: Named,
}

#[derive(Deserialize)]
struct Levels {
    #[serde(default = "super::usual_level")]
    tukey_conf: f64,
}

pub(super) fn k_groups(case: &Case) -> Answer {
    let Groups { groups: Named(given) } = case.inputs()?;
    let Levels { tukey_conf } = case.options()?;
    let (names, values): (Vec<String>, Vec<Vec<f64>>) = given.into_iter().unzip();
    let groups = slices(&values);
    let fisher = anova::one_way(&groups).ok();
    Ok(json!({
        "anova": fisher.map(|t| json!({
            "df1": t.test.df1,
            "df2": t.test.df2,
            "ss_between": t.ss_between,
            "ss_within": t.ss_within,
            "F": t.test.f,
            "p_value": t.test.p_value,
        })),
        "effect_size": fisher.map(|t| json!({
            "eta_sq": t.eta_squared, "omega_sq": t.omega_squared,
        })),
        "welch_anova": f_test(anova::welch(&groups)),
        "tukey_hsd": tukey(&groups, tukey_conf).ok().map(|pairs| by_pair(&names, &pairs, honest)),
        "games_howell":
            games_howell(&groups, tukey_conf).ok().map(|pairs| by_pair(&names, &pairs, unequal)),
        "kruskal_wallis": chi_square("H", kruskal_wallis(&groups)),
        "dunn": dunn(&groups).ok().map(|pairs| dunn_block(&names, &pairs)),
        "bartlett": chi_square("K2", bartlett(&groups)),
        "levene_mean": f_test(levene(&groups, Centre::Mean)),
        "brown_forsythe_median": f_test(levene(&groups, Centre::Median)),
        "fligner": chi_square("chi2", fligner(&groups)),
        "mood_median": mood(&groups),
    }))
}

fn slices(groups: &[Vec<f64>]) -> Vec<&[f64]> {
    groups.iter().map(Vec::as_slice).collect()
}

fn f_test(test: Result<FTest, Unestimable>) -> Value {
    test.map_or(
        Value::Null,
        |t| json!({ "F": t.f, "df1": t.df1, "df2": t.df2, "p_value": t.p_value }),
    )
}

fn honest(pair: &Pair) -> (usize, usize, Value) {
    let figures = json!({
        "diff": pair.difference,
        "lwr": pair.bounds.low,
        "upr": pair.bounds.high,
        "p_adj": pair.p_value,
    });
    (pair.first, pair.second, figures)
}

fn unequal(pair: &Pair) -> (usize, usize, Value) {
    let figures = json!({
        "diff": pair.difference, "df": pair.df, "q": pair.q, "p": pair.p_value,
    });
    (pair.first, pair.second, figures)
}

/// Figures under the names of the pairs: later group, earlier group.
fn by_pair<P>(names: &[String], pairs: &[P], of: impl Fn(&P) -> (usize, usize, Value)) -> Value {
    let name = |i: usize| names.get(i).map_or("", String::as_str);
    let under_name = |pair: &P| {
        let (first, second, figures) = of(pair);
        (format!("{}-{}", name(second), name(first)), figures)
    };
    Value::Object(pairs.iter().map(under_name).collect::<Map<_, _>>())
}

fn dunn_block(names: &[String], pairs: &[RankPair]) -> Value {
    let p: Vec<f64> = pairs.iter().map(|pair| pair.p_value).collect();
    let adjusted = |adjusted: Vec<f64>| {
        let pairs: Vec<(&RankPair, f64)> = pairs.iter().zip(adjusted).collect();
        by_pair(names, &pairs, |(pair, p)| (pair.first, pair.second, json!(p)))
    };
    let tested = |pair: &RankPair| {
        (pair.first, pair.second, json!({ "z": pair.z, "p_two_sided": pair.p_value }))
    };
    json!({
        "pairs": by_pair(names, pairs, tested),
        "p_holm": adjusted(holm(&p)),
        "p_bh": adjusted(benjamini_hochberg(&p)),
    })
}

fn mood(groups: &[&[f64]]) -> Value {
    median_test(groups).map_or(Value::Null, |m| {
        json!({
            "overall_median": m.median,
            "above": m.above,
            "not_above": m.not_above,
            "chi2": m.test.map(|t| t.statistic),
            "df": m.test.map(|t| t.df),
            "p_value": m.test.map(|t| t.p_value),
        })
    })
}
