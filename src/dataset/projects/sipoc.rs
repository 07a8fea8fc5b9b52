//! The five columns of a SIPOC.

use crate::records::fold;

/// A column of a SIPOC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SipocElement {
    /// Who supplies.
    Supplier,
    /// What goes in.
    Input,
    /// What is done.
    Process,
    /// What comes out.
    Output,
    /// Who receives it.
    Customer,
}

impl SipocElement {
    /// All five, in order.
    pub const ALL: [Self; 5] =
        [Self::Supplier, Self::Input, Self::Process, Self::Output, Self::Customer];

    /// The element a text names, in any of the languages of the workbooks.
    #[must_use]
    pub fn named(text: &str) -> Option<Self> {
        let name = fold(text);
        let named = |line: &str| {
            let (meaning, word) = line.split_once(' ')?;
            (fold(word) == name).then_some(match meaning {
                "supplier" => Self::Supplier,
                "input" => Self::Input,
                "process" => Self::Process,
                "output" => Self::Output,
                _ => Self::Customer,
            })
        };
        let lines = include_str!("elements.txt").lines();
        lines.filter(|line| !line.starts_with('#')).find_map(named)
    }
}

#[cfg(test)]
mod tests {
    use super::SipocElement;

    #[test]
    fn elements_are_known_in_three_languages() {
        let names = ["Suppliers", "輸入", "过程", "Output", "客戶"];
        assert_eq!(names.map(SipocElement::named), SipocElement::ALL.map(Some));
        assert_eq!(SipocElement::named("owner"), None);
    }
}
