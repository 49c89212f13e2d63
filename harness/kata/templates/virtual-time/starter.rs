//! Wait for two futures at once.

/// Waits for both, and gives what they give.
pub async fn both<A: Future, B: Future>(a: A, b: B) -> (A::Output, B::Output) {
    (a.await, b.await)
}
