//! Prints the answer.

fn main() {
    println!("42");
}
