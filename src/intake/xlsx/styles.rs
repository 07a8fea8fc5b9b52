//! Which number formats make a date of a number.

use std::collections::BTreeMap;

use super::super::markup::{attribute, tag_end, tags};
use super::Declined;
use super::names::ends_name;
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
    for tag in tags(section(text, b"numFmts")?, b"numFmt") {
        if let (Some(id), Some(code)) = (attribute(tag, b"numFmtId"), attribute(tag, b"formatCode"))
        {
            own.insert(id, of_code(&content(code.as_bytes())?));
        }
    }
    let style = |tag| {
        let id = attribute(tag, b"numFmtId").unwrap_or_default();
        own.get(id).copied().unwrap_or_else(|| built_in(id))
    };
    let styles: Vec<Style> = tags(section(text, b"cellXfs")?, b"xf").map(style).collect();
    // Cells without a style have the first: readers differ on them where it is not plain.
    if styles.first().is_some_and(|first| *first != Style::Number) {
        return Err(Declined("a date as the style of plain cells"));
    }
    Ok(styles)
}

/// The content of the first element of a name, which holds elements and no text; nothing where
/// there is no such element. The rest of the part may use the same names for other things.
fn section<'t>(text: &'t [u8], name: &[u8]) -> Result<&'t [u8], Declined> {
    const BROKEN: Declined = Declined("styles that are broken");
    let Some(start) = memchr::memmem::find(text, name) else { return Ok(&[]) };
    let (before, inside) = text.split_at_checked(start).ok_or(BROKEN)?;
    let inside = inside.get(name.len()..).unwrap_or_default();
    let named =
        matches!(before, [.., b'<' | b':']) && inside.first().is_some_and(|byte| ends_name(*byte));
    if !named {
        return Err(BROKEN);
    }
    let begin = tag_end(inside).ok_or(BROKEN)?;
    if inside.get(..begin).is_some_and(|tag| tag.ends_with(b"/")) {
        return Ok(&[]);
    }
    let end = memchr::memmem::find(inside, name).and_then(|end| inside.get(begin..end));
    let end = end.and_then(|inside| inside.get(..memchr::memrchr(b'<', inside)?));
    let content = end.ok_or(BROKEN)?;
    let is_tag = |piece: &[u8]| {
        let after = tag_end(piece).and_then(|end| piece.get(end + 1..));
        after.is_some_and(|after| after.trim_ascii().is_empty())
    };
    let mut pieces = content.split(|byte| *byte == b'<');
    let blank = pieces.next().and_then(|first| first.strip_prefix(b">"));
    let whole = blank.is_some_and(|blank| blank.trim_ascii().is_empty()) && pieces.all(is_tag);
    if whole { Ok(content) } else { Err(BROKEN) }
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
        let open = b"<x:numFmts><x:numFmt numFmtId=\"164\" formatCode=\"[>=100][h]\"/></x:numFmts>\
                     <x:cellXfs>\n<x:xf/> <x:xf numFmtId=\"164\"/></x:cellXfs>\
                     <x:dxf><x:numFmt numFmtId=\"164\" formatCode=\"0\"/></x:dxf>";
        assert_eq!(of_part(open), Ok(vec![Number, Span]));
        assert_eq!(of_part(b"<numFmts count=\"0\"/><cellXfs/>"), Ok(Vec::new()));
        for broken in [
            "<cellXfs><xf numFmtId=\"22\"/>",
            "<cellXfs><xf/><xf numFmtId=\"22\"</cellXfs>",
            "<cellXfs><xf/>numFmtId=\"22\"/></cellXfs>",
            "<cellXfs><xf numFmtId=\"22\"/></cellXfs>",
        ] {
            assert!(of_part(broken.as_bytes()).is_err(), "{broken}");
        }
    }
}
