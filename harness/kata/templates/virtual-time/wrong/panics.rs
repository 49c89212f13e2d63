//! Is not written yet.

pub async fn both<A: Future, B: Future>(a: A, b: B) -> (A::Output, B::Output) {
    let (_a, _b) = (a, b);
    todo!()
}
