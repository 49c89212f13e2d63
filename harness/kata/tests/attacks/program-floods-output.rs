//! tries: prints without end
//! kata: errand
//! verdict: output_limit

use std::io::{Write, stdout};

fn main() {
    while stdout().write_all(&[b'4'; 65536]).is_ok() {}
}
