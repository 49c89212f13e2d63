//! Every public function of the modules that the facade replaces compiles on it, and behaves as std's when no scenario
//! is explored.

mod rustc;

use rustc::Rustc;

const SNIPPETS: &str = include_str!("api/snippets.rs");

#[test]
fn snippets_print_the_same_on_std_and_on_the_facade() {
    let rustc = Rustc::new();
    let real = rustc.program("real", SNIPPETS, &[]);
    let facade = rustc.program("facade", SNIPPETS, &["--extern", &rustc.facade("std")]);
    let (real, facade): (Vec<&str>, Vec<&str>) = (real.lines().collect(), facade.lines().collect());
    for (expected, found) in real.iter().zip(&facade) {
        assert_eq!(found, expected);
    }
    assert_eq!(facade.len(), real.len());
    let snippets = real.iter().filter(|line| line.contains(" => ")).count();
    assert!(snippets >= 200, "{snippets} snippets");
}
