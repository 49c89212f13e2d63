//! Code that threads run and that touches nothing they share: each of them works for itself.

use kata_protocol::{Verdict, trace::Trace};

use super::{super::names::Names, Diagnosis};

/// Says that no step of the code under test can be seen by another thread, where there are several.
pub(super) fn find(diagnosis: &mut Diagnosis, trace: &Trace, verdict: Verdict, names: &Names<'_>) {
    let wrong = matches!(verdict, Verdict::Race | Verdict::WrongAnswer);
    let of_test = trace.steps.iter().all(|step| names.is_of_test(&step.location));
    let worked = trace.steps.iter().any(|step| step.thread != 0);
    if wrong && of_test && worked && trace.left_out == 0 && diagnosis.sentences.is_empty() {
        let nothing = "Your code takes no lock here, and touches no atomic and no channel: what it does in one thread, no other thread sees.";
        diagnosis.say(vec![nothing.to_owned()]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::traces;

    fn found(trace: &Trace) -> Vec<String> {
        let mut diagnosis = Diagnosis::default();
        find(&mut diagnosis, trace, Verdict::WrongAnswer, &Names::of(trace));
        diagnosis.sentences
    }

    #[test]
    fn threads_that_share_nothing_are_told_so() {
        let mut trace = traces::lost_update();
        assert!(found(&trace).is_empty());
        let of_test = trace.threads[0].spawned.clone();
        for step in &mut trace.steps {
            step.location = of_test.clone();
        }
        assert_eq!(found(&trace).len(), 1);
        trace.steps.retain(|step| step.thread == 0);
        assert!(found(&trace).is_empty());
    }
}
