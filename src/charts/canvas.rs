//! What every chart is drawn on: plotters' elements on our backend, in px.

use std::cell::RefCell;
use std::fmt::Debug;
use std::rc::Rc;

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Circle, PathElement, Polygon, Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, ShapeStyle, TextStyle};

use super::backend::{FINE, Sheet, SvgBackend, Tag};
use super::theme::{FONT, Ink, SMALL};

/// A place, in px from the upper left.
pub(super) type Px = (f64, f64);

/// How large a drawing is, in px of its own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Size {
    pub width: f64,
    pub height: f64,
}

impl Size {
    /// Over the width of a page.
    pub(super) const PAGE: Self = Self { width: 760.0, height: 320.0 };
    /// One of several beside each other, or a page no wider than a hand.
    pub(super) const PANEL: Self = Self { width: 440.0, height: 290.0 };
}

/// A rectangle, in px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rect {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Rect {
    pub(super) fn width(&self) -> f64 {
        self.right - self.left
    }
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stroke {
    pub ink: Ink,
    pub width: f64,
    pub dash: &'static str,
    pub alpha: f64,
}

impl Stroke {
    pub(super) const fn new(ink: Ink, width: f64) -> Self {
        Self { ink, width, dash: "", alpha: 1.0 }
    }

    pub(super) const fn dashed(self, dash: &'static str) -> Self {
        Self { dash, ..self }
    }
}

/// Which end of the words stands at their place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Start,
    Middle,
    End,
}

/// How words are written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Type {
    pub ink: Ink,
    pub size: f64,
    pub align: Align,
    pub bold: bool,
    pub rim: bool,
}

impl Type {
    /// Body text.
    pub(super) const fn body(ink: Ink, align: Align) -> Self {
        Self { ink, size: FONT, align, bold: false, rim: false }
    }

    /// Text a size smaller.
    pub(super) const fn small(ink: Ink, align: Align) -> Self {
        Self { ink, size: SMALL, align, bold: false, rim: false }
    }

    pub(super) const fn rimmed(self) -> Self {
        Self { rim: true, ..self }
    }

    pub(super) const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }
}

/// The sheet being drawn on.
pub(super) struct Canvas {
    root: DrawingArea<SvgBackend, Shift>,
    sheet: Rc<RefCell<Sheet>>,
    pub width: f64,
    pub height: f64,
}

impl Canvas {
    pub(super) fn new(width: f64, height: f64) -> Self {
        let sheet = Rc::new(RefCell::new(Sheet::default()));
        let size = (fine(width).unsigned_abs(), fine(height).unsigned_abs());
        let backend = SvgBackend { sheet: Rc::clone(&sheet), size };
        Self { root: backend.into_drawing_area(), sheet, width, height }
    }

    /// The plotters area of the whole sheet.
    pub(super) fn root(&self) -> &DrawingArea<SvgBackend, Shift> {
        &self.root
    }

    /// The finished sheet.
    pub(super) fn finish(self) -> Sheet {
        self.sheet.take()
    }

    /// A line through the points; nothing where there are fewer than two.
    pub(super) fn line(&self, points: &[Px], stroke: Stroke) {
        if points.len() < 2 {
            return;
        }
        self.tag(Tag { dash: stroke.dash, ..Tag::default() });
        let color = stroke.ink.mix(stroke.alpha);
        let style = ShapeStyle::from(color).stroke_width(fine(stroke.width).unsigned_abs());
        drawn(&self.root.draw(&PathElement::new(places(points), style)));
    }

    /// A filled shape.
    pub(super) fn area(&self, corners: &[Px], ink: Ink, alpha: f64) {
        if corners.len() > 2 {
            drawn(&self.root.draw(&Polygon::new(places(corners), ink.mix(alpha))));
        }
    }

    /// A filled rectangle.
    pub(super) fn bar(&self, rect: Rect, ink: Ink, alpha: f64, tag: Tag) {
        self.tag(tag);
        let corners = [place((rect.left, rect.top)), place((rect.right, rect.bottom))];
        drawn(&self.root.draw(&Rectangle::new(corners, ink.mix(alpha).filled())));
    }

    /// A filled circle.
    pub(super) fn dot(&self, at: Px, radius: f64, ink: Ink, tag: Tag) {
        self.tag(tag);
        let radius = fine(radius);
        drawn(&self.root.draw(&Circle::new(place(at), radius, ink.filled())));
    }

    /// A circle's outline; with `tag.backed` its inside is paper.
    pub(super) fn ring(&self, at: Px, radius: f64, stroke: Stroke, tag: Tag) {
        self.tag(tag);
        let radius = fine(radius);
        let style = ShapeStyle::from(stroke.ink).stroke_width(fine(stroke.width).unsigned_abs());
        drawn(&self.root.draw(&Circle::new(place(at), radius, style)));
    }

    /// Words, their middle at the height given.
    pub(super) fn text(&self, at: Px, words: &str, kind: Type) {
        if words.is_empty() {
            return;
        }
        self.tag(Tag { rim: kind.rim, ..Tag::default() });
        let weight = if kind.bold { FontStyle::Bold } else { FontStyle::Normal };
        let h_pos = match kind.align {
            Align::Start => HPos::Left,
            Align::Middle => HPos::Center,
            Align::End => HPos::Right,
        };
        let style = TextStyle {
            font: FontDesc::new(FontFamily::SansSerif, kind.size * FINE, weight),
            color: kind.ink.to_backend_color(),
            pos: Pos::new(h_pos, VPos::Center),
        };
        drawn(&self.root.draw(&Text::new(words, place(at), style)));
    }

    /// Several elements that are one point to the reader.
    pub(super) fn group(&self, class: &str, title: &str, inside: impl FnOnce(&Self)) {
        {
            let out = &mut self.sheet.borrow_mut().out;
            out.push_str("<g class=\"");
            out.push_str(class);
            out.push_str("\" tabindex=\"-1\"><title>");
            super::text::escape(title, out);
            out.push_str("</title>");
        }
        inside(self);
        self.sheet.borrow_mut().out.push_str("</g>");
    }

    fn tag(&self, tag: Tag) {
        self.sheet.borrow_mut().tag = tag;
    }
}

/// plotters fails only where a backend does, and ours writes to memory.
fn drawn<E: Debug>(result: &Result<(), E>) {
    debug_assert!(result.is_ok(), "{result:?}");
}

fn places(points: &[Px]) -> Vec<(i32, i32)> {
    points.iter().copied().map(place).collect()
}

fn place((x, y): Px) -> (i32, i32) {
    (fine(x), fine(y))
}

/// Px as steps of the virtual canvas.
#[expect(clippy::cast_possible_truncation, reason = "bounded on this line")]
pub(super) fn fine(px: f64) -> i32 {
    (px * FINE).clamp(-1e6, 1e6).round() as i32
}
