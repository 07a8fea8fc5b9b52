//! A chapter: its heading, and phase after phase.

use super::compute::{Chapter, Chapters};
use super::figures::id;
use super::{analyze, control, define, design, improve, measure};
use crate::dataset::{Approach, Phase};
use crate::report::{Block, Message, Tone, Value};

/// The blocks of all chapters.
pub(super) fn blocks(data: &Chapters<'_>) -> Vec<Block> {
    let mut blocks: Vec<Block> = data.chapters().flat_map(|chapter| of(&chapter)).collect();
    let left = data.book.projects.len().saturating_sub(data.params.chapter_limit);
    if left > 0 {
        let text = Message::new("dmaic.note.left_out").arg("projects", left);
        blocks.push(Block::Note { tone: Tone::Plain, text });
    }
    blocks
}

fn of(chapter: &Chapter<'_>) -> Vec<Block> {
    let mut blocks = vec![heading(chapter)];
    for phase in Phase::road(chapter.project.approach) {
        let text = Message::new(format!("dmaic.phase.{}", phase.id())).arg("project", id(chapter));
        blocks.push(Block::Heading(text));
        if chapter.project.has_reached(phase) || has_begun(chapter, phase) {
            blocks.extend(match phase {
                Phase::Define => define::blocks(chapter),
                Phase::Measure => measure::blocks(chapter),
                Phase::Analyze => analyze::blocks(chapter),
                Phase::Improve => improve::blocks(chapter),
                Phase::Control => control::blocks(chapter),
                Phase::Design => design::design(chapter),
                Phase::Verify => design::verify(chapter),
            });
        } else {
            let text = Message::new("dmaic.note.not_reached");
            blocks.push(Block::Note { tone: Tone::Plain, text });
        }
    }
    blocks
}

/// A project that has intervened is judged, whatever its phase says.
fn has_begun(chapter: &Chapter<'_>, phase: Phase) -> bool {
    chapter.judged.is_some()
        && chapter.project.approach == Approach::Dmaic
        && matches!(phase, Phase::Improve | Phase::Control)
}

fn heading(chapter: &Chapter<'_>) -> Block {
    let project = chapter.project;
    let phase = project.phase.map_or_else(
        || Value::Text(project.phase_text.clone()),
        |phase| Message::new(format!("dmaic.phase_name.{}", phase.id())).into(),
    );
    let heading = Message::new("dmaic.heading.chapter")
        .arg("project", format!("{} {}", project.id, project.name))
        .arg("phase", phase);
    Block::Heading(heading)
}
