//! Which layers hold programs in here, each shown by attacks.

use kata_grader::Cache;
use kata_report::doctor::{Finding, Health};
use kata_sandbox::{Attack, Confinement, Found, Layer, Tier, Trial, Warden};
use tokio_util::sync::CancellationToken;

use super::{Subject, fail};

/// Attacks through each layer, and says what came of it. Checks go by it from now on.
pub(super) async fn find(warden: &Warden, cache: Option<&Cache>, cancel: &CancellationToken) -> Vec<Finding> {
    let confinement = match Confinement::find(warden, cancel).await {
        Ok(confinement) => confinement,
        Err(error) => {
            return vec![fail(
                Subject::Sandbox,
                error,
                "tried to attack this machine",
                "see the message above",
            )];
        }
    };
    if let Some(cache) = cache {
        confinement.remember(&cache.confinement());
    }
    let mut findings = vec![tier(&confinement)];
    findings.extend(confinement.trials.iter().map(layer));
    findings.extend(together(&confinement.together));
    findings
}

fn tier(confinement: &Confinement) -> Finding {
    let tier = confinement.tier;
    let fit = match tier {
        Tier::A | Tier::B | Tier::C => "enough for code of strangers (`kata check --untrusted`)",
        Tier::D => "enough for your own code, and for nobody else's",
    };
    Finding {
        health: match tier {
            Tier::D => Health::Warn,
            _ => Health::Ok,
        },
        name: Subject::Sandbox.name().into(),
        means: format!("tier {tier}: {fit}"),
        tried: "put up each of the layers below alone, attacked from inside, and then all of them at once"
            .into(),
        advice: (tier == Tier::D).then(|| advice().to_owned()),
    }
}

/// What to change where nothing better than limits holds.
fn advice() -> &'static str {
    "use Linux 6.12 or newer with Landlock, or allow user namespaces (`sysctl user.max_user_namespaces`, \
     `kernel.apparmor_restrict_unprivileged_userns`), or run kata as root"
}

fn layer(trial: &Trial) -> Finding {
    let layer = trial.layer;
    let tried = words(Attack::stopped_by(layer));
    match &trial.found {
        Found::Holds(_) => Finding {
            health: Health::Ok,
            name: Subject::Layer(layer).name().into(),
            means: "holds: all of that was refused".into(),
            tried,
            advice: None,
        },
        Found::Open(attacks) => Finding {
            health: Health::Warn,
            name: Subject::Layer(layer).name().into(),
            means: format!(
                "does not hold, so {}. Not refused: {}",
                layer.without(),
                words(attacks)
            ),
            tried,
            advice: None,
        },
        Found::Missing(why) => Finding {
            health: Health::Warn,
            name: Subject::Layer(layer).name().into(),
            means: format!("not here ({why}), so {}", layer.without()),
            tried: "put it up".into(),
            advice: None,
        },
    }
}

/// Layers that hold alone, and not all at once.
fn together(found: &Found) -> Option<Finding> {
    let why = not_together(found)?;
    Some(Finding {
        health: Health::Warn,
        name: Subject::AllAtOnce.name().into(),
        means: format!("{why}, so none of the layers is counted on"),
        tried: "put up at once those that hold alone".into(),
        advice: None,
    })
}

/// Why layers that hold alone do not hold all at once; `None` where they do.
fn not_together(found: &Found) -> Option<String> {
    match found {
        Found::Holds(_) => None,
        Found::Open(attacks) => Some(format!("together they do not refuse: {}", words(attacks))),
        Found::Missing(why) => Some(format!("together they cannot be put up ({why})")),
    }
}

fn words(attacks: &[Attack]) -> String {
    attacks
        .iter()
        .map(|attack| attack.words())
        .collect::<Vec<_>>()
        .join("; ")
}

/// What is missing, a line for each layer, and what to do about it.
pub(crate) fn missing(confinement: &Confinement) -> String {
    let lines = confinement.trials.iter().filter_map(|trial| {
        let why = match &trial.found {
            Found::Holds(_) => return None,
            Found::Open(attacks) => format!("does not stop everything: {}", words(attacks)),
            Found::Missing(why) => why.clone(),
        };
        Some(format!("  - {}: {why}", Layer::name(trial.layer)))
    });
    let together = not_together(&confinement.together);
    let lines: Vec<_> = lines
        .chain(together.map(|why| format!("  - all at once: {why}")))
        .collect();
    format!(
        "{}\nTo change that, {}; `kata doctor` shows what holds",
        lines.join("\n"),
        advice()
    )
}
