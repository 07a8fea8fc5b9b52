//! Summaries already made of a dataset.

use std::sync::{Arc, Mutex, PoisonError};

use super::by_defects::{Grain, OpportunityBasis};
use super::defect_cube::DefectCube;
use crate::records::Col;
use crate::units::Day;

/// What a cube was asked for by.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Asked {
    pub(super) grain: Grain,
    pub(super) until: Day,
    pub(super) basis: OpportunityBasis,
    pub(super) cols: Vec<Col>,
}

/// The cubes already made, so that analyses asking for the same read the rows once. A copy of the
/// dataset starts with none: its tables may come to differ.
#[derive(Debug, Default)]
pub struct Kept(Mutex<Vec<(Asked, Arc<DefectCube>)>>);

impl Clone for Kept {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Kept {
    /// The cube asked for, made where none is kept.
    pub(super) fn cube(&self, asked: Asked, make: impl FnOnce() -> DefectCube) -> Arc<DefectCube> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, cube)) = kept.iter().find(|(known, _)| *known == asked) {
            return Arc::clone(cube);
        }
        let cube = Arc::new(make());
        kept.push((asked, Arc::clone(&cube)));
        cube
    }
}

#[cfg(test)]
mod tests {
    use super::{Asked, Grain, Kept, OpportunityBasis};
    use crate::dataset::DefectCube;
    use crate::units::Day;

    #[test]
    fn what_is_asked_for_again_is_made_once_and_a_copy_starts_anew() {
        let kept = Kept::default();
        let mut made = 0;
        let mut ask = |kept: &Kept, grain| {
            let (until, basis) = (Day::from_number(0), OpportunityBasis::PerUnit);
            let asked = Asked { grain, until, basis, cols: Vec::new() };
            kept.cube(asked, || {
                made += 1;
                DefectCube::empty(grain, Vec::new())
            });
            made
        };
        assert_eq!(ask(&kept, Grain::Month), 1);
        assert_eq!(ask(&kept, Grain::Month), 1);
        assert_eq!(ask(&kept, Grain::Week), 2);
        assert_eq!(ask(&kept.clone(), Grain::Week), 3);
    }
}
