//! tries: ends with a negative code, of which the system keeps the lower eight bits
//! kata: errand
//! verdict: wrong_answer
//! shows: 255

fn main() {
    println!("42");
    std::process::exit(-1);
}
