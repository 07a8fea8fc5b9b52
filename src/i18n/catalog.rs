//! The words of one language.

use std::borrow::Cow;

use super::methods::FAMILIES;
use super::texts::{self, Entry};
use crate::report::edition::Lang;

/// The words of one language, by dotted key.
#[derive(Clone, Debug)]
pub struct Catalog {
    /// The language.
    pub lang: Lang,
    /// By key.
    words: Vec<Entry>,
}

impl Catalog {
    /// The shared words of a language, the pages of its methods, and the given texts.
    ///
    /// # Errors
    /// The first line that is no word, or a key defined twice.
    pub fn whole(
        lang: Lang,
        texts: impl IntoIterator<Item = &'static str>,
    ) -> Result<Self, String> {
        let methods = FAMILIES.iter().flat_map(|family| family.words(lang));
        Self::new(lang, methods.chain(texts))
    }

    /// The same without the pages of methods, which no report shows.
    ///
    /// # Errors
    /// The first line that is no word, or a key defined twice.
    pub fn new(lang: Lang, texts: impl IntoIterator<Item = &'static str>) -> Result<Self, String> {
        let mut words = Vec::new();
        for text in shared(lang).into_iter().chain(texts) {
            texts::read(text, &mut words)?;
        }
        words.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let same = |pair: &[Entry]| matches!(pair, [a, b] if a.0 == b.0);
        match words.windows(2).find(|pair| same(pair)).and_then(<[Entry]>::first) {
            None => Ok(Self { lang, words }),
            Some((key, _)) => Err(twice(key)),
        }
    }

    /// Adds a word.
    ///
    /// # Errors
    /// The key where it is defined.
    pub fn add(&mut self, key: String, word: String) -> Result<(), String> {
        match self.place(&key) {
            Ok(_) => Err(twice(&key)),
            Err(place) => {
                self.words.insert(place, (key, Cow::Owned(word)));
                Ok(())
            }
        }
    }

    /// A word, if the language has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.words.get(self.place(key).ok()?).map(|(_, word)| &**word)
    }

    /// Every key, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|(key, _)| key.as_str())
    }

    /// A word; its key in ⟦ ⟧ where the language lacks it.
    #[must_use]
    pub fn word(&self, key: &str) -> String {
        self.shown(key).into_owned()
    }

    /// The same where it stands.
    pub(super) fn shown(&self, key: &str) -> Cow<'_, str> {
        self.get(key).map_or_else(|| Cow::Owned(format!("⟦{key}⟧")), Cow::Borrowed)
    }

    fn place(&self, key: &str) -> Result<usize, usize> {
        self.words.binary_search_by(|(other, _)| other.as_str().cmp(key))
    }
}

fn twice(key: &str) -> String {
    format!("{key} is defined twice")
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
