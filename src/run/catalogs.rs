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
    let analyses = analyses::all().map(|analysis| {
        let words = analysis.words();
        match lang {
            Lang::En => words.en,
            Lang::ZhHant => words.zh_hant,
            Lang::ZhHans => words.zh_hans,
        }
    });
    named(lang, std::iter::once(own).chain(analyses), plans)
        .map_err(|reason| Failure::new(Exit::Internal, format!("words {tag}: {reason}"), ""))
}

/// The catalog with the title and subtitle a report of one's own brings along.
fn named(
    lang: Lang,
    texts: impl Iterator<Item = &'static str>,
    plans: &[ReportPlan],
) -> Result<Catalog, String> {
    let mut catalog = Catalog::new(lang, texts)?;
    for plan in plans {
        for (key, word) in plan.words.get(lang.tag()).into_iter().flatten() {
            catalog.add(format!("report.{}.{key}", plan.id), word.clone())?;
        }
    }
    Ok(catalog)
}
