//! The sector chains of an OLE container (`xls`) before it is parsed: calamine follows a chain
//! that loops until memory ends.
//!
//! Layout: [MS-CFB] Compound File Binary File Format, sections 2.2 to 2.5.

use super::trouble::Trouble;

/// Sector numbers from here on mean "end of chain", "free" and the like.
const SPECIAL: u32 = 0xFFFF_FFFA;
/// Sector numbers of the table itself the header has room for.
const IN_HEADER: usize = 109;

/// Refuses a container whose sector chains run in a circle or out of the file.
///
/// # Errors
/// What is broken.
pub(super) fn check(bytes: &[u8]) -> Result<(), Trouble> {
    let broken = |what: &str| Trouble::Broken(format!("{what} of the container is damaged"));
    let word = |at: usize| {
        let four = bytes.get(at..at + 4)?;
        Some(u32::from_le_bytes(four.try_into().ok()?))
    };
    let shift = u32::from(*bytes.get(30).ok_or_else(|| broken("header"))?);
    if !matches!(shift, 9 | 12) {
        return Err(broken("header"));
    }
    let size = 1_usize << shift;
    let table = sector_table(&word, size).ok_or_else(|| broken("sector table"))?;
    let ends = |first: u32| chain_ends(&table, first);
    let directory = word(48).ok_or_else(|| broken("header"))?;
    let small = word(60).ok_or_else(|| broken("header"))?;
    if !ends(directory) {
        return Err(broken("directory"));
    }
    if !ends(small) {
        return Err(broken("short-sector table"));
    }
    let mut sector = directory;
    while sector < SPECIAL {
        for entry in 0..size / 128 {
            let at = (sector as usize + 1) * size + entry * 128;
            let start = word(at + 116).unwrap_or(u32::MAX);
            let length = word(at + 120).unwrap_or(0);
            let kind = bytes.get(at + 66).copied().unwrap_or(0);
            let whole = kind == 5 || (kind == 2 && length >= 4096);
            if whole && length > 0 && !ends(start) {
                return Err(broken("stream"));
            }
        }
        sector = table.get(sector as usize).copied().unwrap_or(u32::MAX);
    }
    Ok(())
}

/// The table of next sectors, gathered from the header and the chain of its overflow.
fn sector_table(word: &impl Fn(usize) -> Option<u32>, size: usize) -> Option<Vec<u32>> {
    let mut numbers: Vec<u32> = (0..IN_HEADER).map_while(|i| word(76 + i * 4)).collect();
    let mut overflow = word(68)?;
    let mut left = word(72)?.min(100_000);
    while overflow < SPECIAL && left > 0 {
        let at = (overflow as usize + 1) * size;
        numbers.extend((0..size / 4 - 1).map_while(|i| word(at + i * 4)));
        overflow = word(at + size - 4)?;
        left -= 1;
    }
    if overflow < SPECIAL {
        return None;
    }
    let used = numbers.into_iter().filter(|&n| n < SPECIAL);
    let sectors = used.flat_map(|n| {
        let at = (n as usize + 1) * size;
        (0..size / 4).map_while(move |i| word(at + i * 4))
    });
    Some(sectors.collect())
}

/// Whether a chain comes to its end within the table.
fn chain_ends(table: &[u32], first: u32) -> bool {
    let mut sector = first;
    for _ in 0..=table.len() {
        if sector >= SPECIAL {
            return true;
        }
        sector = table.get(sector as usize).copied().unwrap_or(u32::MAX);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::check;

    /// A container of a header, one table sector and one directory sector.
    fn container(directory_next: u32) -> Vec<u8> {
        let mut bytes = vec![0_u8; 512 * 3];
        let mut put =
            |at: usize, value: u32| bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
        put(48, 1);
        put(60, 0xFFFF_FFFE);
        put(68, 0xFFFF_FFFE);
        (0..109).for_each(|i| put(76 + i * 4, u32::MAX));
        put(76, 0);
        put(512, 0xFFFF_FFFD);
        put(516, directory_next);
        bytes[30] = 9;
        bytes
    }

    #[test]
    fn chains_that_run_in_a_circle_are_refused() {
        assert!(check(&container(0xFFFF_FFFE)).is_ok());
        assert!(check(&container(1)).is_err());
        assert!(check(&[0; 20]).is_err());
    }
}
