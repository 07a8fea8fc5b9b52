//! The customer master, and the service desk's own customer list, which knows some customers a
//! second time under another id.

use super::company::{Company, Customer};
use super::names::at;
use super::plan::START;
use super::workbook::{Book, Cell, Sheet, text};
use super::{Output, SampleError};

/// Writes both lists.
pub(super) fn write(company: &Company, out: &mut Output) -> Result<(), SampleError> {
    let layout = company.names.book("customers")?;
    let mut book = Book::new()?;
    for sheet in &layout.sheets {
        let mut page = book.sheet(sheet)?;
        company.customers.iter().try_for_each(|c| write_customer(company, &mut page, c))?;
        page.finish()?;
    }
    out.files.push(book.finish(layout)?);
    write_desk(company, out)
}

fn write_customer(
    company: &Company,
    page: &mut Sheet<'_>,
    customer: &Customer,
) -> Result<(), SampleError> {
    let names = &company.names;
    page.row(&[
        text(customer.id.as_str()),
        text(customer.name.as_str()),
        text(at(&names.customer_types, usize::from(!customer.contract))),
        text(at(&names.tiers, customer.tier)),
        text(names.segments.get(customer.segment).map_or("", |segment| segment.name.as_str())),
        text(at(&names.regions, customer.region)),
        text(company.rep(customer.owner)),
        Cell::Day(customer.created),
        text(customer.phone.0.as_str()),
        text(customer.email.as_str()),
        text(customer.address.as_str()),
    ])?;
    Ok(())
}

fn write_desk(company: &Company, out: &mut Output) -> Result<(), SampleError> {
    let layout = company.names.book("desk_customers")?;
    let mut book = Book::new()?;
    for sheet in &layout.sheets {
        let mut page = book.sheet(sheet)?;
        for (i, caller) in company.names.callers.iter().enumerate() {
            write_caller(company, &mut page, i, caller)?;
        }
        for (position, &index) in company.twins.iter().enumerate() {
            if let Some(customer) = company.customers.get(index) {
                write_twin(company, &mut page, position, customer)?;
            }
        }
        page.finish()?;
    }
    out.files.push(book.finish(layout)?);
    Ok(())
}

/// Somebody only the service desk knows.
fn write_caller(
    company: &Company,
    page: &mut Sheet<'_>,
    position: usize,
    name: &str,
) -> Result<(), SampleError> {
    let area = at(&company.names.area_codes, position % company.names.area_codes.len().max(1));
    page.row(&[
        text(format!("S{:04}", 100 + position * 3)),
        text(name),
        text(format!("({area}){}", 88_120_400 + position * 7_331)),
        Cell::Blank,
        Cell::Blank,
        Cell::Day(START.plus(i32::try_from(position * 53).unwrap_or(0))),
    ])?;
    Ok(())
}

/// A customer as the service desk writes him: another id, a name with another title or form, the
/// phone in other punctuation, the mail address in every second record.
fn write_twin(
    company: &Company,
    page: &mut Sheet<'_>,
    position: usize,
    customer: &Customer,
) -> Result<(), SampleError> {
    let mail = position.is_multiple_of(2).then_some(customer.email.as_str());
    page.row(&[
        text(Company::twin_id(position)),
        text(twin_name(company, position, customer)),
        text(customer.phone.1.as_str()),
        mail.map_or(Cell::Blank, text),
        text(customer.address.as_str()),
        Cell::Day(START.plus(i32::try_from(40 + position * 47).unwrap_or(0))),
    ])?;
    Ok(())
}

fn twin_name(company: &Company, position: usize, customer: &Customer) -> String {
    let scholar = &company.names.scholar;
    match position % 3 {
        _ if customer.name == scholar.orders => scholar.desk.clone(),
        0 => customer.short.clone(),
        1 => format!("{}{}", customer.short, company.names.company_suffix),
        _ => customer.name.to_uppercase().replace(' ', "\u{3000}"),
    }
}
