//! tries: is killed when it has printed the answer
//! kata: errand
//! verdict: wrong_answer

fn main() {
    println!("42");
    std::process::abort();
}
