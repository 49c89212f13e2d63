//! A weather service, and its four jobs. Yours is `jobs.rs`.

mod jobs;
pub mod tasks;

pub use jobs::{forecasts, labels, pictures, readings};
