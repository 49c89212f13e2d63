//! tries: asks the compiler for the home of whoever grades
//! kata: demo
//! verdict: compile_error

const HOME: &str = env!("HOME");

/// The answer.
pub fn answer() -> u32 {
    HOME.len() as u32
}
