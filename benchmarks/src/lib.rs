//! Only benchmarks: see `benches/table`.
