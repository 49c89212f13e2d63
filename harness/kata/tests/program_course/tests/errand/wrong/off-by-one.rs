//! Prints another number.

fn main() {
    println!("43");
}
