//! [`kata_std`] with an `Arc` whose counts the model sees.
//!
//! Where a submission's course can depend on how many references there are, or on which thread drops the last one, it is compiled on
//! this facade if it can be: see [`kata_model::sync::counted`] for what is not possible with it. Then schedules that differ in nothing
//! but such a count are told apart, and what is proved holds for them too.

#![no_std]

extern crate kata_std as base;

pub use base::*;

/// [`base::sync`], with counted references.
pub mod sync {
    pub use base::sync::*;
    pub use kata_model::sync::counted::{Arc, Weak};
}
