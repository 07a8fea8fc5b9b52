//! Method pages as Markdown, for a folder of documentation.

use std::fmt::Write as _;

use crate::report::edition::MethodNote;

/// Pages that stand in one file.
#[derive(Clone, Debug, PartialEq)]
pub struct Chapter {
    /// Name of its file, without the ending.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it is about; may be empty.
    pub about: String,
    /// Its pages.
    pub notes: Vec<MethodNote>,
}

/// A chapter as Markdown. `label` words a part's name, as of [`MethodNote::parts`].
#[must_use]
pub fn chapter(chapter: &Chapter, label: impl Fn(&str) -> String) -> String {
    let mut out = heading(&chapter.title, &chapter.about);
    for note in &chapter.notes {
        let _ = write!(out, "\n<a id=\"{0}\"></a>\n## {1} · `{0}`\n", note.id, plain(&note.name));
        for (part, text) in note.parts() {
            let text = if part == "formula" { format!("`{text}`") } else { plain(text) };
            let _ = write!(out, "\n**{}**\u{2002}{text}\n", label(part));
        }
    }
    out
}

/// The page that lists all chapters, part by part. `also`: names and places of its likes.
#[must_use]
pub fn contents(
    title: &str,
    about: &str,
    also: &[(String, String)],
    parts: &[(String, Vec<Chapter>)],
) -> String {
    let mut out = heading(title, about);
    let links: Vec<String> =
        also.iter().map(|(name, place)| format!("[{}]({place})", plain(name))).collect();
    if !links.is_empty() {
        let _ = write!(out, "\n{}\n", links.join(" · "));
    }
    for (name, chapters) in parts {
        let _ = write!(out, "\n## {}\n\n", plain(name));
        for chapter in chapters {
            let link = |note: &MethodNote| {
                format!("[{}]({}.md#{})", plain(&note.name), chapter.id, note.id)
            };
            let pages: Vec<String> = chapter.notes.iter().map(link).collect();
            let title = plain(&chapter.title);
            let _ = writeln!(out, "- **[{title}]({}.md)**: {}", chapter.id, pages.join(" · "));
        }
    }
    out
}

fn heading(title: &str, about: &str) -> String {
    let mut out = format!("# {}\n", plain(title));
    if !about.is_empty() {
        let _ = write!(out, "\n{}\n", plain(about));
    }
    out
}

/// A text whose signs of its own are no marks: `*`, `_`, `<`, `|` and the like.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if matches!(c, '\\' | '*' | '_' | '<' | '[' | ']' | '|' | '~' | '`') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Chapter, chapter, contents};
    use crate::report::edition::MethodNote;

    fn made() -> Chapter {
        let note = MethodNote {
            id: "stats.z".to_owned(),
            name: "Z".to_owned(),
            definition: "n_1 * n_2 < 3".to_owned(),
            formula: "z = (x − μ) / σ_x".to_owned(),
            reading: String::new(),
            conventions: String::new(),
            source: String::new(),
        };
        Chapter {
            id: "a".to_owned(),
            title: "A".to_owned(),
            about: String::new(),
            notes: vec![note],
        }
    }

    #[test]
    fn a_chapter_keeps_formulas_whole_and_marks_out_of_sentences() {
        let text = chapter(&made(), str::to_owned);
        assert!(text.contains("**definition**\u{2002}n\\_1 \\* n\\_2 \\< 3"), "{text}");
        assert!(text.contains("`z = (x − μ) / σ_x`"), "{text}");
        assert!(!text.contains("how_to_read"), "an empty part is shown: {text}");
    }

    #[test]
    fn contents_link_to_the_page_itself() {
        let also = [("Other".to_owned(), "other/README.md".to_owned())];
        let text = contents("T", "about", &also, &[("Part".to_owned(), vec![made()])]);
        assert!(text.contains("[Other](other/README.md)"), "{text}");
        assert!(text.contains("- **[A](a.md)**: [Z](a.md#stats.z)"), "{text}");
    }
}
