//! What is wrong in a TOML file: where, which key, what was expected, and the key meant.

use serde::de::DeserializeOwned;
use toml::de::{DeTable, DeValue};

use super::SettingsError;

/// Names that are listed in full where one of them is expected.
const LISTED: usize = 32;

/// Reads a TOML file.
///
/// # Errors
/// The first mistake, with file, line, column and key.
pub(super) fn parse<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, SettingsError> {
    toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let key = path(text, at);
        let said = sentence(error.message());
        let reason = if key.is_empty() { said } else { format!("{key}: {said}") };
        SettingsError::Toml { place: place(file, text, at), reason }
    })
}

/// Where the value of a top-level key stands: `gemba.toml, line 3, column 10`.
pub(super) fn place_of(file: &str, text: &str, key: &str) -> String {
    let table = DeTable::parse(text);
    let value = table.as_ref().ok().and_then(|table| table.get_ref().get(key));
    value.map_or_else(|| file.to_owned(), |value| place(file, text, value.span().start))
}

/// Lines and columns count from 1, columns in characters.
fn place(file: &str, text: &str, at: usize) -> String {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
    format!("{file}, line {line}, column {column}")
}

/// The dotted key that holds a place, as `read.limits.rows`, without the key that stands at it;
/// empty at the top.
fn path(text: &str, at: usize) -> String {
    let Ok(root) = DeTable::parse(text) else { return String::new() };
    let mut keys = Vec::new();
    in_table(root.get_ref(), at, &mut keys);
    keys.join(".")
}

/// Whether a table holds the place; `keys` then leads to it.
fn in_table(table: &DeTable<'_>, at: usize, keys: &mut Vec<String>) -> bool {
    table.iter().any(|(key, value)| {
        if key.span().contains(&at) {
            return true;
        }
        keys.push(key.get_ref().to_string());
        // The span of a table may be its heading alone; its values may stand anywhere below.
        let found = in_value(value.get_ref(), at, keys) || value.span().contains(&at);
        if !found {
            keys.pop();
        }
        found
    })
}

fn in_value(value: &DeValue<'_>, at: usize, keys: &mut Vec<String>) -> bool {
    match value {
        DeValue::Table(table) => in_table(table, at, keys),
        DeValue::Array(array) => array.iter().any(|entry| in_value(entry.get_ref(), at, keys)),
        _ => false,
    }
}

/// The message of the parser in words of the file's writer.
fn sentence(message: &str) -> String {
    let mut quoted = message.split('`').skip(1).step_by(2);
    if message.starts_with("unknown field") {
        let key = quoted.next().unwrap_or_default();
        return format!("the key {key:?} is not known{}", expected(key, quoted));
    }
    if message.starts_with("unknown variant") {
        let value = quoted.next().unwrap_or_default();
        return format!("{value:?} is not valid{}", expected(value, quoted));
    }
    let Some((found, wanted)) = message.split_once(", expected ") else {
        return message.trim_end().replace('\n', "; ");
    };
    let invalid = ["invalid type: ", "invalid value: "].iter().find_map(|p| found.strip_prefix(p));
    let Some(found) = invalid else { return message.replace('\n', "; ") };
    format!("expected {}, found {}", wanted_words(wanted), found_words(found))
}

/// The key meant, and those that could be.
fn expected<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.collect();
    let meant = nearest(word, known.iter().copied());
    let meant = meant.map_or_else(String::new, |meant| format!("; did you mean {meant:?}?"));
    let mut list = known.iter().take(LISTED).copied().collect::<Vec<_>>().join(", ");
    if known.len() > LISTED {
        list.push_str(", …");
    }
    match (known.is_empty(), meant.is_empty()) {
        (true, _) => meant,
        (false, true) => format!("; expected {list}"),
        (false, false) => format!("{meant} Expected {list}"),
    }
}

/// The word most like another: a Jaro–Winkler similarity of at least 0.8.
fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let scored = known.map(|other| (strsim::jaro_winkler(word, other), other));
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)));
    best.filter(|(score, _)| *score >= 0.8).map(|(_, other)| other)
}

fn wanted_words(wanted: &str) -> String {
    let word = match wanted {
        "f64" | "f32" => "a number",
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number, zero or more",
        "i32" | "i64" => "a whole number",
        "a string" | "string" => "a text in quotes",
        "a boolean" => "true or false",
        "a sequence" => "a list in square brackets",
        "a map" => "a table",
        other if other.starts_with("struct ") => "a table",
        other => other,
    };
    word.to_owned()
}

fn found_words(found: &str) -> String {
    let (kind, value) = found.split_once(' ').unwrap_or((found, ""));
    match kind {
        "string" => format!("the text {value}"),
        "integer" => format!("the whole number {}", value.replace('`', "")),
        "floating" => format!("the number {}", value.replace("point ", "").replace('`', "")),
        "boolean" => value.replace('`', ""),
        "sequence" => "a list".to_owned(),
        "map" => "a table".to_owned(),
        _ => found.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::super::SettingsError;
    use super::super::file::File;
    use super::parse;

    fn mistake(text: &str) -> String {
        match parse::<File>("gemba.toml", text) {
            Ok(_) => String::new(),
            Err(error) => error.to_string(),
        }
    }

    #[track_caller]
    fn says(text: &str, parts: &[&str]) {
        let said = mistake(text);
        assert!(parts.iter().all(|part| said.contains(part)), "{said}");
    }

    #[test]
    fn an_unknown_key_is_named_with_the_one_meant() {
        says(
            "sigma_shift = 1.5\n sigmashift = 2\n",
            &["gemba.toml, line 2, column 2", "\"sigmashift\"", "did you mean \"sigma_shift\"?"],
        );
        says("[read]\nhidden_sheet = \"skip\"", &["line 2", "read", "\"hidden_sheets\"?"]);
        says("[read.limits]\nrow = 3", &["line 2, column 1", "read.limits", "\"rows\"?"]);
        says("[[map]]\nfile = \"a\"\nsheets = \"b\"", &["line 3", "map", "\"sheet\"?"]);
        says("colour = 1", &["line 1", "\"colour\"", "expected reports,"]);
    }

    #[test]
    fn a_wrong_type_says_which_and_what_was_expected() {
        says(
            "confidence = \"high\"",
            &["line 1, column 14", "confidence", "a number", "the text \"high\""],
        );
        says("reports = \"sales\"", &["reports", "a list"]);
        says("period = 2026", &["period", "a text in quotes", "the whole number 2026"]);
        says("[read.limits]\nrows = 1.5", &["read.limits.rows", "whole number", "1.5"]);
        says("[[map]]\nheader_row = true", &["map.header_row", "a whole number", "true"]);
        says("read = 3", &["read", "a table"]);
    }

    #[test]
    fn a_header_row_stands_among_the_first_thousand() {
        for row in ["0", "1001", "4294967295"] {
            let expected = "expected a row from 1 to 1000, found the whole number";
            let text = format!("[[map]]\nfile = \"a.csv\"\nheader_row = {row}");
            says(&text, &["gemba.toml, line 3, column 14", "map.header_row", expected, row]);
        }
        says("[[map]]\nheader_row = -1", &["line 2", "zero or more", "the whole number -1"]);
        assert_eq!(mistake("[[map]]\nheader_row = 1\n[[map]]\nheader_row = 1000"), "");
    }

    #[test]
    fn a_wrong_table_or_column_is_named_with_the_one_meant() {
        says("[[map]]\ntable = \"order\"", &["line 2", "map.table", "\"order\"", "\"orders\"?"]);
        says(
            "[[map]]\ncolumns = { \"Betrag\" = \"amuont\" }",
            &["line 2", "map.columns.Betrag", "\"amuont\"", "\"amount\"?"],
        );
    }

    #[test]
    fn broken_toml_and_double_keys_are_named_by_line() {
        says("currency = \"TWD", &["line 1"]);
        says("currency = \"TWD\"\ncurrency = \"EUR\"", &["line 2", "duplicate"]);
        says("a b", &["line 1"]);
    }

    #[test]
    fn columns_count_characters() -> Result<(), SettingsError> {
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Two {
            #[serde(rename = "單")]
            one: u32,
        }
        assert_eq!(parse::<Two>("a.toml", "\"單\" = 1")?.one, 1);
        let error = parse::<Two>("a.toml", "\"單\" = \"二\"").map_err(|e| e.to_string());
        assert!(error.is_err_and(|e| e.starts_with("a.toml, line 1, column 7")));
        Ok(())
    }
}
