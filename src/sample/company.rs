//! The company: its names, what is planted in it, and its customers.

use super::names::{Names, Segment, at};
use super::plan::{self, AS_OF, Planted, START};
use super::rng::{Draw, Stream};
use super::{Recipe, SampleError, Scenario};
use crate::units::Day;

const CUSTOMERS: usize = 400;
const TWINS: usize = 12;
const UNVISITED: usize = 5;
/// Customers in the first three tiers; the rest are in the last.
const TIER_SIZES: [usize; 3] = [8, 32, 80];
/// Tiers whose customers are key accounts.
const KEY_TIERS: usize = 2;

/// A customer.
#[derive(Debug)]
pub(super) struct Customer {
    pub(super) id: String,
    /// English and Chinese name.
    pub(super) name: String,
    /// Chinese name alone.
    pub(super) short: String,
    pub(super) segment: usize,
    pub(super) region: usize,
    pub(super) tier: usize,
    pub(super) owner: usize,
    pub(super) contract: bool,
    pub(super) created: Day,
    /// Last day he orders.
    pub(super) until: Day,
    pub(super) phone: (String, String),
    pub(super) email: String,
    pub(super) address: String,
    /// Orders expected over the whole period.
    pub(super) orders: f64,
    /// Size of an order relative to the median restaurant's.
    pub(super) size: f64,
    /// Cost to serve as a share of gross profit.
    pub(super) service_share: f64,
}

/// The sample company.
#[derive(Debug)]
pub(super) struct Company {
    pub(super) seed: u64,
    pub(super) rows: usize,
    pub(super) scenario: Scenario,
    pub(super) names: Names,
    pub(super) planted: Option<Planted>,
    pub(super) customers: Vec<Customer>,
    /// Customers the service desk keeps a second time.
    pub(super) twins: Vec<usize>,
    /// Key accounts nobody has visited in the last three months.
    pub(super) unvisited: Vec<usize>,
}

impl Company {
    /// The company of a recipe.
    pub(super) fn found(recipe: &Recipe) -> Result<Self, SampleError> {
        let names = Names::load()?;
        let planted = plan::draw(recipe.seed, recipe.scenario, &names);
        let customers = customers(recipe.seed, &names, planted.as_ref());
        let mut company = Self {
            seed: recipe.seed,
            rows: recipe.rows,
            scenario: recipe.scenario,
            names,
            planted,
            customers,
            twins: Vec::new(),
            unvisited: Vec::new(),
        };
        if company.planted.is_some() {
            company.plant_customers();
        }
        Ok(company)
    }

    fn plant_customers(&mut self) {
        let mut draw = Draw::of(self.seed, Stream::Plan, 1);
        let scholar = self.customers.iter().position(|c| c.name == self.names.scholar.orders);
        let others = draw.shuffled(self.customers.len()).into_iter();
        let others = others.filter(|&i| Some(i) != scholar);
        self.twins = scholar.into_iter().chain(others).take(TWINS).collect();
        let order = draw.shuffled(self.customers.len()).into_iter();
        let keys = order.filter(|&i| self.customers.get(i).is_some_and(|c| c.tier < KEY_TIERS));
        self.unvisited = keys.take(UNVISITED).collect();
        self.unvisited.sort_unstable();
    }

    /// A step's name.
    pub(super) fn step(&self, index: usize) -> &str {
        self.names.steps.get(index).map_or("", |step| step.name.as_str())
    }

    /// A team's name.
    pub(super) fn team(&self, index: usize) -> &str {
        at(&self.names.teams, index)
    }

    /// A rep's name.
    pub(super) fn rep(&self, index: usize) -> &str {
        at(&self.names.reps, index)
    }

    /// The id of a customer.
    pub(super) fn customer_id(&self, index: usize) -> &str {
        self.customers.get(index).map_or("", |customer| customer.id.as_str())
    }

    /// The id under which the service desk keeps a customer a second time.
    pub(super) fn twin_id(position: usize) -> String {
        format!("S{:04}", 321 + position * 7)
    }

    /// The ids of every customer kept twice.
    pub(super) fn duplicate_pairs(&self) -> Vec<[String; 2]> {
        let pairs = self.twins.iter().enumerate();
        pairs.map(|(i, &c)| [self.customer_id(c).to_owned(), Self::twin_id(i)]).collect()
    }

    /// The ids of the key accounts nobody visits.
    pub(super) fn unvisited_ids(&self) -> Vec<&str> {
        self.unvisited.iter().map(|&i| self.customer_id(i)).collect()
    }
}

fn customers(seed: u64, names: &Names, planted: Option<&Planted>) -> Vec<Customer> {
    let order = Draw::of(seed, Stream::Names, 0)
        .shuffled(names.first_syllables.len() * names.second_syllables.len());
    let mut all: Vec<Customer> = (0..CUSTOMERS)
        .map(|i| customer(seed, names, planted, i, order.get(i).copied().unwrap_or(i)))
        .collect();
    if let Some(school) = all.iter_mut().find(|c| c.segment == 3) {
        school.name.clone_from(&names.scholar.orders);
        school.short.clone_from(&names.scholar.orders);
    }
    rank(&mut all);
    all
}

fn customer(
    seed: u64,
    names: &Names,
    planted: Option<&Planted>,
    index: usize,
    combination: usize,
) -> Customer {
    let mut draw = Draw::of(seed, Stream::Customer, index);
    let shares: Vec<f64> = names.segments.iter().map(|segment| segment.share).collect();
    let segment = draw.weighted(&shares);
    let region = draw.below(names.regions.len());
    let (name, short, email) = name(names, names.segments.get(segment), combination, &mut draw);
    let created = if draw.chance(0.85) {
        START.plus(-draw.between(30, 2_000))
    } else {
        START.plus(draw.between(0, 640))
    };
    let left = draw.chance(0.12);
    let last = created.max(START).plus(draw.between(60, 700));
    let loss = planted.is_some_and(|plan| plan.loss == segment);
    let (low, high) = if loss { (1.15, 1.85) } else { (0.20, 0.55) };
    Customer {
        id: format!("C{:04}", index + 1),
        name,
        short,
        segment,
        region,
        tier: TIER_SIZES.len(),
        owner: draw.below(names.reps.len()),
        contract: draw.chance(0.6),
        created,
        until: if left { last.min(AS_OF) } else { AS_OF },
        phone: phone(at(&names.area_codes, region), index),
        email,
        address: address(names, region, &mut draw),
        orders: draw.lognormal(14.0, 0.75).min(150.0),
        size: draw.lognormal(1.0, 0.6) * names.segments.get(segment).map_or(1.0, |s| s.price),
        service_share: draw.within(low, high),
    }
}

fn name(
    names: &Names,
    segment: Option<&Segment>,
    combination: usize,
    draw: &mut Draw,
) -> (String, String, String) {
    let second = names.second_syllables.len().max(1);
    let first = names.first_syllables.get(combination / second);
    let second = names.second_syllables.get(combination % second);
    let kinds = segment.map(|segment| segment.kinds.as_slice()).unwrap_or_default();
    let kind = kinds.get(draw.below(kinds.len()));
    let (Some((a, x)), Some((b, y)), Some((en, zh))) = (first, second, kind) else {
        return <(String, String, String)>::default();
    };
    let short = format!("{x}{y}{zh}");
    let email = format!("{}{b}@example.com", a.to_lowercase());
    (format!("{a}{b} {en} {short}"), short, email)
}

/// A prospect's shop. Its syllables stand the other way round than any customer's.
pub(super) fn prospect(names: &Names, index: usize) -> String {
    let firsts = names.first_syllables.len().max(1);
    let seconds = names.second_syllables.len().max(1);
    let first = names.first_syllables.get(index % firsts);
    let second = names.second_syllables.get(index / firsts % seconds);
    let segment = names.segments.get(index / (firsts * seconds));
    let kinds = segment.map(|segment| segment.kinds.as_slice());
    let kind = kinds.and_then(|kinds| kinds.get(index % kinds.len().max(1)));
    let (Some((a, x)), Some((b, y)), Some((en, zh))) = (first, second, kind) else {
        return String::new();
    };
    let mut letters = b.chars();
    let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{capital}{}{} {en} {y}{x}{zh}", letters.as_str(), a.to_lowercase())
}

/// The number as the order system and as the service desk write it.
fn phone(area: &str, index: usize) -> (String, String) {
    let digits = format!("{:08}", 23_000_000 + (index * 48_611) % 6_999_997);
    let (head, tail) = digits.split_at(4);
    (format!("{area}-{head}-{tail}"), format!("({area}){digits}"))
}

fn address(names: &Names, region: usize, draw: &mut Draw) -> String {
    let city = at(&names.regions, region).rsplit(' ').next().unwrap_or_default();
    let street = at(&names.streets, draw.below(names.streets.len()));
    format!("{city}{street}{}{}", draw.between(1, 480), names.house_number)
}

/// Tiers by expected sales, the largest customers first. Key accounts have been there all along.
fn rank(customers: &mut [Customer]) {
    let mut order: Vec<usize> = (0..customers.len()).collect();
    let value = |i: usize| customers.get(i).map_or(0.0, |c: &Customer| c.orders * c.size);
    order.sort_by(|&a, &b| value(b).total_cmp(&value(a)).then(a.cmp(&b)));
    let mut ranks = order.into_iter();
    for (tier, &size) in TIER_SIZES.iter().enumerate() {
        for index in ranks.by_ref().take(size) {
            if let Some(customer) = customers.get_mut(index) {
                customer.tier = tier;
                if tier < KEY_TIERS {
                    customer.created = customer.created.min(START.plus(-30));
                    customer.until = AS_OF;
                }
            }
        }
    }
}
