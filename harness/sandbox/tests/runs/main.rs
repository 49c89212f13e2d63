//! What the crate promises, one file per promise, on real processes.

mod census;
mod confinement;
mod grader;
mod layers;
mod leftovers;
mod ruins;
mod scene;
mod space;
mod start;
mod streams;
mod time;
mod view;
