//! Which number formats make a date of a number.

use std::collections::BTreeMap;

use super::super::markup::{attribute, tags};
use super::Declined;
use super::text::content;

/// What a number format makes of a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Style {
    /// A number.
    #[default]
    Number,
    /// A date, a time of day, or both.
    Moment,
    /// A length of time.
    Span,
}

/// The styles of cells in their order.
///
/// # Errors
/// A format's text is not to be read.
pub(super) fn of_part(text: &[u8]) -> Result<Vec<Style>, Declined> {
    let mut own = BTreeMap::new();
    for tag in tags(text, b"numFmt") {
        if let (Some(id), Some(code)) = (attribute(tag, b"numFmtId"), attribute(tag, b"formatCode"))
        {
            own.insert(id, of_code(&content(code.as_bytes())?));
        }
    }
    let cells = section(text, b"cellXfs").unwrap_or_default();
    let style = |tag| {
        let id = attribute(tag, b"numFmtId").unwrap_or_default();
        own.get(id).copied().unwrap_or_else(|| built_in(id))
    };
    Ok(tags(cells, b"xf").map(style).collect())
}

/// The content of the first element of a name.
fn section<'t>(text: &'t [u8], name: &[u8]) -> Option<&'t [u8]> {
    let start = memchr::memmem::find(text, name)?;
    let rest = text.get(start + name.len()..)?;
    let end = memchr::memmem::find(rest, name).unwrap_or(rest.len());
    rest.get(..end)
}

/// The formats every workbook has (ECMA-376 part 1, 18.8.30), those of East Asia among them.
fn built_in(id: &str) -> Style {
    match id.parse() {
        Ok(14..=22 | 27..=36 | 45 | 47 | 50..=58) => Style::Moment,
        Ok(46) => Style::Span,
        _ => Style::Number,
    }
}

/// What the first section of a format code makes of a number: a span where hours, minutes or
/// seconds stand in brackets, a moment where a letter of a date or time stands outside quotes,
/// brackets and escapes.
fn of_code(code: &str) -> Style {
    let mut signs = code.chars();
    let mut brackets: Option<String> = None;
    let mut quoted = false;
    let mut noon = false;
    while let Some(sign) = signs.next() {
        match sign {
            '_' | '\\' | '*' => drop(signs.next()),
            '"' => quoted = !quoted,
            _ if quoted => {}
            '[' => brackets = Some(String::new()),
            ']' => {
                if brackets.take().is_some_and(|inside| counts_time(&inside)) {
                    return Style::Span;
                }
            }
            ';' => return Style::Number,
            _ => match &mut brackets {
                Some(inside) => inside.push(sign.to_ascii_lowercase()),
                None if noon && matches!(sign, 'p' | 'P' | 'm' | 'M' | '/') => {
                    return Style::Moment;
                }
                None if matches!(sign, 'a' | 'A') => noon = true,
                None if !noon && "dmhysDMHYS".contains(sign) => return Style::Moment,
                None => {}
            },
        }
    }
    Style::Number
}

/// Whether brackets hold one letter of a time, repeated.
fn counts_time(inside: &str) -> bool {
    let mut letters = inside.chars();
    letters.next().is_some_and(|first| "hms".contains(first) && letters.all(|next| next == first))
}

#[cfg(test)]
mod tests {
    use super::Style::{Moment, Number, Span};
    use super::{built_in, of_code, of_part};

    #[test]
    fn codes_are_told_apart() {
        for code in ["yyyy-mm-dd", "[$-404]e\"年\"m\"月\"", "h:mm AM/PM", "[Red]d", "*-yyyy", "a/p"]
        {
            assert_eq!(of_code(code), Moment, "{code}");
        }
        for code in ["[h]:mm", "[ss]", "[Blue]\\+[h]:mm;[Red]0", "[mm]:ss.0", "[>=100][s].00"] {
            assert_eq!(of_code(code), Span, "{code}");
        }
        for code in ["0.00", "#,##0\\ [$₽-419]", "0\"d\"", "\\Y0", "0_d", "0*y", "0;d", "[>=100]0"]
        {
            assert_eq!(of_code(code), Number, "{code}");
        }
        assert_eq!((built_in("14"), built_in("46"), built_in("0")), (Moment, Span, Number));
    }

    #[test]
    fn styles_stand_in_the_order_of_the_cell_formats() {
        let part = b"<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"[h]&quot;h&quot;\"/>\
                     </numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs count=\"3\">\
                     <xf numFmtId=\"0\"/><xf numFmtId=\"22\"><alignment/></xf><xf numFmtId=\"164\"/>\
                     </cellXfs><cellStyles/></styleSheet>";
        assert_eq!(of_part(part), Ok(vec![Number, Moment, Span]));
    }
}
