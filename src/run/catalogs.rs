//! The words of one language: shared, the conductor's, every analysis', and the reports' own.

use std::iter;

use super::{Exit, Failure};
use crate::analyses;
use crate::i18n::Catalog;
use crate::report::edition::Lang;
use crate::settings::ReportPlan;

/// The catalog of the language with that tag, and the title and subtitle a report of one's own
/// brings along.
pub(super) fn catalog(tag: &str, plans: &[ReportPlan]) -> Result<Catalog, Failure> {
    let lang = lang(tag);
    let words = Catalog::new(lang, texts(lang));
    words.and_then(|words| named(words, plans)).map_err(|reason| unsound(tag, &reason))
}

/// The catalog of the language with that tag and the pages of all methods.
pub(super) fn whole(tag: &str) -> Result<Catalog, Failure> {
    let lang = lang(tag);
    Catalog::whole(lang, texts(lang)).map_err(|reason| unsound(tag, &reason))
}

fn lang(tag: &str) -> Lang {
    Lang::ALL.into_iter().find(|lang| lang.tag() == tag).unwrap_or_default()
}

fn unsound(tag: &str, reason: &str) -> Failure {
    Failure::new(Exit::Internal, format!("words {tag}: {reason}"), "")
}

/// The conductor's words and every analysis'.
fn texts(lang: Lang) -> impl Iterator<Item = &'static str> {
    let own = match lang {
        Lang::En => include_str!("words/en.toml"),
        Lang::ZhHant => include_str!("words/zh-Hant.toml"),
        Lang::ZhHans => include_str!("words/zh-Hans.toml"),
    };
    let analyses = analyses::all().map(move |analysis| {
        let words = analysis.words();
        match lang {
            Lang::En => words.en,
            Lang::ZhHant => words.zh_hant,
            Lang::ZhHans => words.zh_hans,
        }
    });
    iter::once(own).chain(analyses)
}

fn named(mut catalog: Catalog, plans: &[ReportPlan]) -> Result<Catalog, String> {
    for plan in plans {
        for (key, word) in plan.words.get(catalog.lang.tag()).into_iter().flatten() {
            catalog.add(format!("report.{}.{key}", plan.id), word.clone())?;
        }
    }
    Ok(catalog)
}
