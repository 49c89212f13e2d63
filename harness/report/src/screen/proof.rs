//! What was proved of a test that passes, and what the proof does not say.

use kata_protocol::{
    report::{Report, Unproved, Why},
    trace::Proof,
};
use kata_untrusted::clean_line;

use crate::page::grouped;

/// `proved: all 32 interleavings`, for a line of the table.
pub(crate) fn summary(proof: &Proof) -> String {
    let executions = proof.executions();
    let number = grouped(executions);
    match proof {
        Proof::Exhausted { spurious, .. } => {
            let all = match executions {
                1 => "proved: the only interleaving".to_owned(),
                _ => format!("proved: all {number} interleavings"),
            };
            let but = if *spurious {
                ""
            } else {
                " without spurious wake-ups"
            };
            all + but
        }
        Proof::Bounded { preemptions, .. } => {
            let preemptions = match preemptions {
                0 => "without preemptions".to_owned(),
                1 => "with up to 1 preemption".to_owned(),
                more => format!("with up to {more} preemptions"),
            };
            format!(
                "no failure {preemptions} ({number} execution{})",
                plural(executions)
            )
        }
        Proof::Orders { .. } => match executions {
            1 => "proved: the only order of its tasks".to_owned(),
            _ => format!("proved: all {number} orders of its tasks"),
        },
        Proof::Delayed { delays, .. } => format!(
            "no failure with up to {delays} delay{} ({number} execution{})",
            plural(u64::from(*delays)),
            plural(executions)
        ),
        Proof::Sampled { .. } => format!("no failure in {number} sample{}", plural(executions)),
    }
}

/// What the proofs of a report do not cover, each in a sentence or two.
pub(super) fn reservations(report: &Report) -> Vec<String> {
    let proofs = || report.tests.iter().filter_map(|test| test.proof);
    let weak = proofs().any(|proof| match proof {
        Proof::Exhausted { weak_orderings, .. }
        | Proof::Bounded { weak_orderings, .. }
        | Proof::Sampled { weak_orderings, .. } => weak_orderings,
        Proof::Orders { .. } | Proof::Delayed { .. } => false,
    });
    let weak = weak.then(|| {
        "The code asks for orderings weaker than `SeqCst`; all ran as `SeqCst`, so what a weaker one allows is not covered."
            .to_owned()
    });
    let unproved = report.unproved.as_ref().filter(|_| proofs().next().is_some());
    unproved.map(unproved_because).into_iter().chain(weak).collect()
}

/// Why nothing is proved though schedules were explored.
fn unproved_because(unproved: &Unproved) -> String {
    let word = clean_line(&unproved.word);
    let place = match &unproved.location {
        Some(location) => clean_line(&location.to_string()).into_owned(),
        None => "the hidden tests".to_owned(),
    };
    let uncounted = "kata cannot count them in this code, as where an `Arc` becomes an `Arc<dyn …>`, a `Waker` or a `self`";
    let reason = match unproved.why {
        Why::Looked => {
            format!("What `{word}` does ({place}) depends on how many references an `Arc` has. {uncounted}")
        }
        Why::Dropped => format!(
            "Whoever drops the last reference of an `Arc` may be noticed by others (`{word}`, {place}). {uncounted}"
        ),
        Why::Unsafe => format!("`{word}` code ({place}) can share memory of which no schedule knows"),
    };
    format!("{reason}: so these are samples, and nothing is proved.")
}

fn plural(number: u64) -> &'static str {
    if number == 1 { "" } else { "s" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_proof_says_how_far_it_goes() {
        let exhausted = |executions, spurious| Proof::Exhausted {
            executions,
            spurious,
            weak_orderings: false,
        };
        let bounded = |preemptions, executions| Proof::Bounded {
            preemptions,
            executions,
            weak_orderings: false,
        };
        let sampled = Proof::Sampled {
            executions: 2000,
            weak_orderings: false,
        };
        let cases = [
            (exhausted(32, true), "proved: all 32 interleavings"),
            (exhausted(1, true), "proved: the only interleaving"),
            (
                exhausted(32, false),
                "proved: all 32 interleavings without spurious wake-ups",
            ),
            (
                bounded(2, 1234),
                "no failure with up to 2 preemptions (1,234 executions)",
            ),
            (bounded(1, 7), "no failure with up to 1 preemption (7 executions)"),
            (bounded(0, 1), "no failure without preemptions (1 execution)"),
            (sampled, "no failure in 2,000 samples"),
            (
                Proof::Orders { executions: 24 },
                "proved: all 24 orders of its tasks",
            ),
            (
                Proof::Orders { executions: 1 },
                "proved: the only order of its tasks",
            ),
            (
                Proof::Delayed {
                    delays: 2,
                    executions: 1234,
                },
                "no failure with up to 2 delays (1,234 executions)",
            ),
        ];
        for (proof, words) in cases {
            assert_eq!(summary(&proof), words);
        }
    }
}
