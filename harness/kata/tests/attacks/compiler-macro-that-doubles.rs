//! tries: a macro that doubles what it is given, again and again
//! kata: demo
//! verdict: compile_error

macro_rules! double {
    ([] $($done:tt)*) => { pub const COUNT: &[u8] = &[$($done)*]; };
    ([$next:tt $($more:tt)*] $($done:tt)*) => { double!([$($more)*] $($done)* $($done)*); };
}

double!([x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x] 1,);

/// The answer.
pub fn answer() -> u32 {
    42
}
