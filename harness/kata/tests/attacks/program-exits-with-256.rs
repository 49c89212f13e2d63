//! tries: ends with a code of which the system keeps the lower eight bits, which are none
//! kata: errand
//! verdict: pass

fn main() {
    println!("42");
    std::process::exit(256);
}
