//! The words of one language: shared, the conductor's, every analysis', and the reports' own.

use super::{Exit, Failure};
use crate::analyses;
use crate::i18n::Catalog;
use crate::report::edition::Lang;
use crate::settings::ReportPlan;

/// The catalog of the language with that tag.
pub(super) fn catalog(tag: &str, plans: &[ReportPlan]) -> Result<Catalog, Failure> {
    let lang = Lang::ALL.into_iter().find(|lang| lang.tag() == tag).unwrap_or_default();
    let own = match lang {
        Lang::En => include_str!("words/en.toml"),
        Lang::ZhHant => include_str!("words/zh-Hant.toml"),
        Lang::ZhHans => include_str!("words/zh-Hans.toml"),
    };
    let mut texts = vec![own.to_owned()];
    for analysis in analyses::all() {
        let words = analysis.words();
        let text = match lang {
            Lang::En => words.en,
            Lang::ZhHant => words.zh_hant,
            Lang::ZhHans => words.zh_hans,
        };
        texts.push(text.to_owned());
    }
    texts.extend(plans.iter().filter_map(|plan| plan_words(plan, tag)));
    Catalog::new(lang, texts.iter().map(String::as_str))
        .map_err(|reason| Failure::new(Exit::Internal, format!("words {tag}: {reason}"), ""))
}

/// The title and subtitle a report of one's own brings along, as a TOML text.
fn plan_words(plan: &ReportPlan, tag: &str) -> Option<String> {
    let words = plan.words.get(tag)?;
    let line = |(key, word): (&String, &String)| {
        format!("{key} = {}\n", serde_json::Value::String(word.clone()))
    };
    Some(format!("[report.{}]\n{}", plan.id, words.iter().map(line).collect::<String>()))
}
