//! Numbers of a sheet: exact to the last bit, and fast for those most cells hold.

/// Whole numbers up to here are exact in a double.
const EXACT: u64 = 1 << 53;

/// The powers of ten that are exact in a double.
const TENS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/// The number a text writes; `None` where it writes none.
///
/// Up to 19 digits are gathered as a whole number. Where that is exact in a double, and so is the
/// power of ten it is divided by, the quotient is the nearest double (W. D. Clinger, How to read
/// floating point numbers accurately, PLDI 1990); any other number is left to the standard
/// library, which is as exact.
pub(super) fn parse(text: &[u8]) -> Option<f64> {
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, text),
    };
    let x = simple(digits).or_else(|| any(digits))?;
    Some(if negative { -x } else { x })
}

#[expect(clippy::cast_precision_loss, reason = "exact, as checked")]
fn simple(text: &[u8]) -> Option<f64> {
    if text.len() > 19 {
        return None;
    }
    let (mut whole, mut decimals, mut seen) = (0_u64, 0, false);
    for &byte in text {
        match byte {
            b'0'..=b'9' => {
                whole = whole.wrapping_mul(10).wrapping_add(u64::from(byte - b'0'));
                decimals += usize::from(seen);
            }
            b'.' if !seen => seen = true,
            _ => return None,
        }
    }
    let digits = text.len() - usize::from(seen);
    if digits == 0 || whole > EXACT {
        return None;
    }
    Some(whole as f64 / TENS.get(decimals)?)
}

/// A number in any form a spreadsheet writes one. Words such as `NaN` are none.
fn any(text: &[u8]) -> Option<f64> {
    let plain = |byte: &u8| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-');
    if !text.first()?.is_ascii_digit() && text.first() != Some(&b'.') || !text.iter().all(plain) {
        return None;
    }
    std::str::from_utf8(text).ok()?.parse().ok()
}

/// The whole number a text writes.
pub(super) fn index(text: &[u8]) -> Option<u32> {
    if text.is_empty() || text.len() > 9 {
        return None;
    }
    text.iter().try_fold(0_u32, |all, &byte| {
        byte.is_ascii_digit().then(|| all * 10 + u32::from(byte - b'0'))
    })
}

#[cfg(test)]
mod tests {
    use super::{index, parse};
    use proptest::prelude::*;

    #[test]
    fn what_is_no_number_is_none() {
        for text in ["", "-", ".", "1,5", "12abc", "NaN", "inf", "-inf", "1e", "--1", "+1", " 1"] {
            assert_eq!(parse(text.as_bytes()), None, "{text:?}");
        }
        assert_eq!(parse(b"-0").map(f64::to_bits), Some((-0.0_f64).to_bits()));
        assert_eq!(parse(b"1e999"), Some(f64::INFINITY));
        assert_eq!((index(b"007"), index(b"1x"), index(b"4294967296")), (Some(7), None, None));
    }

    proptest! {
        #[test]
        fn every_double_comes_back(bits in any::<u64>()) {
            let x = f64::from_bits(bits);
            prop_assume!(x.is_finite());
            for text in [format!("{x}"), format!("{x:e}"), format!("{x:.3}")] {
                let same = text.parse::<f64>().map(f64::to_bits);
                prop_assert_eq!(parse(text.as_bytes()).map(f64::to_bits), same.ok());
            }
        }

        #[test]
        fn decimals_are_those_of_the_standard_library(text in "[0-9]{0,12}\\.?[0-9]{0,12}") {
            let std = text.parse::<f64>().ok().map(f64::to_bits);
            prop_assert_eq!(parse(text.as_bytes()).map(f64::to_bits), std);
        }
    }
}
