//! The pages of the statistics core, by family.
//!
//! A family is four word files: `<family>.<lang>.toml` holds names, definitions, readings and
//! conventions of one language; `<family>.toml` holds formulas and sources, which read alike in
//! all of them. A page `[stats.cpk]` is `gemba explain stats.cpk`.

use crate::report::edition::Lang;

/// One family of pages.
#[derive(Clone, Copy, Debug)]
pub struct Family {
    /// Its id, as `capability`; `family.<id>.name` and `.about` introduce it.
    pub id: &'static str,
    alike: &'static str,
    /// In the order of [`Lang::ALL`].
    own: [&'static str; 3],
}

impl Family {
    /// The ids of its pages, in the order they are written.
    pub fn pages(self) -> impl Iterator<Item = &'static str> {
        page_ids(self.alike)
    }

    /// Its word files in one language.
    pub(super) const fn words(self, lang: Lang) -> [&'static str; 2] {
        let own = match lang {
            Lang::En => self.own[0],
            Lang::ZhHant => self.own[1],
            Lang::ZhHans => self.own[2],
        };
        [self.alike, own]
    }
}

/// The ids of the pages a word file holds, in the order of their headings: `[metric.dpmo]` and
/// `[finding.defects.rise]` without the first part, `[stats.cpk]` whole.
pub fn page_ids(words: &str) -> impl Iterator<Item = &str> {
    words.lines().filter_map(|line| {
        let heading = line.strip_prefix('[')?.strip_suffix(']')?;
        match heading.split_once('.')? {
            ("metric" | "finding", id) => Some(id),
            ("stats", _) => Some(heading),
            _ => None,
        }
    })
}

macro_rules! families {
    ($($id:literal),+ $(,)?) => {
        /// Every family, in the order a reader meets them.
        pub const FAMILIES: &[Family] = &[$(Family {
            id: $id,
            alike: include_str!(concat!("words/methods/", $id, ".toml")),
            own: [
                include_str!(concat!("words/methods/", $id, ".en.toml")),
                include_str!(concat!("words/methods/", $id, ".zh-Hant.toml")),
                include_str!(concat!("words/methods/", $id, ".zh-Hans.toml")),
            ],
        }),+];
    };
}

families!(
    "description",
    "intervals",
    "sigma",
    "charts",
    "attribute-charts",
    "signals",
    "capability",
    "measurement",
    "means",
    "ranks",
    "counts",
    "power",
    "regression",
    "survival",
    "experiments",
    "comparison",
    "flow",
);
