//! Cell formats: one look for the whole workbook.

use std::mem::{Discriminant, discriminant};

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

use super::draft::Line;
use crate::report::edition::Lang;
use crate::report::{Emphasis, Value};

/// Data, and links.
pub(super) const BLUE: Color = Color::RGB(0x00_72B2);
/// Something better.
pub(super) const GREEN: Color = Color::RGB(0x00_9E73);
/// Signals and limits.
pub(super) const VERMILLION: Color = Color::RGB(0xD5_5E00);
/// Cumulative shares.
pub(super) const VIOLET: Color = Color::RGB(0x7A_4FA3);
/// Centre lines and context.
pub(super) const GREY: Color = Color::RGB(0x55_5555);
/// Rules between rows.
pub(super) const RULE: Color = Color::RGB(0xD9_DEE4);
const INK: Color = Color::RGB(0x1F_2933);
const NAVY: Color = Color::RGB(0x1F_3A5F);
const HEADER: Color = Color::RGB(0xE6_EDF5);
const PALE_RED: Color = Color::RGB(0xFC_EDE3);
const DARK_RED: Color = Color::RGB(0x9A_3B00);
const PALE_GREEN: Color = Color::RGB(0xE3_F4EE);
const DARK_GREEN: Color = Color::RGB(0x00_6B4E);

/// Where the cells of a column stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// To the left: the first column, unless it holds numbers.
    First,
    /// To the left, off the number before it.
    Text,
    /// To the right.
    Number,
}

impl Side {
    /// The side of a column.
    pub(super) const fn of(index: usize, format: crate::report::Format) -> Self {
        use crate::report::Format::{Date, Month, Text};
        match (index, format) {
            (0, Date | Month | Text) => Self::First,
            (_, Text) => Self::Text,
            _ => Self::Number,
        }
    }
}

/// What the format of a cell depends on, within its column.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    kind: Option<Discriminant<Value>>,
    decimals: Option<u8>,
    emphasis: Option<Emphasis>,
}

impl Look {
    /// The look of a value in a row.
    pub(super) fn of(value: Option<&Value>, emphasis: Option<Emphasis>) -> Self {
        let decimals = match value {
            Some(Value::Number { decimals, .. }) => Some(*decimals),
            _ => None,
        };
        Self { kind: value.map(discriminant), decimals, emphasis }
    }
}

/// The formats of a workbook.
pub(super) struct Styles {
    base: Format,
}

impl Styles {
    /// The formats in a language: a font with its glyphs, so that Excel need not substitute one.
    pub(super) fn new(lang: Lang) -> Self {
        let font = match lang {
            Lang::En => "Calibri",
            Lang::ZhHant => "Microsoft JhengHei",
            Lang::ZhHans => "Microsoft YaHei",
        };
        Self { base: Format::new().set_font_name(font).set_font_size(10).set_font_color(INK) }
    }

    /// What every cell starts from.
    pub(super) const fn base(&self) -> &Format {
        &self.base
    }

    /// A line of text.
    pub(super) fn line(&self, line: Line) -> Format {
        let base = self.base.clone().set_align(FormatAlign::Top);
        let text = base.clone().set_text_wrap();
        match line {
            Line::Title => base.set_bold().set_font_size(16).set_font_color(NAVY),
            Line::Subtitle => text.set_font_color(GREY),
            Line::Heading => base.set_bold().set_font_size(12).set_font_color(NAVY),
            Line::Plain => text,
            Line::Caution => text.set_italic().set_font_color(DARK_RED),
            Line::Bad => text.set_bold().set_font_color(DARK_RED).set_background_color(PALE_RED),
            Line::Good => {
                text.set_bold().set_font_color(DARK_GREEN).set_background_color(PALE_GREEN)
            }
            Line::Muted => text.set_font_color(GREY).set_indent(1),
        }
    }

    /// A column heading.
    pub(super) fn header(&self, side: Side) -> Format {
        let align = if side == Side::Number { FormatAlign::Right } else { FormatAlign::Left };
        let format = self.base.clone().set_bold().set_font_color(NAVY).set_text_wrap();
        let format = if side == Side::Text { format.set_indent(1) } else { format };
        let format = format.set_background_color(HEADER).set_align(align);
        let format = format.set_align(FormatAlign::Bottom);
        format.set_border_bottom(FormatBorder::Medium).set_border_bottom_color(NAVY)
    }

    /// A cell of a table.
    pub(super) fn cell(
        &self,
        value: Option<&Value>,
        col: u16,
        emphasis: Option<Emphasis>,
    ) -> Format {
        let base = self.base.clone().set_align(FormatAlign::Top);
        let base = base.set_border_bottom(FormatBorder::Thin).set_border_bottom_color(RULE);
        let base = match value {
            None => base,
            Some(Value::Text(_) | Value::Words(_)) => {
                let text = base.set_align(FormatAlign::Left).set_text_wrap();
                if col == 0 { text } else { text.set_indent(1) }
            }
            Some(value @ (Value::Date(_) | Value::Month(_))) if col == 0 => {
                base.set_align(FormatAlign::Left).set_num_format(number_format(value))
            }
            Some(value) => base.set_align(FormatAlign::Right).set_num_format(number_format(value)),
        };
        match emphasis {
            None => base,
            Some(Emphasis::Total) => {
                let bold = base.set_bold().set_border_top(FormatBorder::Thin);
                bold.set_border_top_color(NAVY)
            }
            Some(Emphasis::Bad) => base.set_font_color(DARK_RED).set_background_color(PALE_RED),
            Some(Emphasis::Good) => {
                base.set_font_color(DARK_GREEN).set_background_color(PALE_GREEN)
            }
            Some(Emphasis::Muted) => base.set_font_color(GREY).set_italic(),
        }
    }

    /// A cell of somebody else's row, as it stood: numbers keep their own digits.
    pub(super) fn held(&self, value: Option<&Value>, emphasis: Option<Emphasis>) -> Format {
        let format = self.cell(value, 0, emphasis);
        match value {
            Some(Value::Number { .. }) => format.set_num_format("General"),
            _ => format,
        }
    }

    /// A link to another sheet.
    pub(super) fn link(&self) -> Format {
        let base = self.base.clone().set_align(FormatAlign::Top);
        base.set_font_color(BLUE).set_underline(FormatUnderline::Single)
    }
}

/// The number format of a value.
pub(super) fn number_format(value: &Value) -> String {
    match value {
        Value::Count(_) => "#,##0".to_owned(),
        Value::Number { decimals, .. } => decimal_format(*decimals),
        Value::Share(_) => "0.0%".to_owned(),
        Value::Money(_) => "#,##0.00".to_owned(),
        Value::Days(_) => "#,##0.0".to_owned(),
        Value::Duration(_) => "[h]:mm:ss".to_owned(),
        Value::Date(_) => "yyyy-mm-dd".to_owned(),
        Value::Month(_) => "yyyy-mm".to_owned(),
        Value::Text(_) | Value::Words(_) => "General".to_owned(),
    }
}

/// The number format of a number with so many decimals.
pub(super) fn decimal_format(decimals: u8) -> String {
    match usize::from(decimals) {
        0 => "#,##0".to_owned(),
        n => format!("#,##0.{}", "0".repeat(n)),
    }
}
