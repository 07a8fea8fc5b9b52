//! The service desk: tickets and the survey after them.

use super::company::Company;
use super::names::at;
use super::plan::{AS_OF, DAYS, START};
use super::rng::{Draw, Stream, whole};
use super::truth::BadCell;
use super::workbook::{Book, Cell, Sheet, maybe, number, text};
use super::{Output, SampleError, SampleFile};

const TICKETS: usize = 1_400;
const SURVEYS: usize = 1_200;
/// Hours until a ticket is due, by priority.
const DUE_HOURS: [i64; 3] = [8, 24, 48];
const MINUTE_MS: i64 = 60_000;
/// Line of the survey file whose score is broken on purpose.
const BROKEN_LINE: usize = 88;
const BROKEN_SCORE: &str = "ten";
/// Scores 0 to 10.
const SCORES: [f64; 11] = [0.01, 0.01, 0.01, 0.02, 0.02, 0.04, 0.06, 0.13, 0.24, 0.26, 0.20];

/// Writes the tickets and the survey.
pub(super) fn write(company: &Company, out: &mut Output) -> Result<(), SampleError> {
    let layout = company.names.book("tickets")?;
    let mut book = Book::new()?;
    for sheet in &layout.sheets {
        let mut page = book.sheet(sheet)?;
        (0..TICKETS).try_for_each(|index| write_ticket(company, &mut page, index))?;
        page.finish()?;
    }
    out.files.push(book.finish(layout)?);
    write_surveys(company, out)
}

fn write_ticket(company: &Company, page: &mut Sheet<'_>, index: usize) -> Result<(), SampleError> {
    let names = &company.names;
    let mut draw = Draw::of(company.seed, Stream::Ticket, index);
    let day = START.plus(i32::try_from(index * DAYS / TICKETS).unwrap_or(0));
    let opened = i64::from(day.number()) * 1_440 + i64::from(draw.between(7 * 60, 20 * 60));
    let priority = draw.weighted(&[0.2, 0.6, 0.2]);
    let due = DUE_HOURS.get(priority).map_or(1_440, |hours| hours * 60);
    let first = opened + i64::from(whole(draw.lognormal(35.0, 0.9)));
    let solved = first + i64::from(whole(draw.lognormal(360.0, 0.9)));
    let closed = solved + i64::from(draw.between(30, 1_500));
    let (complaint, reopened) = (draw.chance(0.6), draw.chance(0.07));
    let (category, agent) =
        (draw.weighted(&[0.3, 0.25, 0.2, 0.15, 0.1]), draw.below(names.agents.len()));
    let csat = (draw.chance(0.4), draw.weighted(&[0.04, 0.06, 0.15, 0.4, 0.35]));
    let customer = draw.below(company.customers.len());
    let end = i64::from(AS_OF.number() + 1) * 1_440;
    let known =
        |minute: i64| maybe((minute < end).then_some(minute), |m| Cell::Instant(m * MINUTE_MS));
    let rated = (csat.0 && closed < end).then_some(csat.1);
    page.row(&[
        text(format!("T{:05}", index + 1)),
        text(company.customer_id(customer)),
        known(opened),
        known(first),
        known(solved),
        known(closed),
        number(u8::from(reopened)),
        text(at(&names.priorities, priority)),
        text(at(&names.ticket_categories, category)),
        text(at(&names.ticket_types, usize::from(!complaint))),
        Cell::Instant((opened + due) * MINUTE_MS),
        text(at(&names.agents, agent)),
        maybe(rated.and_then(|score| u8::try_from(score + 1).ok()), number),
        text(at(&names.ticket_states, usize::from(closed >= end))),
        number(draw.between(60, 240)),
    ])?;
    Ok(())
}

/// The survey tool exports CSV.
fn write_surveys(company: &Company, out: &mut Output) -> Result<(), SampleError> {
    let layout = company.names.book("surveys")?;
    let headers = layout.sheets.first().map(|sheet| sheet.headers.join(",")).unwrap_or_default();
    let mut lines = format!("\u{feff}{headers}\r\n");
    for index in 0..SURVEYS {
        let broken = index + 2 == BROKEN_LINE;
        lines.push_str(&survey(company, index, broken));
        lines.push_str("\r\n");
    }
    out.bad_cells.push(BadCell {
        file: layout.file.clone(),
        sheet: String::new(),
        cell: format!("E{BROKEN_LINE}"),
        value: BROKEN_SCORE.to_owned(),
        code: "E201",
    });
    out.files.push(SampleFile { name: layout.file.clone(), bytes: lines.into_bytes() });
    Ok(())
}

fn survey(company: &Company, index: usize, broken: bool) -> String {
    let mut draw = Draw::of(company.seed, Stream::Survey, index);
    let day = START.plus(i32::try_from(index * DAYS / SURVEYS).unwrap_or(0));
    let customer = draw.below(company.customers.len());
    let score = draw.weighted(&SCORES).to_string();
    let score = if broken { BROKEN_SCORE } else { &score };
    let team = draw.below(company.names.teams.len());
    let question = &company.names.survey_question;
    let (customer, team) = (company.customer_id(customer), company.team(team));
    format!("V{:05},{day},{customer},{question},{score},{team}", index + 1)
}
