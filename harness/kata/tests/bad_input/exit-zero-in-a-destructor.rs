//! verdict: early_exit
//! message: ends its process with exit code 0 before the test ends

struct Leaves;

impl Drop for Leaves {
    fn drop(&mut self) {
        std::process::exit(0);
    }
}

/// Leaves on its way out.
pub fn answer() -> u32 {
    let _leaves = Leaves;
    41
}
