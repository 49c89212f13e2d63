//! tries: a type that is twice as long at each step
//! kata: demo
//! verdict: compile_error

fn twice<T: Copy>(value: T) -> (T, T) {
    (value, value)
}

pub fn long() -> usize {
    let v = 1_u8;
    let v = twice(v);
    let v = twice(v);
    let v = twice(v);
    let v = twice(v);
    let v = twice(v);
    let v = twice(v);
    let v = twice(v);
    let v = twice(v);
    let v = twice(v);
    let v = twice(v);
    let v = twice(v);
    let v = twice(v);
    let v = twice(v);
    let v = twice(v);
    let v = twice(v);
    let v = twice(v);
    let v = twice(v);
    let v = twice(v);
    let v = twice(v);
    let v = twice(v);
    let v = twice(v);
    let v = twice(v);
    let v = twice(v);
    let v = twice(v);
    let v = twice(v);
    let v = twice(v);
    let v = twice(v);
    let v = twice(v);
    let v = twice(v);
    let v = twice(v);
    let v = twice(v);
    let v = twice(v);
    let v = twice(v);
    let v = twice(v);
    let v = twice(v);
    let v = twice(v);
    let v = twice(v);
    let v = twice(v);
    let v = twice(v);
    let v = twice(v);
    std::mem::size_of_val(&v)
}

/// The answer.
pub fn answer() -> u32 {
    42
}
