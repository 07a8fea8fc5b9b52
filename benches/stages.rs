//! Stages of a run, each on its own: `cargo bench`.
fn main() {
    divan::main();
}
