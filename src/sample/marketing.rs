//! Campaigns: who was sent one, who was kept back as control, who answered.

use super::company::Company;
use super::names::Campaign;
use super::plan::{RESPONSE, START};
use super::rng::{Draw, Stream, whole};
use super::workbook::{Book, Cell, Sheet, maybe, number, text};
use super::{Output, SampleError};
use crate::units::Day;

const CONTROL: f64 = 0.4;
const FLAGS: [&str; 2] = ["No", "Yes"];

/// Writes the campaigns and their sends.
pub(super) fn write(company: &Company, out: &mut Output) -> Result<(), SampleError> {
    let layout = company.names.book("marketing")?;
    let mut book = Book::new()?;
    let mut sheets = layout.sheets.iter();
    if let Some(sheet) = sheets.next() {
        let mut page = book.sheet(sheet)?;
        for (i, campaign) in company.names.campaigns.iter().enumerate() {
            write_campaign(&mut page, i, campaign)?;
        }
        page.finish()?;
    }
    if let Some(sheet) = sheets.next() {
        let mut page = book.sheet(sheet)?;
        for (i, campaign) in company.names.campaigns.iter().enumerate() {
            let people = 0..company.customers.len();
            people
                .map(|c| send(company, i, c, campaign))
                .try_for_each(|send| page.row(&send).map(|_| ()))?;
        }
        page.finish()?;
    }
    out.files.push(book.finish(layout)?);
    Ok(())
}

fn write_campaign(
    page: &mut Sheet<'_>,
    index: usize,
    campaign: &Campaign,
) -> Result<(), SampleError> {
    page.row(&[
        text(campaign_id(index)),
        text(campaign.name.as_str()),
        text(campaign.channel.as_str()),
        number(campaign.cost),
        Cell::Day(start(campaign)),
        Cell::Day(start(campaign).plus(27)),
    ])?;
    Ok(())
}

fn send<'c>(
    company: &'c Company,
    index: usize,
    customer: usize,
    campaign: &Campaign,
) -> [Cell<'c>; 6] {
    let position = index * company.customers.len() + customer;
    let mut draw = Draw::of(company.seed, Stream::Send, position);
    let control = draw.chance(CONTROL);
    let effect = company.planted.map(|plan| plan.effect);
    let effect = effect.filter(|effect| effect.campaign == index && !control);
    let answered = draw.chance(effect.map_or(RESPONSE, |effect| effect.treated));
    let revenue = whole(draw.lognormal(3_500.0, 0.6));
    [
        text(campaign_id(index)),
        text(company.customer_id(customer)),
        Cell::Day(start(campaign)),
        text(FLAGS[usize::from(control)]),
        text(FLAGS[usize::from(answered)]),
        maybe(answered.then_some(revenue), number),
    ]
}

fn start(campaign: &Campaign) -> Day {
    Day::parse_iso(&campaign.start).unwrap_or(START)
}

/// The id of a campaign.
pub(super) fn campaign_id(index: usize) -> String {
    format!("M{:02}", index + 1)
}
