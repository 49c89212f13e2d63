//! The screen of `kata doctor`: what was tried on this machine, what it means, what to do.

use textwrap::core::display_width;

use kata_untrusted::clean;

use crate::{
    page::{Page, count, fill},
    style::{Style, Tone},
};

/// The outcome of one thing that was tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How it went.
    pub health: Health,
    /// What was looked at, in a word or two: `toolchain`, `sandbox`.
    pub name: String,
    /// What was found and what that means.
    pub means: String,
    /// What was tried to find it out.
    pub tried: String,
    /// What to do about it; code in backticks.
    pub advice: Option<String>,
}

/// How good a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    /// As it should be.
    Ok,
    /// kata works, with something missing.
    Warn,
    /// kata cannot grade until it is mended.
    Fail,
}

impl Health {
    fn sign(self) -> (Tone, &'static str) {
        match self {
            Health::Ok => (Tone::Good, "✓"),
            Health::Warn => (Tone::Warning, "!"),
            Health::Fail => (Tone::Bad, "✗"),
        }
    }
}

/// The screen of `kata doctor`.
pub fn doctor(findings: &[Finding], style: &Style) -> String {
    let mut page = Page::new(style);
    let column = findings
        .iter()
        .map(|finding| display_width(&finding.name))
        .max()
        .unwrap_or(0);
    let column = column.min(style.width / 4) + 3;
    for finding in findings {
        draw(&mut page, finding, column);
    }
    page.gap();
    page.say(2, &diagnosis(findings));
    page.finish()
}

fn draw(page: &mut Page, finding: &Finding, column: usize) {
    let (tone, sign) = finding.health.sign();
    let sign = page.style().paint(tone, sign);
    let label = format!("{sign} {}", fill(&clean(&finding.name), column));
    page.say_beside(2, &label, column + 2, &clean(&finding.means));
    let more = column + 4;
    page.say_beside(more, "tried", 7, &clean(&finding.tried));
    if let Some(advice) = &finding.advice {
        page.say_beside(more, "to do", 7, &clean(advice));
    }
}

/// The sentence at the end: can this machine grade?
fn diagnosis(findings: &[Finding]) -> String {
    let number = |health| findings.iter().filter(|finding| finding.health == health).count();
    match (number(Health::Fail), number(Health::Warn)) {
        (0, 0) => "All is well: kata can grade here.".to_owned(),
        (0, warnings) => format!(
            "kata can grade here, with {}: see `!` above.",
            count(warnings, "reservation")
        ),
        (1, _) => "kata cannot grade here yet: one thing has to be mended, see `✗` above.".to_owned(),
        (fails, _) => format!("kata cannot grade here yet: {fails} things have to be mended, see `✗` above."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(health: Health, name: &str, means: &str, tried: &str, advice: Option<&str>) -> Finding {
        Finding {
            health,
            name: name.to_owned(),
            means: means.to_owned(),
            tried: tried.to_owned(),
            advice: advice.map(str::to_owned),
        }
    }

    fn findings() -> Vec<Finding> {
        vec![
            finding(Health::Ok, "toolchain", "rustc 1.95.0", "`rustc -vV`", None),
            finding(
                Health::Fail,
                "linker",
                "no C linker: nothing can be linked, so no test can run",
                "linking an empty program",
                Some("install one: `apt install gcc`, `dnf install gcc`, or `xcode-select --install`"),
            ),
            finding(
                Health::Ok,
                "runtime",
                "compiled for this toolchain, 61 MiB",
                "opening `~/.cache/kata/runtime-1.95.0`",
                None,
            ),
            finding(
                Health::Warn,
                "sandbox",
                "tier C: a submission can read the files of your account. Good for your own code, not for that of strangers.",
                "starting a process in a user namespace: refused (EPERM)",
                Some(
                    "allow user namespaces: `sysctl kernel.unprivileged_userns_clone=1`, or grade strangers' code in a container",
                ),
            ),
        ]
    }

    #[test]
    fn each_finding_says_what_was_tried_and_what_to_do() {
        insta::assert_snapshot!("doctor_80", doctor(&findings(), &Style::plain(80)));
        insta::assert_snapshot!("doctor_120", doctor(&findings(), &Style::plain(120)));
    }

    #[test]
    fn the_last_line_says_whether_this_machine_can_grade() {
        let all = findings();
        let last = |findings: &[Finding]| {
            doctor(findings, &Style::plain(80))
                .lines()
                .last()
                .unwrap()
                .to_owned()
        };
        assert_eq!(last(&all[..1]), "  All is well: kata can grade here.");
        assert_eq!(
            last(&all[2..]),
            "  kata can grade here, with 1 reservation: see `!` above."
        );
        assert!(last(&all).contains("cannot grade here yet: one thing"));
    }
}
