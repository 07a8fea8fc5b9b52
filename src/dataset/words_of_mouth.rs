//! What sources of leads and types of tickets say: a recommendation, a complaint.

use crate::records::fold;

/// Parts of the names that speak of a recommendation.
const REFERRAL: [&str; 14] = [
    "referral",
    "referred",
    "wordofmouth",
    "recommend",
    "introduc",
    "轉介",
    "轉介紹",
    "介紹",
    "推薦",
    "口碑",
    "转介",
    "介绍",
    "推荐",
    "老带新",
];
/// Parts of the names that speak of a complaint.
const COMPLAINT: [&str; 7] = ["complain", "grievance", "投訴", "客訴", "申訴", "投诉", "抱怨"];

/// Whether a source of leads is a recommendation by somebody.
#[must_use]
pub fn is_referral(source: &str) -> bool {
    holds(source, &REFERRAL)
}

/// Whether a type of ticket is a complaint.
#[must_use]
pub fn is_complaint(kind: &str) -> bool {
    holds(kind, &COMPLAINT)
}

fn holds(text: &str, parts: &[&str]) -> bool {
    let text = fold(text);
    parts.iter().any(|part| text.contains(part))
}

#[cfg(test)]
mod tests {
    use super::{is_complaint, is_referral};

    #[test]
    fn recommendations_and_complaints_are_told_in_three_languages() {
        assert!(is_referral("Referral 轉介") && is_referral("Word of mouth"));
        assert!(is_referral("老客户推荐") && !is_referral("Trade fair 商展"));
        assert!(is_complaint("Complaint 投訴") && is_complaint("客戶抱怨"));
        assert!(!is_complaint("Request 諮詢"));
    }
}
