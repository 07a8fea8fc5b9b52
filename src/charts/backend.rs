//! Our plotters backend. It writes SVG on a canvas ten times as fine as the picture, so that
//! plotters' integer coordinates become tenths of a pixel; colours become CSS variables; and
//! every element can carry a class and a tooltip.

use std::cell::RefCell;
use std::convert::Infallible;
use std::fmt::Write as _;
use std::rc::Rc;

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontStyle,
};

use super::text::{escape, width};
use super::theme::{FONT, Ink};

/// Steps of the virtual canvas in one px.
pub(super) const FINE: f64 = 10.0;

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// What the next element carries besides its shape; plotters has no place for it.
#[derive(Clone, Debug, Default)]
pub(super) struct Tag {
    /// CSS class; elements with one take part in keyboard reading.
    pub class: &'static str,
    /// Tooltip.
    pub title: String,
    /// Dash pattern of strokes.
    pub dash: &'static str,
    /// Whether the page shows through an outline; the figures' line should not.
    pub backed: bool,
    /// Whether words stand on a rim of paper, to be read over lines.
    pub rim: bool,
}

/// Where words stand, in px.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Words {
    /// The words.
    pub text: String,
    /// Left, top, right, bottom.
    pub bounds: [f64; 4],
}

/// The picture so far.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// SVG elements.
    pub out: String,
    /// For the next element.
    pub tag: Tag,
    /// Every text written, to prove that none lies on another.
    pub words: Vec<Words>,
}

impl Sheet {
    fn element(&mut self, name: &str, attributes: &str) {
        let tag = std::mem::take(&mut self.tag);
        let _ = write!(self.out, "<{name}{attributes}");
        if !tag.class.is_empty() {
            let _ = write!(self.out, r#" class="{}" tabindex="-1""#, tag.class);
        }
        if tag.title.is_empty() {
            self.out.push_str("/>");
        } else {
            self.out.push_str("><title>");
            escape(&tag.title, &mut self.out);
            let _ = write!(self.out, "</title></{name}>");
        }
    }

    fn outline<S: BackendStyle>(&self, style: &S) -> String {
        let fill = if self.tag.backed { Ink::Paper.css() } else { "none" };
        let mut paint = format!(r#" fill="{fill}" stroke="{}""#, Ink::of(style.color()).css());
        let stroke = i32::try_from(style.stroke_width()).unwrap_or(i32::MAX);
        if stroke != 10 {
            let _ = write!(paint, r#" stroke-width="{}""#, px(stroke));
        }
        if !self.tag.dash.is_empty() {
            let _ = write!(paint, r#" stroke-dasharray="{}""#, self.tag.dash);
        }
        if style.color().alpha < 1.0 {
            let _ = write!(paint, r#" stroke-opacity="{}""#, hundredths(style.color().alpha));
        }
        paint
    }

    fn note(&mut self, text: &str, at: (f64, f64), size: f64, h: HPos) {
        let wide = width(text) * size / FONT;
        let left = match h {
            HPos::Left => at.0,
            HPos::Center => at.0 - wide / 2.0,
            HPos::Right => at.0 - wide,
        };
        let bounds = [left, at.1 - 0.75 * size, left + wide, at.1 + 0.2 * size];
        self.words.push(Words { text: text.to_owned(), bounds });
    }
}

fn solid(color: BackendColor) -> String {
    let mut paint = format!(r#" fill="{}""#, Ink::of(color).css());
    if color.alpha < 1.0 {
        let _ = write!(paint, r#" fill-opacity="{}""#, hundredths(color.alpha));
    }
    paint
}

fn hundredths(share: f64) -> String {
    let text = format!("{:.2}", share.clamp(0.0, 1.0));
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Tenths of a px as px.
fn px(tenths: i32) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    let (whole, tenth) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    if tenth == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{tenth}") }
}

/// Path data in relative steps, which are shorter than positions.
fn path_data(points: impl IntoIterator<Item = BackendCoord>) -> String {
    let mut data = String::new();
    let mut last: Option<BackendCoord> = None;
    for (x, y) in points {
        let _ = match last {
            None => write!(data, "M{} {}", px(x), px(y)),
            Some((a, b)) if (a, b) == (x, y) => Ok(()),
            Some((a, b)) if b == y => write!(data, "h{}", px(x - a)),
            Some((a, b)) if a == x => write!(data, "v{}", px(y - b)),
            Some((a, b)) => write!(data, "l{} {}", px(x - a), px(y - b)),
        };
        last = Some((x, y));
    }
    data
}

/// The backend: a hand on the sheet, which the canvas holds too.
pub(super) struct SvgBackend {
    pub sheet: Rc<RefCell<Sheet>>,
    /// Size of the virtual canvas.
    pub size: (u32, u32),
}

impl SvgBackend {
    fn put(&self, name: &str, attributes: &str) {
        self.sheet.borrow_mut().element(name, attributes);
    }

    fn paint<S: BackendStyle>(&self, style: &S, fill: bool) -> String {
        if fill { solid(style.color()) } else { self.sheet.borrow().outline(style) }
    }
}

impl DrawingBackend for SvgBackend {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Drawn {
        let shape = format!(r#" x="{}" y="{}" width=".1" height=".1""#, px(x), px(y));
        self.put("rect", &(shape + &solid(color)));
        Ok(())
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        (x0, y0): BackendCoord,
        (x1, y1): BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let (left, top) = (x0.min(x1), y0.min(y1));
        let (w, h) = ((x1 - x0).abs(), (y1 - y0).abs());
        let shape =
            format!(r#" x="{}" y="{}" width="{}" height="{}""#, px(left), px(top), px(w), px(h));
        let paint = self.paint(style, fill);
        self.put("rect", &(shape + &paint));
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let shape = format!(r#" d="{}""#, path_data(path));
        let paint = self.paint(style, false);
        self.put("path", &(shape + &paint));
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let r = px(i32::try_from(radius).unwrap_or(0));
        let shape = format!(r#" cx="{}" cy="{}" r="{r}""#, px(x), px(y));
        let paint = self.paint(style, fill);
        self.put("circle", &(shape + &paint));
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Drawn {
        let shape = format!(r#" d="{}z""#, path_data(corners));
        self.put("path", &(shape + &solid(style.color())));
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        (x, y): BackendCoord,
    ) -> Drawn {
        let size = style.size() / FINE;
        let base = f64::from(y) / FINE
            + size
                * match style.anchor().v_pos {
                    VPos::Top => 0.76,
                    VPos::Center => 0.35,
                    VPos::Bottom => -0.22,
                };
        let mut sheet = self.sheet.borrow_mut();
        sheet.note(text, (f64::from(x) / FINE, base), size, style.anchor().h_pos);
        let tag = std::mem::take(&mut sheet.tag);
        let _ = write!(sheet.out, r#"<text x="{}" y="{base:.1}""#, px(x));
        sheet.out.push_str(&text_paint(style, size, tag.rim));
        escape(text, &mut sheet.out);
        sheet.out.push_str("</text>");
        Ok(())
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        Ok((whole(width(text) * style.size() / FONT), whole(style.size())))
    }

    fn blit_bitmap(&mut self, _: BackendCoord, _: (u32, u32), _: &[u8]) -> Drawn {
        Ok(())
    }
}

/// Attributes of words, closing the opening tag. Lining figures keep ticks in line.
fn text_paint<S: BackendTextStyle>(style: &S, size: f64, rim: bool) -> String {
    let mut paint = solid(style.color());
    paint.push_str(match style.anchor().h_pos {
        HPos::Left => "",
        HPos::Center => r#" text-anchor="middle""#,
        HPos::Right => r#" text-anchor="end""#,
    });
    if (size - FONT).abs() > 0.05 {
        let _ = write!(paint, r#" font-size="{size}""#);
    }
    if matches!(style.style(), FontStyle::Bold) {
        paint.push_str(r#" font-weight="600""#);
    }
    if rim {
        paint.push_str(r#" paint-order="stroke" stroke="var(--paper)" stroke-width="3""#);
    }
    paint.push('>');
    paint
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "an estimate bounded on this line"
)]
fn whole(size: f64) -> u32 {
    size.clamp(0.0, 1e6).ceil() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_written_in_relative_tenths() {
        assert_eq!(
            path_data([(105, 20), (205, 20), (205, 15), (0, 0)]),
            "M10.5 2h10v-0.5l-20.5 -1.5"
        );
        assert_eq!(px(-5), "-0.5");
    }
}
