//! What a finding is about. Each has a section in `docs/troubleshooting.md`.

use kata_sandbox::Layer;

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    Toolchain,
    Linker,
    Cache,
    Runtime,
    Threads,
    Sandbox,
    Layer(Layer),
    AllAtOnce,
    EndlessLoop,
    Daemon,
    Flood,
    Course,
}

impl Subject {
    /// What the screen and the page call it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Subject::Toolchain => "toolchain",
            Subject::Linker => "linker",
            Subject::Cache => "cache",
            Subject::Runtime => "runtime",
            Subject::Threads => "threads",
            Subject::Sandbox => "sandbox",
            Subject::Layer(layer) => layer.name(),
            Subject::AllAtOnce => "all at once",
            Subject::EndlessLoop => "endless loop",
            Subject::Daemon => "daemon",
            Subject::Flood => "flood",
            Subject::Course => "course",
        }
    }
}

#[cfg(test)]
mod tests {
    use kata_sandbox::Attack;

    use super::*;

    /// Every one that there can be.
    fn all() -> Vec<Subject> {
        let layers = Layer::ALL
            .into_iter()
            .filter(|layer| !Attack::stopped_by(*layer).is_empty());
        let others = [
            Subject::Toolchain,
            Subject::Linker,
            Subject::Cache,
            Subject::Runtime,
            Subject::Threads,
            Subject::Sandbox,
            Subject::AllAtOnce,
            Subject::EndlessLoop,
            Subject::Daemon,
            Subject::Flood,
            Subject::Course,
        ];
        // So that whoever adds one sees that it belongs here.
        match others[0] {
            Subject::Toolchain
            | Subject::Linker
            | Subject::Cache
            | Subject::Runtime
            | Subject::Threads
            | Subject::Sandbox
            | Subject::Layer(_)
            | Subject::AllAtOnce
            | Subject::EndlessLoop
            | Subject::Daemon
            | Subject::Flood
            | Subject::Course => {}
        }
        layers.map(Subject::Layer).chain(others).collect()
    }

    #[test]
    fn every_finding_has_its_section() {
        let page = include_str!("../../../../../docs/troubleshooting.md");
        for subject in all() {
            let name = subject.name();
            assert!(page.contains(&format!("\n## `{name}`\n")), "{name}");
        }
    }
}
