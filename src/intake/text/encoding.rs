//! The encoding of a text file: told by its byte order mark, declared, or found by its bytes.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    BIG5, DecoderResult, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252,
};

use super::lines::newlines;
use crate::intake::headers::is_heading;
use crate::intake::trouble::Trouble;

/// Bytes looked at to tell an encoding.
const SAMPLE: usize = 1 << 20;

/// The name of the encoding of a text file: its byte order mark decides, then the label declared
/// (as the Encoding Standard names them), then the bytes themselves.
pub(in crate::intake) fn encoding_of(bytes: &[u8], declared: Option<&str>) -> &'static str {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    marked.or_else(|| by_label(declared?)).unwrap_or_else(|| detect(bytes)).name()
}

/// The text of a file without its byte order mark; borrowed where its bytes are UTF-8 already.
/// Nothing is replaced: bytes that mean nothing are an error.
///
/// # Errors
/// [`Trouble::Encoding`] names the encoding and the first line that does not fit it.
pub(in crate::intake) fn decode<'b>(bytes: &'b [u8], name: &str) -> Result<Cow<'b, str>, Trouble> {
    let encoding = by_label(name).unwrap_or(UTF_8);
    let mark = Encoding::for_bom(bytes).map_or(0, |(_, length)| length);
    let bytes = bytes.get(mark..).unwrap_or_default();
    let trouble = || Trouble::Encoding(encoding.name(), line_of_damage(bytes, encoding));
    text_of(bytes, encoding).ok_or_else(trouble)
}

fn by_label(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label(label.trim().as_bytes())
}

/// Whether an encoding is known by this label.
#[must_use]
pub fn is_encoding(label: &str) -> bool {
    by_label(label).is_some()
}

/// Byte order of a text in UTF-16 without a mark, by its ASCII letters, digits and separators.
pub(in crate::intake) fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..4096).unwrap_or(bytes);
    let count = |ascii: usize| {
        let printable = |b: u8| matches!(b, b'\t' | b'\n' | b'\r' | 0x20..=0x7E);
        let is = |pair: &&[u8]| pair.get(1 - ascii) == Some(&0) && printable(pair[ascii]);
        head.chunks_exact(2).filter(is).count()
    };
    let (little, big) = (count(0), count(1));
    // A line of words and digits: at least one unit in eight is ASCII, and in one order only.
    let clear = |one: usize, other: usize| one >= 2 && one * 16 >= head.len() && one > other * 3;
    match (clear(little, big), clear(big, little)) {
        (true, _) => Some(UTF_16LE),
        (_, true) => Some(UTF_16BE),
        _ => None,
    }
}

/// The encoding the bytes are most likely in. Valid UTF-8 is UTF-8.
fn detect(bytes: &[u8]) -> &'static Encoding {
    if let Some(encoding) = wide(bytes).filter(|_| bytes.contains(&0)) {
        return encoding;
    }
    if std::str::from_utf8(bytes).is_ok() || damaged_utf8(bytes) {
        return UTF_8;
    }
    let sample = sample(bytes);
    let guess = guess(sample);
    let mut best = (0, guess);
    for encoding in [guess, GB18030, BIG5] {
        let known = headings(sample, encoding);
        if known > best.0 {
            best = (known, encoding);
        }
    }
    best.1
}

/// What Firefox's detector takes the bytes for.
fn guess(sample: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let guess = if guess == GBK { GB18030 } else { guess };
    // A guess that cannot decode the sample is none.
    let fits = |e: &&'static Encoding| text_of(sample, e).is_some();
    [guess, GB18030, BIG5, WINDOWS_1252].into_iter().find(fits).unwrap_or(guess)
}

/// Headings known to some table among the cells of the first lines, those beyond ASCII only:
/// the others read the same in any encoding.
fn headings(sample: &[u8], encoding: &'static Encoding) -> usize {
    const LINES: usize = 30;
    let Some(text) = text_of(sample, encoding) else { return 0 };
    let lines = text.lines().take(LINES);
    let cells = lines.flat_map(|line| line.split([',', '\t', ';', '|']));
    cells.filter(|cell| !cell.is_ascii() && is_heading(cell.trim_matches(['"', ' ']))).count()
}

fn text_of<'b>(bytes: &'b [u8], encoding: &'static Encoding) -> Option<Cow<'b, str>> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    text.filter(|text| meant(encoding, text))
}

/// Single bytes without a letter decode to control characters nobody types.
fn meant(encoding: &'static Encoding, text: &str) -> bool {
    let control = |c: char| ('\u{80}'..='\u{9F}').contains(&c);
    !encoding.is_single_byte() || !text.contains(control)
}

/// Whole lines of the first mebibyte that says something: plain ASCII before it does not.
fn sample(bytes: &[u8]) -> &[u8] {
    let first = bytes.iter().position(|b| !b.is_ascii()).unwrap_or(0);
    let from = if first < SAMPLE / 2 { 0 } else { line_start(bytes, first) };
    let rest = bytes.get(from..).unwrap_or(bytes);
    match rest.get(..SAMPLE) {
        Some(head) => {
            head.get(..line_start(head, head.len())).filter(|h| !h.is_empty()).unwrap_or(head)
        }
        None => rest,
    }
}

/// Where the line of an offset starts.
fn line_start(bytes: &[u8], at: usize) -> usize {
    let before = bytes.get(..at).unwrap_or(bytes);
    memchr::memrchr(b'\n', before).map_or(0, |newline| newline + 1)
}

/// Whether the bytes are UTF-8 but for a few: another encoding hardly ever forms its sequences.
fn damaged_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in sample(bytes).utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad > 0 && good > 2 * bad
}

/// The line of the first bytes that mean nothing in an encoding.
fn line_of_damage(bytes: &[u8], encoding: &'static Encoding) -> u64 {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut buffer = String::with_capacity(64 << 10);
    let (mut at, mut line) = (0, 1);
    loop {
        buffer.clear();
        let rest = bytes.get(at..).unwrap_or_default();
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut buffer, true);
        let sound = if meant(encoding, &buffer) { buffer.len() } else { first_control(&buffer) };
        line += u64::from(newlines(buffer.get(..sound).unwrap_or_default().as_bytes(), b'\n'));
        at += read;
        if result != DecoderResult::OutputFull || sound < buffer.len() {
            return line;
        }
    }
}

fn first_control(text: &str) -> usize {
    text.find(|c: char| ('\u{80}'..='\u{9F}').contains(&c)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

    use super::{Trouble, decode, encoding_of};

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        let bytes = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
        text.encode_utf16().flat_map(bytes).collect()
    }

    fn told(bytes: &[u8]) -> (&'static str, String) {
        let name = encoding_of(bytes, None);
        (name, decode(bytes, name).map(std::borrow::Cow::into_owned).unwrap_or_default())
    }

    #[test]
    fn short_texts_are_told_by_their_bytes() {
        let texts: [(&'static Encoding, &str); 12] = [
            (GB18030, "订单编号,订单日期,客户编号,金额\nA1,2026-10-05,王伟,5\n"),
            (BIG5, "訂單編號,訂單日期,客戶編號,金額\nA1,2026-10-05,王小明,5\n"),
            (GB18030, "Order ID,Customer\nA1,王伟\nA2,张丽\n"),
            (BIG5, "Order ID,Customer\nA1,王小明\nA2,陳淑芬\n"),
            (GB18030, "Order ID,Customer\nA1,上海分公司\n"),
            (BIG5, "Order ID,Customer\nA1,台北分公司\n"),
            (GB18030, "日期,门店,销售额\n2026-01-01,一店,3\n"),
            (BIG5, "日期,門市,業績\n2026-01-01,一店,3\n"),
            (WINDOWS_1252, "Ticket,Agent\nT-0,Müller\n"),
            (WINDOWS_1252, "Ticket,Agent\nT-0,José\nT-1,Zoë\n"),
            (WINDOWS_1252, "Ticket,Price\nT-0,5 €\n"),
            (WINDOWS_1252, "Año,Descripción\n2026,Café\n"),
        ];
        for (encoding, text) in texts {
            let (bytes, _, lost) = encoding.encode(text);
            assert!(!lost, "{text}");
            assert_eq!(told(&bytes), (encoding.name(), text.to_owned()), "{text}");
        }
    }

    #[test]
    fn marks_and_zero_bytes_tell_unicode() {
        let text = "訂單編號,金額\nA1,一五\n";
        assert_eq!(told(text.as_bytes()), ("UTF-8", text.to_owned()));
        assert_eq!(told(&[b"\xEF\xBB\xBF", text.as_bytes()].concat()), ("UTF-8", text.to_owned()));
        for (little, encoding) in [(true, UTF_16LE), (false, UTF_16BE)] {
            let bytes = utf16(text, little);
            assert_eq!(told(&bytes), (encoding.name(), text.to_owned()));
            let marked = utf16(&format!("\u{FEFF}{text}"), little);
            assert_eq!(told(&marked), (encoding.name(), text.to_owned()));
        }
    }

    #[test]
    fn damage_is_named_by_encoding_and_line() {
        let why = |bytes: &[u8], declared| decode(bytes, encoding_of(bytes, declared)).err();
        let text = "姓名,金額\n王小明,1\n陳淑芬,2\n";
        let mut cut = text.as_bytes().to_vec();
        cut.insert(text.find('陳').map_or(0, |at| at + 1), b'x');
        assert_eq!(why(&cut, None), Some(Trouble::Encoding("UTF-8", 3)));
        assert_eq!(why(b"a\nb\n\xFF\n", Some("big5")), Some(Trouble::Encoding("Big5", 3)));
        assert_eq!(why(b"a\n\x81\n", Some("latin1")), Some(Trouble::Encoding("windows-1252", 2)));
    }

    #[test]
    fn what_is_declared_goes_before_the_guess_and_after_a_mark() {
        assert_eq!(encoding_of(b"M\xFCller", Some("latin2")), "ISO-8859-2");
        assert_eq!(encoding_of(b"\xEF\xBB\xBFa", Some("big5")), UTF_8.name());
        assert_eq!(encoding_of("ü".as_bytes(), Some("no such label")), UTF_8.name());
    }

    #[test]
    fn utf8_is_borrowed() {
        let text = decode("a,ü".as_bytes(), "UTF-8");
        assert!(matches!(text, Ok(std::borrow::Cow::Borrowed("a,ü"))));
    }
}
