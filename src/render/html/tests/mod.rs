//! What every page must be: whole, safe, the same twice.

mod fixture;

use sha2::{Digest, Sha256};

use super::html;
use super::page::SCRIPT;
use crate::charts;
use crate::report::Layout;
use crate::report::edition::{Block, Edition, Lang};
use fixture::edition;

fn page(lang: Lang) -> String {
    html(&edition(lang)).unwrap()
}

#[test]
fn a_page_is_whole_in_every_language() {
    for lang in Lang::ALL {
        let page = page(lang);
        assert!(page.contains(&format!("<html lang=\"{}\">", lang.html())));
        assert_eq!(page.matches("<h1>").count(), 1);
        assert_eq!(page.matches("<main ").count(), 1);
        assert!(page.len() < 300_000, "{} bytes", page.len());
    }
}

#[test]
fn a_page_loads_nothing() {
    let page = page(Lang::En);
    let lower = page.to_lowercase();
    for forbidden in ["http://", "https://", " src=", "@import", "url(", "srcset=", "<iframe"] {
        assert!(!lower.contains(forbidden), "{forbidden}");
    }
    for (at, _) in lower.match_indices("href=\"") {
        let target = &lower[at + 6..];
        assert!(target.starts_with('#') || target.starts_with("data:,"), "{}", &target[..40]);
    }
}

#[test]
fn the_policy_names_the_one_script_by_its_hash() {
    let page = page(Lang::En);
    let start = page.find("<script>").unwrap() + "<script>".len();
    let end = start + page[start..].find("</script>").unwrap();
    assert_eq!(&page[start..end], SCRIPT);
    assert_eq!(page.matches("<script").count(), 1);
    let digest = Sha256::digest(&page.as_bytes()[start..end]);
    let bits = digest.iter().fold(String::new(), |bits, byte| format!("{bits}{byte:08b}"));
    let named = page.split("'sha256-").nth(1).unwrap().split('\'').next().unwrap();
    let decoded: String = named.trim_end_matches('=').bytes().map(sextet).collect();
    assert!(decoded.starts_with(&bits), "{named}");
    assert!(page.contains("default-src 'none'"));
}

/// One digit of base64 as six bits.
fn sextet(digit: u8) -> String {
    let value = match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    format!("{value:06b}")
}

#[test]
fn a_name_from_the_data_is_text_and_nothing_else() {
    let mut edition = edition(Lang::En);
    let attack = "\"><img src=x onerror=alert(1)><script>alert(1)</script>&{{ 7 * 7 }}";
    edition.title = attack.to_owned();
    edition.subtitle = attack.to_owned();
    edition.sections[0].title = attack.to_owned();
    edition.sections[0].findings[0].message = attack.to_owned();
    edition.issues[0].value = attack.to_owned();
    let page = html(&edition).unwrap();
    assert!(!page.contains("<img"));
    assert!(!page.contains("<script>alert"));
    assert!(page.contains("&lt;script&gt;alert"));
    assert!(page.contains("{{ 7 * 7 }}"), "data is never a template");
}

#[test]
fn every_drawing_stands_in_the_page_unchanged() {
    let edition = edition(Lang::En);
    let page = html(&edition).unwrap();
    for block in edition.sections.iter().flat_map(|section| &section.blocks) {
        let panels = matches!(block, Block::Panels(_));
        for chart in block.charts() {
            let svg = if panels { charts::panel(chart) } else { charts::svg(chart) };
            assert!(page.contains(&svg));
            assert!(svg.is_empty() || roxmltree::Document::parse(&svg).is_ok());
        }
    }
}

#[test]
fn the_same_edition_gives_the_same_bytes() {
    assert_eq!(page(Lang::ZhHant), page(Lang::ZhHant));
}

#[test]
fn a_summary_is_its_headline() {
    let edition = Edition { layout: Layout::Summary, ..edition(Lang::En) };
    let page = html(&edition).unwrap();
    assert!(page.contains("class=\"findings\""));
    assert!(!page.contains("class=\"analysis\""));
    assert!(page.contains("id=\"records\""), "the account of rows stays");
}

#[test]
fn a_missing_word_is_an_error_that_names_it() {
    let mut edition = edition(Lang::En);
    edition.ui.remove("data_table");
    assert!(html(&edition).is_err());
    edition.ui.clear();
    assert!(html(&edition).unwrap_err().to_string().contains("ui."));
}

#[test]
fn an_empty_edition_is_a_page() {
    let empty = Edition { ui: edition(Lang::En).ui, ..Edition::default() };
    assert!(html(&empty).unwrap().contains("</html>"));
}

#[test]
fn rows_beyond_the_top_are_folded_and_the_rest_is_counted() {
    let mut edition = edition(Lang::En);
    let Block::Table(table) = &mut edition.sections[0].blocks[3] else { panic!("a table") };
    let row = table.rows[0].clone();
    table.rows.resize(500, row);
    let page = html(&edition).unwrap();
    assert!(page.contains("390 more rows"));
    assert!(page.contains("only: 100"));
}

#[test]
fn markup_is_balanced() {
    for lang in Lang::ALL {
        let page = page(lang);
        let body = &page[page.find("<body").unwrap()..page.find("<div id=\"tip\"").unwrap()];
        // Attributes without a value are HTML, not XML.
        let valued = [" hidden>", " data-sortable", " data-filter"].iter().fold(
            format!("{body}</body>"),
            |text, bare| {
                text.replace(
                    bare,
                    &format!(
                        "{}=\"\"{}",
                        bare.trim_end_matches('>'),
                        if bare.ends_with('>') { ">" } else { "" }
                    ),
                )
            },
        );
        roxmltree::Document::parse(&valued).unwrap();
    }
}

/// Writes the pages for looking at: `GEMBA_LOOK=folder cargo test look -- --ignored`.
#[test]
#[ignore = "writes files for people to look at"]
fn look() {
    let folder = std::path::PathBuf::from(std::env::var_os("GEMBA_LOOK").unwrap());
    for lang in Lang::ALL {
        std::fs::write(folder.join(format!("{}.html", lang.tag())), page(lang)).unwrap();
    }
}
