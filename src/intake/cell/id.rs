//! Identifiers a spreadsheet may have rounded.

use crate::intake::row::{Raw, RowBuf};

/// Excel keeps 15 significant digits; of a longer number it shows zeros for the rest.
const LONGEST: f64 = 1e15;

/// Whether digits of an identifier may be lost: a number too long for Excel, or the scientific
/// notation in which Excel shows such a number.
pub(super) fn rounded(row: &RowBuf, raw: &Raw) -> bool {
    match raw {
        Raw::Number(x) => x.abs() >= LONGEST,
        Raw::Text(text) => is_scientific(row.text(*text)),
        _ => false,
    }
}

/// `1.23E+15`. Without the sign it may be a real identifier, as `12E4`.
fn is_scientific(text: &str) -> bool {
    if !matches!(text.as_bytes(), [_, b'.' | b',' | b'E' | b'e', ..]) {
        return false;
    }
    let Some((number, power)) = text.split_once("E+").or_else(|| text.split_once("e+")) else {
        return false;
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let (whole, fraction) = number.split_once(['.', ',']).unwrap_or((number, "0"));
    whole.len() == 1 && digits(whole) && digits(fraction) && digits(power)
}

#[cfg(test)]
mod tests {
    use super::{Raw, RowBuf, is_scientific, rounded};

    #[test]
    fn lost_digits_are_suspected() {
        let row = RowBuf::default();
        assert!(rounded(&row, &Raw::Number(1.234_567_890_123_45e17)));
        assert!(!rounded(&row, &Raw::Number(123_456_789_012_345.0)));
        assert!(is_scientific("1.23E+15") && is_scientific("6,21E+17") && is_scientific("9E+20"));
        assert!(!is_scientific("12E4") && !is_scientific("A1E+5") && !is_scientific("E+5"));
    }
}
