//! How a file writes its text, numbers and dates, where that is declared.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ReadSettings;

/// What is declared of the way a file is written; the rest is told from its cells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Writing {
    /// Encoding of a text file without a byte order mark, as the Encoding Standard labels it.
    pub encoding: Option<String>,
    /// The decimal mark of numbers written as text.
    pub decimal: Option<DecimalMark>,
    /// The order of day, month and year in dates written as text.
    pub date_order: Option<DateOrder>,
}

/// A decimal mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DecimalMark {
    /// 1,234.5
    Point,
    /// 1.234,5
    Comma,
}

/// The order of a date of three numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// 31/10/2026
    Dmy,
    /// 10/31/2026
    Mdy,
    /// 26/10/31
    Ymd,
}

impl ReadSettings {
    /// What is declared of a file: by the first glob that fits its name and says so, else for all.
    #[must_use]
    pub fn writing(&self, file: &str) -> Writing {
        let fits = |pattern: &str| {
            glob::Pattern::new(pattern).map_or(pattern == file, |glob| glob.matches(file))
        };
        let own: Vec<&Writing> =
            self.files.iter().filter(|(pattern, _)| fits(pattern)).map(|(_, own)| own).collect();
        Writing {
            encoding: own.iter().find_map(|w| w.encoding.clone()).or(self.encoding.clone()),
            decimal: own.iter().find_map(|w| w.decimal).or(self.decimal),
            date_order: own.iter().find_map(|w| w.date_order).or(self.date_order),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{DateOrder, DecimalMark, ReadSettings};

    #[test]
    fn a_file_goes_before_all_files() {
        let text = "decimal = \"point\"\nencoding = \"gbk\"\n\
                    [files.\"old-*.csv\"]\ndecimal = \"comma\"\ndate_order = \"dmy\"\n";
        let read: ReadSettings = toml::from_str(text).unwrap_or_default();
        let old = read.writing("old-1.csv");
        assert_eq!(old.decimal, Some(DecimalMark::Comma));
        assert_eq!(old.date_order, Some(DateOrder::Dmy));
        assert_eq!(old.encoding.as_deref(), Some("gbk"));
        assert_eq!(read.writing("new.csv").decimal, Some(DecimalMark::Point));
    }
}
