//! verdict: compile_error
//! message: mismatched types

/// Not what the task says.
pub fn answer() -> String {
    "42".to_owned()
}
