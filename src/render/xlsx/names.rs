//! Names Excel accepts: of sheets, of tables, of constants.

use std::collections::BTreeSet;

/// The longest sheet name, in UTF-16 units.
const SHEET_UNITS: usize = 31;

/// Sheet names given out so far; Excel compares them without regard to case.
#[derive(Default)]
pub(super) struct SheetNames {
    taken: BTreeSet<String>,
}

impl SheetNames {
    /// The wished name where Excel accepts it, else the nearest that is still free.
    pub(super) fn give(&mut self, wish: &str) -> String {
        let clean = clean_sheet_name(wish);
        let numbered = (2..).map(|n| {
            let tail = format!(" ({n})");
            format!("{}{tail}", cut(&clean, SHEET_UNITS - tail.len()))
        });
        let mut tries = std::iter::once(clean.clone()).chain(numbered);
        let free = tries.find(|name| self.taken.insert(name.to_lowercase()));
        free.unwrap_or(clean)
    }
}

/// Without the characters Excel refuses, at most 31 UTF-16 units, not blank, not "History"
/// (which Excel keeps for itself).
fn clean_sheet_name(wish: &str) -> String {
    let plain: String = wish.chars().map(|c| if is_refused(c) { ' ' } else { c }).collect();
    let joined = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let trimmed = cut(joined.trim_matches('\''), SHEET_UNITS);
    let trimmed = trimmed.trim_end_matches(['\'', ' ']);
    match trimmed.to_lowercase().as_str() {
        "" => "Sheet".to_owned(),
        "history" => format!("{trimmed}_"),
        _ => trimmed.to_owned(),
    }
}

/// Double quotes are allowed by Excel but would read as the start of a text in a formula.
fn is_refused(c: char) -> bool {
    matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '"') || c.is_control()
}

/// The longest prefix of at most `units` UTF-16 units.
pub(super) fn cut(text: &str, units: usize) -> &str {
    // No character has fewer bytes than units.
    if text.len() <= units {
        return text;
    }
    let mut used = 0;
    let over = |(_, c): &(usize, char)| {
        used += c.len_utf16();
        used > units
    };
    let end = text.char_indices().find(over).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or(text)
}

/// A sheet name as formulas quote it.
pub(super) fn quoted(sheet: &str) -> String {
    format!("'{}'", sheet.replace('\'', "''"))
}

/// An identifier Excel takes for a defined name or a table: word characters, no cell address.
pub(super) fn identifier(text: &str) -> String {
    let safe = |c: char| if c.is_alphanumeric() { c } else { '_' };
    let name: String = text.chars().map(safe).collect();
    if is_address_like(&name) { format!("_{name}") } else { name }
}

fn is_address_like(name: &str) -> bool {
    let letters = name.chars().take_while(char::is_ascii_alphabetic).count();
    let rest = &name[letters..];
    let digits = rest.chars().all(|c| c.is_ascii_digit());
    let row_or_column = matches!(name.to_lowercase().as_str(), "r" | "c" | "rc");
    let r1c1 = name.to_lowercase().replace(|c: char| c.is_ascii_digit(), "") == "rc";
    name.is_empty() || letters == 0 || row_or_column || r1c1 || (letters <= 3 && digits)
}

#[cfg(test)]
mod tests {
    use super::{SheetNames, identifier, quoted};

    #[test]
    fn sheet_names_keep_excels_rules() {
        let mut names = SheetNames::default();
        assert_eq!(names.give("A/B [東區]:*"), "A B 東區");
        assert_eq!(names.give("a b 東區"), "a b 東區 (2)");
        assert_eq!(names.give("History"), "History_");
        assert_eq!(names.give("''"), "Sheet");
        let long = "區".repeat(40);
        assert_eq!(names.give(&long).encode_utf16().count(), 31);
        let second = names.give(&long);
        assert_eq!(second.encode_utf16().count(), 31);
        assert!(second.ends_with("(2)"));
        assert_eq!(names.give(&"𠮷".repeat(20)).encode_utf16().count(), 30);
    }

    #[test]
    fn quotes_double_inside_quotes() {
        assert_eq!(quoted("Ann's desk"), "'Ann''s desk'");
    }

    #[test]
    fn identifiers_never_look_like_cells() {
        assert_eq!(identifier("defects.by_month"), "defects_by_month");
        assert_eq!(identifier("d2"), "_d2");
        assert_eq!(identifier("R1C1"), "_R1C1");
        assert_eq!(identifier("sigma_shift"), "sigma_shift");
        assert_eq!(identifier("2nd"), "_2nd");
    }
}
