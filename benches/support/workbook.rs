//! Writes the benchmark workbook, streaming, as the common writers lay out their XML.

use std::fmt::Write as _;
use std::io::{Result, Seek, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::records::{Cell, HEADER, Records, Strings};

/// How the file is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Shared strings and row spans, as Excel writes.
    Excel,
    /// Shared strings, every attribute said, as `LibreOffice` writes.
    Lo,
    /// Strings in their cells, as streaming exporters write.
    Inline,
    /// Delimited text.
    Csv,
}

impl Layout {
    /// The layout of that name.
    pub fn parse(name: &str) -> Option<Self> {
        let all = [Self::Excel, Self::Lo, Self::Inline, Self::Csv];
        all.into_iter().find(|layout| layout.name() == name)
    }

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Excel => "excel",
            Self::Lo => "lo",
            Self::Inline => "inline",
            Self::Csv => "csv",
        }
    }
}

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const DOC: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
/// Bytes gathered before they are written.
const BUFFER: usize = 1 << 16;

/// Writes the workbook of `rows` records.
///
/// # Errors
/// What the sink says.
pub fn write(rows: u64, layout: Layout, mut sink: impl Write + Seek) -> Result<()> {
    let strings = Strings::new();
    if layout == Layout::Csv {
        return csv(rows, &strings, &mut sink);
    }
    let mut zip = ZipWriter::new(sink);
    for (name, text) in frame(layout) {
        start(&mut zip, name)?;
        write!(zip, "{DECLARATION}{text}")?;
    }
    start(&mut zip, "xl/worksheets/sheet1.xml")?;
    sheet(rows, layout, &strings, &mut zip)?;
    if layout != Layout::Inline {
        start(&mut zip, "xl/sharedStrings.xml")?;
        shared_strings(rows, &strings, &mut zip)?;
    }
    zip.finish()?;
    Ok(())
}

fn start(zip: &mut ZipWriter<impl Write + Seek>, name: &str) -> Result<()> {
    let options = SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .large_file(true);
    Ok(zip.start_file(name, options)?)
}

/// The small parts every workbook has.
fn frame(layout: Layout) -> [(&'static str, String); 5] {
    let content = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let shared = layout != Layout::Inline;
    let parts =
        [("workbook", "sheet.main"), ("styles", "styles"), ("sharedStrings", "sharedStrings")];
    let mut types = format!(
        "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"{content}.worksheet+xml\"/>"
    );
    for (part, kind) in parts.into_iter().take(if shared { 3 } else { 2 }) {
        _ = write!(
            types,
            "<Override PartName=\"/xl/{part}.xml\" ContentType=\"{content}.{kind}+xml\"/>"
        );
    }
    types.push_str("</Types>");
    let relation = |id: u8, kind: &str, target: &str| {
        format!("<Relationship Id=\"rId{id}\" Type=\"{DOC}/{kind}\" Target=\"{target}\"/>")
    };
    let relations = |all: String| {
        format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{all}</Relationships>")
    };
    let mut book =
        relation(1, "worksheet", "worksheets/sheet1.xml") + &relation(2, "styles", "styles.xml");
    if shared {
        book += &relation(3, "sharedStrings", "sharedStrings.xml");
    }
    let styles = "<fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts><fills count=\"1\"><fill><patternFill patternType=\"none\"/></fill></fills><borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf numFmtId=\"0\"/></cellStyleXfs><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"22\" applyNumberFormat=\"1\"/></cellXfs>";
    [
        ("[Content_Types].xml", types),
        ("_rels/.rels", relations(relation(1, "officeDocument", "xl/workbook.xml"))),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{DOC}\"><sheets><sheet name=\"Records\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        ("xl/_rels/workbook.xml.rels", relations(book)),
        ("xl/styles.xml", format!("<styleSheet xmlns=\"{MAIN}\">{styles}</styleSheet>")),
    ]
}

fn sheet(rows: u64, layout: Layout, strings: &Strings, out: &mut impl Write) -> Result<()> {
    let mut text = format!(
        "{DECLARATION}<worksheet xmlns=\"{MAIN}\"><dimension ref=\"A1:L{}\"/><sheetData>",
        rows + 1
    );
    let mut header = [Cell::Blank; 12];
    for (code, cell) in (0..).zip(&mut header) {
        *cell = Cell::Text(code);
    }
    let records = Records::new(rows, strings);
    for (number, record) in (1_u64..).zip(std::iter::once(header).chain(records)) {
        row(number, &record, layout, strings, &mut text);
        if text.len() > BUFFER {
            out.write_all(text.as_bytes())?;
            text.clear();
        }
    }
    text.push_str("</sheetData></worksheet>");
    out.write_all(text.as_bytes())
}

fn row(number: u64, record: &[Cell; 12], layout: Layout, strings: &Strings, out: &mut String) {
    _ = match layout {
        Layout::Lo => write!(
            out,
            "<row r=\"{number}\" customFormat=\"false\" ht=\"12.8\" hidden=\"false\" customHeight=\"false\" outlineLevel=\"0\" collapsed=\"false\">"
        ),
        Layout::Excel => write!(out, "<row r=\"{number}\" spans=\"1:12\">"),
        Layout::Inline | Layout::Csv => write!(out, "<row r=\"{number}\">"),
    };
    for (column, value) in ('A'..='L').zip(record) {
        cell((column, number), *value, layout, strings, out);
    }
    out.push_str("</row>");
}

fn cell(at: (char, u64), value: Cell, layout: Layout, strings: &Strings, out: &mut String) {
    if matches!(value, Cell::Blank) {
        return;
    }
    _ = write!(out, "<c r=\"{}{}\"", at.0, at.1);
    if matches!(value, Cell::Minute(_)) {
        out.push_str(" s=\"1\"");
    } else if layout == Layout::Lo {
        out.push_str(" s=\"0\"");
    }
    match value {
        Cell::Text(code) if layout == Layout::Inline => {
            out.push_str(" t=\"inlineStr\"><is><t>");
            escaped(strings, code, out);
            out.push_str("</t></is></c>");
            return;
        }
        Cell::Text(code) => _ = write!(out, " t=\"s\"><v>{code}"),
        _ => {
            out.push_str(if layout == Layout::Lo { " t=\"n\"><v>" } else { "><v>" });
            number(value, out);
        }
    }
    out.push_str("</v></c>");
}

/// Writes a number as a spreadsheet stores it.
#[expect(clippy::cast_precision_loss, reason = "minutes of this century are exact")]
fn number(value: Cell, out: &mut String) {
    _ = match value {
        Cell::Count(n) => write!(out, "{n}"),
        Cell::Cents(n) => write!(out, "{}", n as f64 / 100.0),
        Cell::Minute(n) => write!(out, "{}", n as f64 / 1_440.0),
        Cell::Blank | Cell::Text(_) => Ok(()),
    };
}

fn escaped(strings: &Strings, code: u32, out: &mut String) {
    let mut text = String::new();
    strings.write(code, &mut text);
    out.push_str(&text.replace('&', "&amp;"));
}

fn shared_strings(rows: u64, strings: &Strings, out: &mut impl Write) -> Result<()> {
    let count = strings.labels() + u32::try_from(rows).unwrap_or(u32::MAX);
    let mut text = format!("{DECLARATION}<sst xmlns=\"{MAIN}\" uniqueCount=\"{count}\">");
    for code in 0..count {
        text.push_str("<si><t>");
        escaped(strings, code, &mut text);
        text.push_str("</t></si>");
        if text.len() > BUFFER {
            out.write_all(text.as_bytes())?;
            text.clear();
        }
    }
    text.push_str("</sst>");
    out.write_all(text.as_bytes())
}

fn csv(rows: u64, strings: &Strings, out: &mut impl Write) -> Result<()> {
    let mut text = HEADER.join(",") + "\n";
    for record in Records::new(rows, strings) {
        for (i, value) in record.into_iter().enumerate() {
            if i > 0 {
                text.push(',');
            }
            match value {
                Cell::Text(code) => strings.write(code, &mut text),
                Cell::Minute(minute) => instant(minute, &mut text),
                other => number(other, &mut text),
            }
        }
        text.push('\n');
        if text.len() > BUFFER {
            out.write_all(text.as_bytes())?;
            text.clear();
        }
    }
    out.write_all(text.as_bytes())
}

/// Writes an instant as ISO 8601 to the minute.
fn instant(minute: u64, out: &mut String) {
    let day = i32::try_from(minute / 1_440).unwrap_or(i32::MAX) - 25_569;
    let day = gemba::units::Day::from_number(day);
    _ = write!(out, "{day} {:02}:{:02}", minute / 60 % 24, minute % 60);
}
