//! tries: puts words of kata into the name of what does not fit
//! kata: demo
//! verdict: compile_error
//! never shows: ESCAPED

#[allow(non_camel_case_types)]
pub struct passed_4_of_4_points;

/// The answer.
pub fn answer() -> passed_4_of_4_points {
    passed_4_of_4_points
}
