//! One typed column.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::{Categories, MISSING_CODE};
use crate::records::CellKind;
use crate::units::{Day, Money};

/// The values of one column, one a row. Missing values are marked inside the vector.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Column {
    /// Labels and identifiers.
    Category(Categories),
    /// Days since 1970-01-01; `i32::MIN` missing.
    Day(Vec<i32>),
    /// Milliseconds (instants since 1970-01-01, or durations); `i64::MIN` missing.
    Millis(Vec<i64>),
    /// Ten-thousandths of a currency unit; `i64::MIN` missing.
    Money(Vec<i64>),
    /// Whole numbers; `i64::MIN` missing.
    Count(Vec<i64>),
    /// Measurements; NaN missing.
    Number(Vec<f64>),
    /// 1 yes, 0 no, −1 missing.
    Flag(Vec<i8>),
}

impl Column {
    /// An empty column of a kind.
    #[must_use]
    pub fn new(kind: CellKind) -> Self {
        match kind {
            CellKind::Category => Self::Category(Categories::default()),
            CellKind::Day => Self::Day(Vec::new()),
            CellKind::Instant | CellKind::Duration => Self::Millis(Vec::new()),
            CellKind::Money => Self::Money(Vec::new()),
            CellKind::Count => Self::Count(Vec::new()),
            CellKind::Number => Self::Number(Vec::new()),
            CellKind::Flag => Self::Flag(Vec::new()),
        }
    }

    /// Rows.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Category(v) => v.codes().len(),
            Self::Day(v) => v.len(),
            Self::Millis(v) | Self::Money(v) | Self::Count(v) => v.len(),
            Self::Number(v) => v.len(),
            Self::Flag(v) => v.len(),
        }
    }

    /// Whether it has no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether no row has a value.
    #[must_use]
    pub fn all_missing(&self) -> bool {
        match self {
            Self::Category(v) => v.codes().iter().all(|&c| c == MISSING_CODE),
            Self::Day(v) => v.iter().all(|&x| x == i32::MIN),
            Self::Millis(v) | Self::Money(v) | Self::Count(v) => v.iter().all(|&x| x == i64::MIN),
            Self::Number(v) => v.iter().all(|x| x.is_nan()),
            Self::Flag(v) => v.iter().all(|&x| x < 0),
        }
    }

    /// Whether a row has no value.
    #[must_use]
    pub fn is_missing(&self, row: usize) -> bool {
        match self {
            Self::Category(v) => v.codes().get(row).is_none_or(|&c| c == MISSING_CODE),
            Self::Day(v) => v.get(row).is_none_or(|&x| x == i32::MIN),
            Self::Millis(v) | Self::Money(v) | Self::Count(v) => {
                v.get(row).is_none_or(|&x| x == i64::MIN)
            }
            Self::Number(v) => v.get(row).is_none_or(|x| x.is_nan()),
            Self::Flag(v) => v.get(row).is_none_or(|&x| x < 0),
        }
    }

    /// Two rows by what they hold; labels in the order they first appeared.
    #[must_use]
    pub fn compare(&self, a: usize, b: usize) -> Ordering {
        match self {
            Self::Category(v) => v.codes().get(a).cmp(&v.codes().get(b)),
            Self::Day(v) => v.get(a).cmp(&v.get(b)),
            Self::Millis(v) | Self::Money(v) | Self::Count(v) => v.get(a).cmp(&v.get(b)),
            Self::Number(v) => match (v.get(a), v.get(b)) {
                (Some(a), Some(b)) => a.total_cmp(b),
                (a, b) => a.is_some().cmp(&b.is_some()),
            },
            Self::Flag(v) => v.get(a).cmp(&v.get(b)),
        }
    }

    /// The day of a row. Who reads many rows asks the column: a table looks for it every time.
    #[must_use]
    pub fn day(&self, row: usize) -> Option<Day> {
        match self {
            Self::Day(v) => v.get(row).filter(|&&d| d != i32::MIN).map(|&d| Day::from_number(d)),
            Self::Millis(v) => {
                let ms = v.get(row).filter(|&&ms| ms != i64::MIN)?;
                i32::try_from(ms.div_euclid(86_400_000)).ok().map(Day::from_number)
            }
            _ => None,
        }
    }

    /// The money of a row.
    #[must_use]
    pub fn money(&self, row: usize) -> Option<Money> {
        match self {
            Self::Money(v) => {
                v.get(row).filter(|&&m| m != i64::MIN).map(|&m| Money::from_raw(i128::from(m)))
            }
            _ => None,
        }
    }

    /// The whole number (or milliseconds) of a row.
    #[must_use]
    pub fn count(&self, row: usize) -> Option<i64> {
        match self {
            Self::Count(v) | Self::Millis(v) => v.get(row).copied().filter(|&n| n != i64::MIN),
            _ => None,
        }
    }

    /// The measurement of a row, finite.
    #[must_use]
    pub fn number(&self, row: usize) -> Option<f64> {
        match self {
            Self::Number(v) => v.get(row).copied().filter(|x| x.is_finite()),
            _ => None,
        }
    }

    /// The yes or no of a row.
    #[must_use]
    pub fn flag(&self, row: usize) -> Option<bool> {
        match self {
            Self::Flag(v) => v.get(row).filter(|&&f| f >= 0).map(|&f| f == 1),
            _ => None,
        }
    }

    /// The value of a row as people name it; `None` where it is missing.
    #[must_use]
    pub fn show(&self, row: usize) -> Option<String> {
        if self.is_missing(row) {
            return None;
        }
        match self {
            Self::Category(v) => v.get(row).map(str::to_owned),
            Self::Day(v) => v.get(row).map(|&day| Day::from_number(day).to_string()),
            Self::Millis(v) => {
                let millis = *v.get(row)?;
                let day = i32::try_from(millis.div_euclid(86_400_000)).ok()?;
                let minutes = millis.rem_euclid(86_400_000) / 60_000;
                let day = Day::from_number(day);
                Some(format!("{day} {:02}:{:02}", minutes / 60, minutes % 60))
            }
            Self::Money(v) => v.get(row).map(|&m| Money::from_raw(i128::from(m)).to_string()),
            Self::Count(v) => v.get(row).map(ToString::to_string),
            Self::Number(v) => v.get(row).map(ToString::to_string),
            Self::Flag(v) => v.get(row).map(|&yes| (yes > 0).to_string()),
        }
    }

    /// The sum of a column of measures, in units; `None` for labels, days and the like.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "to compare within a tolerance, not to report")]
    pub fn sum(&self) -> Option<f64> {
        let whole =
            |v: &[i64]| v.iter().filter(|&&x| x != i64::MIN).map(|&x| x as f64).sum::<f64>();
        match self {
            Self::Money(v) => Some(whole(v) / 10_000.0),
            Self::Count(v) => Some(whole(v)),
            Self::Number(v) => Some(v.iter().filter(|x| !x.is_nan()).sum()),
            _ => None,
        }
    }

    /// Makes room for so many more rows.
    pub(super) fn reserve(&mut self, rows: usize) {
        match self {
            Self::Category(v) => v.reserve(rows),
            Self::Day(v) => v.reserve(rows),
            Self::Millis(v) | Self::Money(v) | Self::Count(v) => v.reserve(rows),
            Self::Number(v) => v.reserve(rows),
            Self::Flag(v) => v.reserve(rows),
        }
    }

    /// Appends a missing value.
    pub fn push_missing(&mut self) {
        match self {
            Self::Category(v) => v.push(None),
            Self::Day(v) => v.push(i32::MIN),
            Self::Millis(v) | Self::Money(v) | Self::Count(v) => v.push(i64::MIN),
            Self::Number(v) => v.push(f64::NAN),
            Self::Flag(v) => v.push(-1),
        }
    }

    /// The values of some rows, in their order; missing where there is no row.
    #[must_use]
    pub fn gather(&self, rows: &[Option<usize>]) -> Self {
        fn pick<T: Copy>(values: &[T], rows: &[Option<usize>], missing: T) -> Vec<T> {
            let value = |row: &Option<usize>| row.and_then(|row| values.get(row).copied());
            rows.iter().map(|row| value(row).unwrap_or(missing)).collect()
        }
        match self {
            Self::Category(v) => {
                let mut out = Categories::default();
                for row in rows {
                    out.push(row.and_then(|row| v.get(row)));
                }
                Self::Category(out)
            }
            Self::Day(v) => Self::Day(pick(v, rows, i32::MIN)),
            Self::Millis(v) => Self::Millis(pick(v, rows, i64::MIN)),
            Self::Money(v) => Self::Money(pick(v, rows, i64::MIN)),
            Self::Count(v) => Self::Count(pick(v, rows, i64::MIN)),
            Self::Number(v) => Self::Number(pick(v, rows, f64::NAN)),
            Self::Flag(v) => Self::Flag(pick(v, rows, -1)),
        }
    }

    /// Appends all rows of a column of the same kind; a column of another kind adds missing rows.
    pub fn append(&mut self, other: &Self) {
        match (&mut *self, other) {
            (Self::Category(a), Self::Category(b)) => a.append(b),
            (Self::Day(a), Self::Day(b)) => a.extend_from_slice(b),
            (Self::Millis(a), Self::Millis(b))
            | (Self::Money(a), Self::Money(b))
            | (Self::Count(a), Self::Count(b)) => a.extend_from_slice(b),
            (Self::Number(a), Self::Number(b)) => a.extend_from_slice(b),
            (Self::Flag(a), Self::Flag(b)) => a.extend_from_slice(b),
            (own, other) => (0..other.len()).for_each(|_| own.push_missing()),
        }
    }
}
