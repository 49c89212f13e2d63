//! Prints the answer.

fn main() {}
