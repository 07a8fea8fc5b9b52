//! One raw cell → a typed value, or the code of what is wrong with it.

mod clock;
mod date;
mod duration;
mod habit;
mod id;
mod number;
mod words;

use std::ops::Range;

pub(super) use clock::Zone;
pub(super) use date::Hint;
pub(super) use duration::Unit;
pub(super) use habit::Habit;
pub(super) use number::Said;
pub(super) use words::{ends_like_total, is_pivot_mark, is_total, is_unit};

use super::convert::serial_millis;
use super::row::{Raw, RowBuf, TextAt};
use crate::records::{CellKind, IssueCode};
use crate::settings::{DateOrder, DecimalMark};
use crate::units::{Day, Money};

const DAY_MS: i64 = 86_400_000;
/// Whole numbers up to here are exact in a double.
const EXACT: f64 = 9_007_199_254_740_992.0;
/// Measurements beyond this are taken for damage.
const LARGEST: f64 = 1e15;

/// How the cells of one column are to be read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    /// Type.
    pub(super) kind: CellKind,
    /// Order of day and month where a date leaves it open.
    pub(super) order: Habit<DateOrder>,
    /// Decimal mark where a number leaves it open.
    pub(super) mark: Habit<DecimalMark>,
    /// Whether a month alone is a date.
    pub(super) month_ok: bool,
    /// Unit of plain numbers in a column of durations.
    pub(super) unit: Unit,
    /// Whether the column holds identifiers.
    pub(super) id: bool,
    /// What plain numbers are multiplied by: 10,000 below `金額(萬元)`, else 1.
    pub(super) scale: f64,
}

/// A typed cell; texts stand in the buffer handed to [`typed`].
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Typed {
    /// No value.
    Missing,
    /// Label or identifier as the row has it.
    Label(TextAt),
    /// Label or identifier written out of another cell.
    Text(Range<usize>),
    /// Calendar day.
    Day(Day),
    /// Instant or duration in milliseconds.
    Millis(i64),
    /// Money.
    Money(Money),
    /// Whole number.
    Count(i64),
    /// Measurement.
    Number(f64),
    /// Yes or no.
    Flag(bool),
}

impl Typed {
    /// The number of a measure, in units; `None` for anything else.
    #[expect(clippy::cast_precision_loss, reason = "compared with a sum within a tolerance")]
    pub(super) fn as_f64(&self) -> Option<f64> {
        match self {
            Self::Money(money) => Some(money.to_units()),
            Self::Count(n) => Some(*n as f64),
            Self::Number(x) => Some(*x),
            _ => None,
        }
    }
}

/// What a cell says of the way its sheet is written.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Evidence {
    /// Of the order of day and month.
    pub(super) date: Option<Hint>,
    /// Of the zone of its times.
    pub(super) zone: Zone,
    /// Of the decimal mark.
    pub(super) mark: Said,
    /// What makes its value doubtful, though it was read.
    pub(super) doubt: Option<IssueCode>,
}

/// Types one cell.
pub(super) fn typed(
    row: &RowBuf,
    raw: Option<&Raw>,
    how: Reading,
    seen: &mut Evidence,
    texts: &mut String,
) -> Result<Typed, IssueCode> {
    let Some(raw) = raw else { return Ok(Typed::Missing) };
    match raw {
        Raw::Error(_) => return Err(IssueCode::ErrorCell),
        Raw::Uncalculated => return Err(IssueCode::UncalculatedFormula),
        Raw::Text(at) if how.kind != CellKind::Category => {
            let text = row.text(*at);
            if how.kind != CellKind::Flag && words::is_placeholder(text) {
                return Ok(Typed::Missing);
            }
        }
        _ => {}
    }
    match how.kind {
        CellKind::Category => {
            if how.id && id::rounded(row, raw) {
                seen.doubt = Some(IssueCode::RoundedId);
            }
            Ok(label(row, raw, texts))
        }
        CellKind::Day => {
            let millis = instant(row, raw, how, seen)?;
            let day = i32::try_from(millis.div_euclid(DAY_MS)).map_err(|_| IssueCode::BadDate)?;
            Ok(Typed::Day(Day::from_number(day)))
        }
        CellKind::Instant => instant(row, raw, how, seen).map(Typed::Millis),
        CellKind::Duration => span(row, raw, how.unit, how.mark).map(Typed::Millis),
        CellKind::Flag => flag(row, raw),
        CellKind::Money => {
            let x = amount(row, raw, how, seen)?;
            Money::from_units(x).map(Typed::Money).ok_or(IssueCode::NumberRange)
        }
        CellKind::Count => count(amount(row, raw, how, seen)?),
        CellKind::Number => {
            let x = amount(row, raw, how, seen)?;
            if x.abs() <= LARGEST { Ok(Typed::Number(x)) } else { Err(IssueCode::NumberRange) }
        }
    }
}

/// Labels and identifiers are kept as given; a number is written without a trailing `.0`.
fn label(row: &RowBuf, raw: &Raw, texts: &mut String) -> Typed {
    if let Raw::Text(at) = raw {
        return Typed::Label(*at);
    }
    let start = texts.len();
    row.show(raw, texts);
    Typed::Text(start..texts.len())
}

fn instant(row: &RowBuf, raw: &Raw, how: Reading, seen: &mut Evidence) -> Result<i64, IssueCode> {
    let millis = match raw {
        Raw::Stamp { serial, millis } if is_phantom_day(*serial, *millis) => {
            return Err(IssueCode::ImpossibleDate);
        }
        Raw::Stamp { serial, millis } if *serial >= 1.0 => *millis,
        Raw::Number(x) => serial_number(*x).ok_or(IssueCode::BadDate)?,
        Raw::Text(at) => {
            let text = row.text(*at);
            if let Some(millis) = serial_text(text) {
                return Ok(millis);
            }
            let parsed = date::parse(text, how.order, how.month_ok);
            let parsed = parsed.map_err(|why| match why {
                date::NoDate::Form => IssueCode::BadDate,
                date::NoDate::Calendar => IssueCode::ImpossibleDate,
            })?;
            (seen.date, seen.zone) = (Some(parsed.hint), parsed.zone);
            parsed.millis
        }
        _ => return Err(IssueCode::BadDate),
    };
    // 1900-01-01 to 2200-12-31
    let plausible = -2_208_988_800_000..7_289_654_400_000;
    if plausible.contains(&millis) { Ok(millis) } else { Err(IssueCode::BadDate) }
}

/// A plain number in a column of dates: a serial of the years 1954 to 2119, `YYYYMMDD`, or
/// `YYYMMDD` of the Republic of China calendar.
fn serial_number(x: f64) -> Option<i64> {
    if (20_000.0..80_000.0).contains(&x) {
        return Some(serial_millis(x, false));
    }
    let compact =
        (19_000_101.0..22_001_231.0).contains(&x) || (1_000_101.0..2_000_000.0).contains(&x);
    let any = Habit::Assumed(DateOrder::Mdy);
    let parsed =
        (compact && x.fract() == 0.0).then(|| date::parse(&x.to_string(), any, false).ok());
    parsed.flatten().map(|p| p.millis)
}

/// A serial date left as text, as `45292` or `45292.5`.
fn serial_text(text: &str) -> Option<i64> {
    let (day, time) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let written = day.len() == 5 && digits(day) && digits(time);
    text.parse().ok().filter(|_| written).and_then(serial_number)
}

/// The 29 February 1900, which only Excel's calendar has: serial 60 of its 1900 epoch.
fn is_phantom_day(serial: f64, millis: i64) -> bool {
    (60.0..61.0).contains(&serial) && millis == serial_millis(serial, false)
}

#[expect(clippy::cast_possible_truncation, reason = "a time of day is below one day")]
fn span(row: &RowBuf, raw: &Raw, unit: Unit, mark: Habit<DecimalMark>) -> Result<i64, IssueCode> {
    let millis = match raw {
        Raw::Span(millis) => Some(*millis),
        Raw::Stamp { serial, .. } if serial.abs() < 1000.0 => {
            Some((serial * 86_400_000.0).round() as i64)
        }
        Raw::Number(x) => unit.millis(*x),
        Raw::Text(at) => {
            let text = row.text(*at);
            duration::parse(text).or_else(|| unit.millis(number::parse(text, mark)?.value))
        }
        _ => None,
    };
    millis.ok_or(IssueCode::BadNumber)
}

fn flag(row: &RowBuf, raw: &Raw) -> Result<Typed, IssueCode> {
    let yes = match raw {
        Raw::Bool(yes) => Some(*yes),
        Raw::Number(x) if matches!(*x, 0.0 | 1.0) => Some(*x > 0.5),
        Raw::Text(at) => {
            let text = row.text(*at);
            match words::flag(text) {
                None if words::is_placeholder(text) => return Ok(Typed::Missing),
                known => known,
            }
        }
        _ => None,
    };
    yes.map(Typed::Flag).ok_or(IssueCode::BadFlag)
}

#[expect(clippy::cast_possible_truncation, reason = "whole and exact on the line above")]
fn count(x: f64) -> Result<Typed, IssueCode> {
    if x < 0.0 || x.fract() != 0.0 {
        return Err(IssueCode::BadCount);
    }
    if x > EXACT { Err(IssueCode::NumberRange) } else { Ok(Typed::Count(x as i64)) }
}

/// A finite number; a time in a column of numbers counts in seconds.
#[expect(clippy::cast_precision_loss, reason = "milliseconds of a plausible duration are exact")]
fn amount(row: &RowBuf, raw: &Raw, how: Reading, seen: &mut Evidence) -> Result<f64, IssueCode> {
    let x = match raw {
        Raw::Number(x) => *x * how.scale,
        Raw::Span(millis) => *millis as f64 / 1000.0,
        Raw::Stamp { serial, .. } if (0.0..1.0).contains(serial) => serial * 86_400.0,
        Raw::Text(at) => {
            let text = row.text(*at);
            let parsed = number::parse(text, how.mark).ok_or_else(|| no_number(text))?;
            let value = match parsed.mark {
                Said::Open(mark) if how.kind == CellKind::Count && !how.mark.is_declared() => {
                    // What is counted has no decimals.
                    let thousands = Habit::Declared(number::other(mark));
                    number::parse(text, thousands).map_or(parsed.value, |p| p.value)
                }
                said => {
                    seen.mark = said;
                    parsed.value
                }
            };
            value * how.scale
        }
        _ => return Err(IssueCode::BadNumber),
    };
    if x.is_finite() { Ok(x) } else { Err(IssueCode::NumberRange) }
}

fn no_number(text: &str) -> IssueCode {
    match text.parse::<f64>() {
        Ok(x) if !x.is_finite() => IssueCode::NumberRange,
        _ => IssueCode::BadNumber,
    }
}

#[cfg(test)]
mod tests {
    use super::{
        DateOrder, DecimalMark, Evidence, Habit, Raw, Reading, RowBuf, Typed, Unit, typed,
    };
    use crate::records::{CellKind, IssueCode};
    use crate::units::Money;

    fn read(kind: CellKind, fill: impl Fn(&mut RowBuf)) -> Result<Typed, IssueCode> {
        let mut row = RowBuf::default();
        fill(&mut row);
        let how = Reading {
            kind,
            order: Habit::Assumed(DateOrder::Mdy),
            mark: Habit::Assumed(DecimalMark::Point),
            month_ok: false,
            unit: Unit::Seconds,
            id: false,
            scale: 1.0,
        };
        typed(&row, row.get(0), how, &mut Evidence::default(), &mut String::new())
    }

    fn text(kind: CellKind, text: &str) -> Result<Typed, IssueCode> {
        read(kind, |row| row.push_text(0, text))
    }

    fn number(kind: CellKind, x: f64) -> Result<Typed, IssueCode> {
        read(kind, |row| row.push(0, Raw::Number(x)))
    }

    #[test]
    fn numbers_out_of_range_never_pass() {
        for kind in [CellKind::Money, CellKind::Count, CellKind::Number] {
            for x in [f64::NAN, f64::INFINITY, 1e308] {
                assert_eq!(number(kind, x), Err(IssueCode::NumberRange), "{kind:?} {x}");
            }
            assert_eq!(text(kind, "NaN"), Err(IssueCode::NumberRange));
            assert_eq!(text(kind, "1e999"), Err(IssueCode::NumberRange));
            assert_eq!(text(kind, "abc"), Err(IssueCode::BadNumber));
        }
    }

    #[test]
    fn kinds_have_their_own_rules() {
        assert_eq!(number(CellKind::Count, -1.0), Err(IssueCode::BadCount));
        assert_eq!(number(CellKind::Count, 1.5), Err(IssueCode::BadCount));
        assert_eq!(number(CellKind::Flag, 2.0), Err(IssueCode::BadFlag));
        assert_eq!(text(CellKind::Flag, "✓"), Ok(Typed::Flag(true)));
        assert_eq!(text(CellKind::Flag, "n/a"), Ok(Typed::Missing));
        assert_eq!(text(CellKind::Money, "-"), Ok(Typed::Missing));
        assert_eq!(
            text(CellKind::Money, "NT$1,234.5"),
            Ok(Typed::Money(Money::from_raw(12_345_000)))
        );
        assert_eq!(number(CellKind::Category, 17_850.0), Ok(Typed::Text(0..5)));
        assert_eq!(text(CellKind::Day, "2018-02-29"), Err(IssueCode::ImpossibleDate));
        assert_eq!(number(CellKind::Day, 0.0), Err(IssueCode::BadDate));
        assert!(
            matches!(number(CellKind::Day, 44_197.0), Ok(Typed::Day(d)) if d.number() == 18_628)
        );
        assert!(matches!(number(CellKind::Day, 19_970_101.0), Ok(Typed::Day(_))));
        assert_eq!(text(CellKind::Count, "1.234"), Ok(Typed::Count(1234)));
        assert_eq!(text(CellKind::Count, "1,234"), Ok(Typed::Count(1234)));
        assert_eq!(text(CellKind::Count, "1.5"), Err(IssueCode::BadCount));
        assert_eq!(text(CellKind::Category, "#N/A"), Err(IssueCode::ErrorCell));
        assert_eq!(
            read(CellKind::Money, |row| row.push(0, Raw::Uncalculated)),
            Err(IssueCode::UncalculatedFormula)
        );
    }

    #[test]
    fn serials_are_dates_or_refused() {
        let stamp = |serial, is_1904| {
            let millis = super::serial_millis(serial, is_1904);
            read(CellKind::Day, move |row| row.push(0, Raw::Stamp { serial, millis }))
        };
        let day = |typed| match typed {
            Ok(Typed::Day(day)) => day.to_string(),
            other => format!("{other:?}"),
        };
        assert_eq!(day(stamp(59.0, false)), "1900-02-28");
        assert_eq!(stamp(60.0, false), Err(IssueCode::ImpossibleDate));
        assert_eq!(day(stamp(61.0, false)), "1900-03-01");
        assert_eq!(day(stamp(60.0, true)), "1904-03-01");
        for serial in [-1.0, 0.0, 0.5, 2_958_465.0, 2_958_466.0, 1e10, f64::NAN] {
            assert_eq!(stamp(serial, false), Err(IssueCode::BadDate), "{serial}");
        }
        assert_eq!(day(text(CellKind::Day, "45292")), "2024-01-01");
        assert_eq!(day(text(CellKind::Day, "45292.75")), "2024-01-01");
        assert_eq!(day(number(CellKind::Day, 1_130_502.0)), "2024-05-02");
        for literal in ["60", "-45292", "452920", "4529", "45292.", "4.5e4"] {
            assert_eq!(text(CellKind::Day, literal), Err(IssueCode::BadDate), "{literal}");
        }
    }

    #[test]
    fn the_shares_of_a_day_are_times() {
        assert_eq!(number(CellKind::Duration, 0.5), Ok(Typed::Millis(43_200_000)));
        assert_eq!(text(CellKind::Duration, "0.5"), Ok(Typed::Millis(43_200_000)));
        let half = |row: &mut RowBuf| row.push(0, Raw::Stamp { serial: 0.5, millis: 0 });
        assert_eq!(read(CellKind::Duration, half), Ok(Typed::Millis(43_200_000)));
    }
}
