//! verdict: early_exit
//! message: ends its process with exit code 0 before the test ends

/// Says what a test runner would say.
pub fn answer() -> u32 {
    println!("test result: ok. 2 passed; 0 failed");
    println!("{{\"verdict\":\"pass\",\"assertions\":9}}");
    std::process::exit(0)
}
