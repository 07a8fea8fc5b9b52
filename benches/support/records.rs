//! The records of the benchmark workbook: the same for ever from the same seed.

use std::fmt::Write as _;

/// Column names, in order.
pub const HEADER: [&str; 12] = [
    "record_id",
    "ticket_id",
    "opened_at",
    "closed_at",
    "team",
    "agent",
    "category",
    "stage",
    "outcome",
    "units",
    "defects",
    "amount",
];

/// Minutes since the epoch of the workbook, 1899-12-30, at 2024-01-01.
const FIRST_MINUTE: u64 = 45_292 * 1_440;
const MINUTES: u64 = 1_000_000;

/// One cell.
#[derive(Clone, Copy, Debug)]
pub enum Cell {
    /// No value.
    Blank,
    /// A whole number.
    Count(u64),
    /// Hundredths.
    Cents(u64),
    /// Minutes since 1899-12-30.
    Minute(u64),
    /// A string by its number in the table of [`Strings`].
    Text(u32),
}

/// Every distinct string: the labels first, then one ticket id a record.
#[derive(Debug)]
pub struct Strings {
    labels: Vec<String>,
}

const TEAMS: u32 = 12;
const AGENTS: u32 = 200;
const CATEGORIES: u32 = 25;
const STAGES: u32 = 6;
const OUTCOMES: u32 = 3;

impl Strings {
    /// The header and all labels.
    pub fn new() -> Self {
        let mut labels: Vec<String> = HEADER.iter().map(|&name| name.to_owned()).collect();
        labels.extend((1..=TEAMS).map(|i| format!("Service team {i:02}")));
        labels.extend((1..=AGENTS).map(|i| format!("Agent & Partner {i:03}")));
        labels.extend((1..=CATEGORIES).map(|i| format!("Category of request {i:02}")));
        labels.extend((1..=STAGES).map(|i| format!("Stage {i}")));
        labels.extend(["Won", "Lost", "Open"].map(str::to_owned));
        Self { labels }
    }

    /// How many labels there are; ticket ids are numbered from here.
    pub fn labels(&self) -> u32 {
        u32::try_from(self.labels.len()).unwrap_or(u32::MAX)
    }

    /// Writes a string.
    pub fn write(&self, code: u32, out: &mut String) {
        match self.labels.get(code as usize) {
            Some(label) => out.push_str(label),
            None => _ = write!(out, "SR-2024-{:07}", code - self.labels() + 1),
        }
    }
}

/// The records, one row of cells after the other.
#[derive(Debug)]
pub struct Records {
    state: u64,
    next: u64,
    rows: u64,
    labels: u32,
}

impl Records {
    /// As many records as asked.
    pub fn new(rows: u64, strings: &Strings) -> Self {
        Self { state: 0x6765_6d62_6131, next: 0, rows, labels: strings.labels() }
    }

    /// A number below `bound` (`SplitMix64`, Steele, Lea and Flood 2014).
    fn below(&mut self, bound: u64) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound
    }

    /// A blank in `percent` of all cases.
    fn or_blank(&mut self, percent: u64, cell: Cell) -> Cell {
        if self.below(100) < percent { Cell::Blank } else { cell }
    }

    fn label(&mut self, start: u32, of: u32) -> (Cell, u32) {
        let pick = u32::try_from(self.below(u64::from(of))).unwrap_or(0);
        (Cell::Text(start + pick), start + of)
    }
}

impl Iterator for Records {
    type Item = [Cell; 12];

    fn next(&mut self) -> Option<Self::Item> {
        if self.next == self.rows {
            return None;
        }
        self.next += 1;
        let opened = FIRST_MINUTE + self.below(MINUTES);
        let closed = Cell::Minute(opened + 5 + self.below(20_000));
        let header = u32::try_from(HEADER.len()).unwrap_or(0);
        let (team, at) = self.label(header, TEAMS);
        let (agent, at) = self.label(at, AGENTS);
        let (category, at) = self.label(at, CATEGORIES);
        let (stage, at) = self.label(at, STAGES);
        let (outcome, _) = self.label(at, OUTCOMES);
        let units = Cell::Count(1 + self.below(40));
        let amount = Cell::Cents(self.below(10_000_000));
        Some([
            Cell::Count(100_000 + self.next),
            Cell::Text(self.labels + u32::try_from(self.next - 1).unwrap_or(u32::MAX)),
            Cell::Minute(opened),
            self.or_blank(8, closed),
            team,
            self.or_blank(2, agent),
            category,
            stage,
            outcome,
            units,
            Cell::Count(self.below(4)),
            self.or_blank(3, amount),
        ])
    }
}
