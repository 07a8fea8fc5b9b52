//! Leads, and the field app's visits and calls.

use super::company::{Company, Customer, prospect};
use super::names::at;
use super::plan::{AS_OF, DAYS, START};
use super::rng::{Draw, Stream};
use super::workbook::{Book, Cell, Sheet, maybe, number, text};
use super::{Output, SampleError};
use crate::units::Day;

const LEADS: usize = 600;
const WEEKS: i32 = 26;
/// Monday of the first full week of the app's export.
const FIRST_WEEK: Day = Day::from_number(20_577);
/// From here nobody visits the planted key accounts.
pub(super) const UNVISITED_FROM: Day = Day::from_number(20_666);
/// Visits a week by tier.
const VISITS: [f64; 4] = [2.0, 1.0, 0.2, 0.1];

struct Activity<'a> {
    customer: &'a str,
    lead: Option<usize>,
    rep: usize,
    role: usize,
    kind: usize,
    planned: Day,
    done: Option<Day>,
    result: usize,
    next: Option<usize>,
}

/// Writes the leads.
pub(super) fn write_leads(company: &Company, page: &mut Sheet<'_>) -> Result<(), SampleError> {
    let names = &company.names;
    for index in 0..LEADS {
        let (mut draw, created, owner) = lead(company, index);
        let grade = draw.weighted(&[0.25, 0.45, 0.30]);
        let score = 90 - i32::try_from(grade).unwrap_or(0) * 30 + draw.between(-12, 9);
        let status = if created > AS_OF.plus(-14) { 3 } else { draw.weighted(&[0.3, 0.4, 0.3]) };
        page.row(&[
            text(lead_id(index)),
            Cell::Day(created),
            text(at(&names.lead_sources, draw.below(names.lead_sources.len()))),
            number(score),
            text(at(&names.lead_grades, grade)),
            text(company.rep(owner)),
            Cell::Day(created.plus(draw.between(0, 3)).min(AS_OF)),
            text(at(&names.lead_states, status)),
            text(prospect(names, index)),
        ])?;
    }
    Ok(())
}

/// Writes the visits to customers and the calls to leads.
pub(super) fn write_activities(company: &Company, out: &mut Output) -> Result<(), SampleError> {
    let layout = company.names.book("visits")?;
    let mut activities: Vec<Activity<'_>> = Vec::new();
    for (index, customer) in company.customers.iter().enumerate() {
        activities.extend(visits(company, index, customer));
    }
    activities.extend((0..LEADS).flat_map(|index| calls(company, index)));
    activities
        .sort_by(|a, b| (a.planned, a.customer, a.lead).cmp(&(b.planned, b.customer, b.lead)));
    let mut book = Book::new()?;
    for sheet in &layout.sheets {
        let mut page = book.sheet(sheet)?;
        for (i, activity) in activities.iter().enumerate() {
            write_activity(company, &mut page, i, activity)?;
        }
        page.finish()?;
    }
    out.files.push(book.finish(layout)?);
    Ok(())
}

fn visits<'a>(company: &'a Company, index: usize, customer: &'a Customer) -> Vec<Activity<'a>> {
    let mut draw = Draw::of(company.seed, Stream::Visit, index);
    let weekly = VISITS.get(customer.tier).copied().unwrap_or(0.0);
    let avoided = company.unvisited.contains(&index);
    let mut out = Vec::new();
    for week in 0..WEEKS {
        let wanted = weekly.floor() + f64::from(u8::from(draw.chance(weekly.fract())));
        for turn in [0.0, 1.0] {
            let planned = FIRST_WEEK.plus(week * 7 + draw.between(0, 4));
            let done = draw.chance(0.92);
            let senior = draw.chance(0.1);
            let (result, next) = (draw.weighted(&[0.5, 0.35, 0.15]), draw.below(5));
            let gone = avoided && planned >= UNVISITED_FROM;
            if turn >= wanted || gone || planned < customer.created || planned > customer.until {
                continue;
            }
            out.push(Activity {
                customer: customer.id.as_str(),
                lead: None,
                rep: customer.owner,
                role: usize::from(senior),
                kind: 0,
                planned,
                done: done.then_some(planned),
                result,
                next: (next < 3).then_some(next),
            });
        }
    }
    out
}

/// The calls to a lead within the days of the app's export.
fn calls(company: &Company, index: usize) -> Vec<Activity<'static>> {
    let (_, created, owner) = lead(company, index);
    let mut draw = Draw::of(company.seed, Stream::Call, index);
    let count = if created < FIRST_WEEK { 0 } else { draw.between(0, 3) };
    let mut day = created;
    let mut out = Vec::new();
    for _ in 0..count {
        day = day.plus(draw.between(0, 6));
        let result = draw.below(3);
        if day <= AS_OF {
            out.push(Activity {
                customer: "",
                lead: Some(index),
                rep: owner,
                role: 0,
                kind: 1,
                planned: day,
                done: Some(day),
                result,
                next: Some(result),
            });
        }
    }
    out
}

/// A lead's draws, its day and its owner.
fn lead(company: &Company, index: usize) -> (Draw, Day, usize) {
    let mut draw = Draw::of(company.seed, Stream::Lead, index);
    let created = START.plus(i32::try_from(index * DAYS / LEADS).unwrap_or(0));
    let owner = draw.below(company.names.reps.len());
    (draw, created, owner)
}

fn write_activity(
    company: &Company,
    page: &mut Sheet<'_>,
    index: usize,
    activity: &Activity<'_>,
) -> Result<(), SampleError> {
    let names = &company.names;
    let done = activity.done.is_some();
    page.row(&[
        text(format!("A{:06}", index + 1)),
        if activity.customer.is_empty() { Cell::Blank } else { text(activity.customer) },
        maybe(activity.lead, |lead| text(lead_id(lead))),
        text(company.rep(activity.rep)),
        text(at(&names.roles, activity.role)),
        text(at(&names.activity_types, activity.kind)),
        Cell::Day(activity.planned),
        maybe(activity.done, Cell::Day),
        if done { text(at(&names.results, activity.result)) } else { Cell::Blank },
        activity.next.map_or(Cell::Blank, |next| text(at(&names.next_steps, next))),
    ])?;
    Ok(())
}

fn lead_id(index: usize) -> String {
    format!("L{:05}", index + 1)
}
