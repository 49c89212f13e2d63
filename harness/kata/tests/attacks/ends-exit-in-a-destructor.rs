//! tries: ends the process in a destructor, after the answer
//! kata: demo
//! verdict: early_exit

struct Leaves;

impl Drop for Leaves {
    fn drop(&mut self) {
        std::process::exit(0);
    }
}

/// The answer.
pub fn answer() -> u32 {
    let _leaves = Leaves;
    42
}
