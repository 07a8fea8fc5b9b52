//! The frame every chart with two axes shares: margins from the words they must hold, thin grid,
//! ticks, direct labels, key and marks. What a kind adds is only its figures.

use crate::report::Format;

use super::axes;
use super::canvas::{Canvas, Rect, Size};
use super::data::Data;
use super::edges::{self, Edge};
use super::legend::{self, Key};
use super::marks;
use super::plot::{Plot, nth};
use super::text::width;
use super::theme::LINE;
use super::ticks::Axis;

/// What runs along the x axis.
pub(super) enum Across {
    /// One band a row; names may wrap where bands are wide.
    Bands { wrap: bool },
    /// A scale.
    Scale(Axis),
}

/// What a frame is made of.
pub(super) struct Spec {
    pub y: Axis,
    /// A second scale, at the right.
    pub right: Option<Axis>,
    pub across: Across,
    pub edges: Vec<Edge>,
    pub keys: Vec<Key>,
    /// Room above the plot for words that rise over it.
    pub above: f64,
}

/// A frame, drawn, ready for figures.
pub(super) struct Frame {
    pub canvas: Canvas,
    pub plot: Plot,
    /// The same place on the second scale.
    pub right: Option<Plot>,
}

impl Spec {
    /// A frame with only a y axis and bands.
    pub(super) fn bands(y: Axis) -> Self {
        let across = Across::Bands { wrap: false };
        Self { y, right: None, across, edges: Vec::new(), keys: Vec::new(), above: 0.0 }
    }

    /// Lays the frame out and draws it.
    pub(super) fn open(self, data: &Data<'_>) -> Frame {
        let Size { width, height } = data.size;
        let canvas = Canvas::new(width, height);
        let x = match &self.across {
            Across::Bands { .. } => (-0.5, nth(data.len().max(1)) - 0.5),
            Across::Scale(axis) => (axis.low, axis.high),
        };
        let sides = self.sides(width);
        let labels = axes::labels(&self.across, data, sides);
        let title = &data.chart.y_label;
        let axis_title = axes::title(data);
        let flags = marks::flags(data, &self.across, sides, x);
        let head =
            legend::height(title, &self.keys, width) + marks::height(&flags) + 11.0 + self.above;
        let foot = 10.0 + LINE * labels.lines() + axes::title_height(axis_title);
        let rect = Rect { left: sides.0, top: head, right: sides.1, bottom: height - foot };

        let plot = Plot::new(&canvas, rect, x, (self.y.low, self.y.high));
        let right = self.right.as_ref().map(|r| Plot::new(&canvas, rect, x, (r.low, r.high)));
        legend::draw(&canvas, title, &self.keys);
        axes::grid(&canvas, &plot, &self.y);
        axes::across(&canvas, &plot, &labels, axis_title);
        if let (Some(axis), Some(plot)) = (&self.right, &right) {
            axes::right(&canvas, plot, axis);
        }
        edges::draw(&canvas, rect, &self.edges, |y| plot.height(y));
        marks::draw(&canvas, &plot, &flags, self.above);
        Frame { canvas, plot, right }
    }

    /// Left and right ends of the plot.
    fn sides(&self, sheet: f64) -> (f64, f64) {
        let widest = |axis: &Axis| axis.ticks.iter().map(|t| width(&t.1)).fold(0.0, f64::max);
        let left = widest(&self.y) + 10.0;
        let ticks = self.right.as_ref().map_or(0.0, |axis| widest(axis) + 8.0);
        let least = if matches!(self.across, Across::Scale(_)) { 22.0 } else { 6.0 };
        let right = ticks.max(edges::margin(&self.edges)).max(least);
        (left.clamp(20.0, sheet * 0.3), sheet - right.min(sheet * 0.4))
    }
}

/// Whether the x axis is a scale of figures rather than names, days or months.
pub(super) fn is_scale(data: &Data<'_>) -> bool {
    let scale = matches!(
        data.x_format,
        Format::Count | Format::Number(_) | Format::Share | Format::Money | Format::Days
    );
    scale && data.xs.iter().any(Option::is_some)
}
