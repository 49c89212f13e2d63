//! verdict: compile_error
//! message: can't compare `String` with `{integer}`

/// Not what the task says.
pub fn answer() -> String {
    "42".to_owned()
}
