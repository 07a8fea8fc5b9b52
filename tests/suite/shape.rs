//! Shape invariants: order of files, copies and column order change no figure.

use crate::support::{Gemba, metrics};

fn orders(rows: impl Iterator<Item = usize>) -> String {
    let mut text = "Order ID,Order Date,Customer ID,Sales,Profit\n".to_owned();
    for i in rows {
        let (month, customer) = (i % 12 + 1, i % 37);
        let profit = i64::try_from(i * 7 % 90).unwrap() - 20;
        text.push_str(&format!("O{i},2025-{month:02}-11,C{customer},{}.25,{profit}.5\n", i % 400));
    }
    text
}

fn sales(gemba: &Gemba, input: &str) -> serde_json::Value {
    let line = format!("report {input} -o out --report sales --lang en --format json");
    gemba.run(&line).exits(0);
    let (name, _) = gemba.files("out").pop_first().unwrap();
    gemba.json(&format!("out/{name}"))
}

#[test]
fn one_file_or_two_give_the_same_metrics() {
    let whole = Gemba::new().with("a.csv", orders(0..600));
    let split = Gemba::new().with("in/a.csv", orders(0..211)).with("in/b.csv", orders(211..600));
    assert_eq!(metrics(&sales(&whole, "a.csv")), metrics(&sales(&split, "in")));
}

#[test]
fn rows_in_another_order_give_the_same_metrics() {
    let forward = Gemba::new().with("a.csv", orders(0..600));
    let backward = Gemba::new().with("a.csv", orders((0..600).rev()));
    assert_eq!(metrics(&sales(&forward, "a.csv")), metrics(&sales(&backward, "a.csv")));
}
