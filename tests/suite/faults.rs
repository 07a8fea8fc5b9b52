//! Broken input: a clear refusal that names file and cause, or the right report; never a panic.

use crate::support::{Gemba, repository};

const ORDERS: &str = "Order ID,Order Date,Customer ID,Sales,Profit\n\
    1,2026-01-05,C1,100,20\n2,2026-02-05,C2,200,-10\n3,2026-03-05,C1,300,60\n";

#[test]
fn every_broken_sample_is_refused_by_name_or_read_right() {
    let folder = repository("sample-data/broken");
    let mut names = Vec::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.ends_with(".md") {
            continue;
        }
        let gemba = Gemba::new();
        let run =
            gemba.run_words(&["report", &path.display().to_string(), "-o", "out", "--lang", "en"]);
        let all = format!("{}{}", run.stdout, run.stderr);
        assert!([0, 1, 3].contains(&run.code), "{name}: {} {all}", run.code);
        assert!(!all.contains("panicked"), "{name}: {all}");
        assert!(run.code == 0 || all.contains(&name), "{name} is not named: {all}");
        for (file, bytes) in gemba.files("out") {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            assert!(!text.contains("NaN") && !text.contains('∞'), "{name}: {file}");
        }
        names.push(name);
    }
    assert!(names.len() >= 6, "{names:?}");
}

#[test]
fn a_file_that_asks_for_too_much_memory_is_one_refused_file() {
    let mut large = ORDERS.to_owned();
    for i in 0..1_500_000 {
        large.push_str(&format!("{i},2026-01-05,C1,100,20\n"));
    }
    let gemba = Gemba::new().with("in/large.csv", large).with("in/orders.csv", ORDERS);
    let gemba = gemba.with("gemba.toml", "[read.limits]\nmemory = 60000000\n");
    let run = gemba.run("check in").exits(3).says("large.csv").says("memory");
    assert!(run.stdout.contains("orders.csv"), "the other file was not read: {}", run.stdout);
}

#[test]
fn a_file_that_takes_too_long_is_refused_by_the_clock() {
    let gemba = Gemba::new().with("orders.csv", ORDERS);
    let gemba = gemba.with("gemba.toml", "[read.limits]\nwall_seconds = 0\n");
    gemba.run("check orders.csv").exits(1).says("E106").says("orders.csv");
}

#[test]
fn the_reading_process_refuses_orders_that_are_not_its_own() {
    Gemba::new().run("read-file {}").exits(70);
}

#[test]
fn a_file_that_is_not_there_is_named() {
    Gemba::new().run("report nothing.xlsx").exits(1).says("nothing.xlsx");
}

#[test]
fn a_good_file_beside_a_broken_one_still_reports_and_exits_three() {
    let gemba = Gemba::new().with("in/orders.csv", ORDERS).with("in/broken.xlsx", b"");
    gemba.run("report in -o out --lang en --report sales").exits(3);
    assert!(!gemba.files("out").is_empty());
}

#[test]
fn a_csv_named_xlsx_is_read_for_what_it_is() {
    let gemba = Gemba::new().with("orders.xlsx", ORDERS);
    gemba.run("report orders.xlsx -o out --report sales --lang en --format json").exits(0);
    let text = gemba.text("out/sales-2026-01_2026-03.json");
    assert!(text.contains("W104"), "the mismatch is not said");
}

#[test]
fn too_many_rejects_refuse_the_data() {
    let mut text = ORDERS.to_owned();
    for i in 0..20 {
        text.push_str(&format!("{i},someday,C1,1,1\n"));
    }
    let gemba = Gemba::new().with("orders.csv", text);
    gemba.run("report orders.csv -o out").exits(1).says("gemba check");
    assert!(gemba.files("out").is_empty(), "a refused run wrote files");
    gemba.run("report orders.csv -o out --max-reject-share 1 --lang en").exits(0);
}

#[test]
fn an_output_that_cannot_be_written_is_exit_five() {
    let gemba = Gemba::new().with("orders.csv", ORDERS).with("out", "a file, no folder");
    gemba.run("report orders.csv -o out --lang en").exits(5).says("out");
}
