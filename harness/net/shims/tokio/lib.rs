//! `tokio` as hyper-util and reqwest see it: the real one, but for `net`.

#![no_std]

pub use kata_net as net;
pub use tokio::*;
