//! The words of one language.

use std::collections::BTreeMap;

use toml::Value;

use super::methods::FAMILIES;
use crate::report::edition::Lang;

/// The words of one language, by dotted key.
#[derive(Clone, Debug)]
pub struct Catalog {
    /// The language.
    pub lang: Lang,
    words: BTreeMap<String, String>,
}

impl Catalog {
    /// The shared words of a language, the pages of its methods, and the given TOML texts.
    ///
    /// # Errors
    /// The message of the first text that is no TOML table of strings, or defines a key twice.
    pub fn new<'a>(lang: Lang, texts: impl IntoIterator<Item = &'a str>) -> Result<Self, String> {
        let mut catalog = Self { lang, words: BTreeMap::new() };
        let methods = FAMILIES.iter().flat_map(|family| family.words(lang));
        for text in shared(lang).into_iter().chain(methods).chain(texts) {
            let table: toml::Table = toml::from_str(text).map_err(|e| e.to_string())?;
            table.into_iter().try_for_each(|(key, value)| catalog.add(&key, value))?;
        }
        Ok(catalog)
    }

    /// A word, if the language has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.words.get(key).map(String::as_str)
    }

    /// Every key, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.words.keys().map(String::as_str)
    }

    /// A word; its key in ⟦ ⟧ where the language lacks it.
    #[must_use]
    pub fn word(&self, key: &str) -> String {
        self.get(key).map_or_else(|| format!("⟦{key}⟧"), str::to_owned)
    }

    fn add(&mut self, key: &str, value: Value) -> Result<(), String> {
        match value {
            Value::String(word) => match self.words.insert(key.to_owned(), word) {
                None => Ok(()),
                Some(_) => Err(format!("{key} is defined twice")),
            },
            Value::Table(table) => table
                .into_iter()
                .try_for_each(|(name, value)| self.add(&format!("{key}.{name}"), value)),
            other => Err(format!("{key} is {}, not a string", other.type_str())),
        }
    }
}

/// The words every report needs.
const fn shared(lang: Lang) -> [&'static str; 2] {
    match lang {
        Lang::En => [include_str!("words/en.toml"), include_str!("words/records.en.toml")],
        Lang::ZhHant => {
            [include_str!("words/zh-Hant.toml"), include_str!("words/records.zh-Hant.toml")]
        }
        Lang::ZhHans => {
            [include_str!("words/zh-Hans.toml"), include_str!("words/records.zh-Hans.toml")]
        }
    }
}
