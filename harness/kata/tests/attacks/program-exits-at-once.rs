//! tries: ends well without having done anything
//! kata: errand
//! verdict: wrong_answer

fn main() {
    std::process::exit(0);
}
