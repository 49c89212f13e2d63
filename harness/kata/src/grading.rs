//! What the commands that grade have in common: a grader for a course, in the sandbox that is asked for.

use kata_grader::{Cache, Grader, Toolchain};
use kata_sandbox::{Confinement, Warden};
use tokio_util::sync::CancellationToken;

use crate::{
    commands::missing_layers,
    session::{Misuse, Session},
};

/// How submissions are confined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Confine {
    /// In every layer that this machine has.
    AsGoodAsItGets,
    /// The same, which has to be enough for strangers' code.
    ForStrangers,
    /// Under limits only.
    LimitsOnly,
}

/// A grader for the course of the session.
pub(crate) async fn grader(
    session: &Session,
    confine: Confine,
    use_results: bool,
    cancel: &CancellationToken,
) -> anyhow::Result<Grader> {
    let cache = Cache::open()?;
    let (toolchain, warden) = tokio::join!(
        Toolchain::discover(&session.course.root),
        warden(&cache, confine, cancel)
    );
    Ok(Grader {
        toolchain: toolchain?,
        cache,
        course: session.course.clone(),
        warden: warden?,
        cancel: cancel.clone(),
        use_results,
    })
}

async fn warden(cache: &Cache, confine: Confine, cancel: &CancellationToken) -> anyhow::Result<Warden> {
    let warden = Warden::this_executable();
    let confinement = match confine {
        Confine::LimitsOnly => return Ok(warden),
        // What was found before is a file, and files can be written.
        Confine::ForStrangers => Confinement::find(&warden, cancel).await?,
        Confine::AsGoodAsItGets => Confinement::remembered(&warden, &cache.confinement(), cancel).await?,
    };
    if confine == Confine::ForStrangers && !confinement.tier.holds_strangers() {
        return Err(Misuse::NotForStrangers {
            tier: confinement.tier,
            missing: missing_layers(&confinement),
        }
        .into());
    }
    Ok(warden.with_layers(&confinement.layers))
}
