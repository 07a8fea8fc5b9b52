//! What a report's definition may ask of this analysis.

use serde::Deserialize;

use crate::dataset::Grain;
use crate::stats::control_chart::attribute_chart::Kind;
use crate::stats::control_chart::rules::Rule;

/// Parameters.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Params {
    /// Length of a point: a month when absent.
    by: By,
    /// Which chart; defects per unit when absent, defective units where defects are not counted.
    chart: Option<Attribute>,
    /// Rules in force; beyond, nine on one side, six in a trend and two of three when absent.
    rules: Option<Vec<RuleName>>,
    /// Points of the frozen baseline.
    baseline_points: Option<usize>,
    /// Small charts beside the whole: one a step when absent.
    facets: Facets,
    /// Small charts at most; 12 when absent.
    facet_limit: Option<usize>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum By {
    #[default]
    Month,
    Week,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Attribute {
    U,
    P,
}

/// Which small charts stand beside the whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Facets {
    /// One a step.
    #[default]
    Step,
    /// None.
    None,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RuleName {
    Beyond,
    NineOneSide,
    SixTrend,
    FourteenAlternating,
    TwoOfThree,
    FourOfFive,
    FifteenWithin,
    EightBeyond,
}

impl Params {
    /// Length of a point.
    pub(super) const fn grain(&self) -> Grain {
        match self.by {
            By::Month => Grain::Month,
            By::Week => Grain::Week,
        }
    }

    /// Which chart, given whether defects are counted.
    pub(super) fn kind(&self, defects_counted: bool) -> Kind {
        match self.chart {
            Some(Attribute::U) => Kind::U,
            None if defects_counted => Kind::U,
            Some(Attribute::P) | None => Kind::P,
        }
    }

    /// The rules in force, in Nelson's order, each once.
    pub(super) fn rules(&self) -> Vec<Rule> {
        let standard = [Rule::Beyond, Rule::NineOneSide, Rule::SixTrend, Rule::TwoOfThree];
        let Some(names) = &self.rules else { return standard.to_vec() };
        let asked: Vec<Rule> = names.iter().map(|name| name.rule()).collect();
        Rule::ALL.into_iter().filter(|rule| asked.contains(rule)).collect()
    }

    /// Points of the frozen baseline.
    pub(super) fn baseline(&self) -> usize {
        let standard = if self.by == By::Month { 20 } else { 25 };
        self.baseline_points.unwrap_or(standard)
    }

    /// Small charts at most.
    pub(super) fn facets(&self) -> usize {
        if self.facets == Facets::None { 0 } else { self.facet_limit.unwrap_or(12) }
    }

    /// Whether the values make sense.
    ///
    /// # Errors
    /// What is wrong with the first that does not.
    pub(super) fn check(&self) -> Result<(), String> {
        match self.baseline_points {
            Some(n) if n < 2 => Err(format!("baseline_points = {n}: expected 2 or more")),
            _ => Ok(()),
        }
    }
}

impl RuleName {
    const fn rule(self) -> Rule {
        match self {
            Self::Beyond => Rule::Beyond,
            Self::NineOneSide => Rule::NineOneSide,
            Self::SixTrend => Rule::SixTrend,
            Self::FourteenAlternating => Rule::FourteenAlternating,
            Self::TwoOfThree => Rule::TwoOfThree,
            Self::FourOfFive => Rule::FourOfFive,
            Self::FifteenWithin => Rule::FifteenWithin,
            Self::EightBeyond => Rule::EightBeyond,
        }
    }
}
