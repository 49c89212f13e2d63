//! Waits for the second one first, and so for the one after the other all the same.

pub async fn both<A: Future, B: Future>(a: A, b: B) -> (A::Output, B::Output) {
    let b = b.await;
    (a.await, b)
}
