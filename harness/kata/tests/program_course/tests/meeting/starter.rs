//! Has two children that meet.

fn main() {}
