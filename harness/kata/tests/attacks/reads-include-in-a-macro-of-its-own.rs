//! tries: hides an inclusion in a macro that puts it together
//! kata: demo
//! verdict: rejected
//! never shows: kata-secret-

macro_rules! read {
    ($name:ident) => {
        $name!("@HOME@/.secret")
    };
}

const SECRET: &str = read!(include_str);

/// The answer.
pub fn answer() -> u32 {
    SECRET.len() as u32
}
