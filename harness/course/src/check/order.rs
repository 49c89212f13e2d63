//! What comes after what: every exercise named in `after` is there, none comes after itself, and so there is
//! always one that can be done next.

use std::collections::HashMap;

use crate::{
    nearest::nearest,
    read::{Entry, Reader, listed},
    source_text::{At, Span},
};

/// Checks slugs and `after` of all exercises.
pub(crate) fn check(reader: &mut Reader<'_>, exercises: &[Entry<'_>]) {
    let slugs: Vec<At<&str>> = exercises
        .iter()
        .filter_map(|exercise| exercise.text("slug"))
        .collect();
    reader.report_repeated("exercise", &slugs);
    let mut order = Order::default();
    for slug in &slugs {
        order.nodes.entry(slug.value).or_insert(order.after.len());
        order.slugs.push(slug.value);
        order.after.push(Vec::new());
    }
    let complete = !reader.damage.any() && slugs.len() == exercises.len();
    for exercise in exercises {
        let Some(slug) = exercise.text("slug") else {
            continue;
        };
        let after = exercise.texts("after");
        reader.report_repeated("exercise", &after);
        for before in after {
            if before.value == slug.value {
                let message = format!("`{}` comes after itself", slug.value);
                let fault = reader.fault(before.span, message, "this very exercise");
                reader.report(fault.help("remove it from the list"));
            } else if let Some(node) = order.nodes.get(before.value) {
                order.after[order.nodes[slug.value]].push((*node, before.span));
            } else if complete {
                report_unknown(reader, before, &order.slugs);
            }
        }
    }
    for cycle in order.cycles() {
        report_cycle(reader, &order, &cycle);
    }
}

fn report_unknown(reader: &mut Reader<'_>, before: At<&str>, slugs: &[&str]) {
    let message = format!("there is no exercise `{}`", before.value);
    let fault = reader.fault(before.span, message, "no `[[exercise]]` has this slug");
    reader.report(fault.help(match nearest(before.value, slugs.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("the exercises are {}", listed(slugs.iter().copied())),
    }));
}

fn report_cycle(reader: &mut Reader<'_>, order: &Order<'_>, cycle: &[usize]) {
    let names: Vec<&str> = cycle
        .iter()
        .chain(&cycle[..1])
        .map(|node| order.slugs[*node])
        .collect();
    let to = cycle.get(1).unwrap_or(&cycle[0]);
    let (_, span) = order.after[cycle[0]]
        .iter()
        .find(|(before, _)| before == to)
        .expect("a cycle goes along `after`");
    let message = format!("`after` goes in a circle: {}", names.join(" → "));
    let fault = reader.fault(*span, message, "none of these could ever be started");
    reader.report(fault.help("take one of them out of the `after` of another"));
}

/// The exercises as a graph: from each to those that come before it.
#[derive(Default)]
struct Order<'t> {
    slugs: Vec<&'t str>,
    nodes: HashMap<&'t str, usize>,
    after: Vec<Vec<(usize, Span)>>,
}

impl Order<'_> {
    /// Cycles that share no exercise, each from its first exercise in the course; every exercise that can
    /// never be started is in one of them or comes after one.
    fn cycles(&self) -> Vec<Vec<usize>> {
        let mut startable = vec![false; self.slugs.len()];
        let mut cycles = Vec::new();
        loop {
            self.start_all(&mut startable);
            let found = self.cycles_among(&startable);
            if found.is_empty() {
                return cycles;
            }
            // As if they were mended: what else goes in a circle shows in the next round.
            found.iter().flatten().for_each(|node| startable[*node] = true);
            cycles.extend(found);
        }
    }

    /// Marks every exercise that can be started, given those that can (Kahn, "Topological sorting of large
    /// networks", 1962).
    fn start_all(&self, startable: &mut [bool]) {
        let mut waits_for: Vec<usize> = Vec::new();
        let mut unlocks: Vec<Vec<usize>> = vec![Vec::new(); self.slugs.len()];
        for (node, after) in self.after.iter().enumerate() {
            let open = after.iter().filter(|(before, _)| !startable[*before]);
            waits_for.push(open.clone().count());
            open.for_each(|(before, _)| unlocks[*before].push(node));
        }
        let ready = |node: &usize| waits_for[*node] == 0 && !startable[*node];
        let mut ready: Vec<usize> = (0..self.slugs.len()).filter(ready).collect();
        while let Some(node) = ready.pop() {
            startable[node] = true;
            for next in &unlocks[node] {
                waits_for[*next] -= 1;
                if waits_for[*next] == 0 && !startable[*next] {
                    ready.push(*next);
                }
            }
        }
    }

    /// From each exercise that cannot be started to the first that keeps it from starting, and on: such a walk
    /// always ends in a cycle.
    fn cycles_among(&self, startable: &[bool]) -> Vec<Vec<usize>> {
        let mut walk_of = vec![None; self.slugs.len()];
        let mut cycles = Vec::new();
        for start in (0..self.slugs.len()).filter(|node| !startable[*node]) {
            let mut walk = Vec::new();
            let mut node = start;
            while walk_of[node].is_none() {
                walk_of[node] = Some(start);
                walk.push(node);
                let mut blocked_by = self.after[node].iter().filter(|(before, _)| !startable[*before]);
                node = blocked_by.next().expect("what nothing blocks can be started").0;
            }
            if walk_of[node] == Some(start) {
                let entrance = walk
                    .iter()
                    .position(|each| *each == node)
                    .expect("it is on this walk");
                let mut cycle = walk.split_off(entrance);
                let first = (0..cycle.len())
                    .min_by_key(|at| cycle[*at])
                    .expect("a cycle is not empty");
                cycle.rotate_left(first);
                cycles.push(cycle);
            }
        }
        cycles
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Exercises `0`, `1`, … with what each comes after.
    fn cycles(after: &[&[usize]]) -> Vec<Vec<usize>> {
        let edges = |list: &&[usize]| list.iter().map(|before| (*before, Span::default())).collect();
        let order = Order {
            slugs: vec!["x"; after.len()],
            nodes: HashMap::new(),
            after: after.iter().map(edges).collect(),
        };
        order.cycles()
    }

    #[test]
    fn an_order_without_a_circle_has_none() {
        assert!(cycles(&[&[], &[0], &[0, 1], &[2, 1, 0]]).is_empty());
    }

    #[test]
    fn every_circle_is_found_once_from_its_first_exercise() {
        assert_eq!(cycles(&[&[1], &[2], &[0]]), [[0, 1, 2]]);
        assert_eq!(cycles(&[&[], &[2], &[1], &[4], &[3]]), [[1, 2], [3, 4]]);
        assert_eq!(
            cycles(&[&[1], &[2], &[1]]),
            [[1, 2]],
            "what leads to a circle is not in it"
        );
        assert_eq!(
            cycles(&[&[2, 1], &[0], &[3], &[2]]),
            [vec![2, 3], vec![0, 1]],
            "a circle behind a circle"
        );
    }

    #[test]
    fn a_long_chain_is_no_deep_recursion() {
        let after: Vec<Vec<usize>> = (0..100_000)
            .map(|node| if node == 0 { vec![99_999] } else { vec![node - 1] })
            .collect();
        let after: Vec<&[usize]> = after.iter().map(Vec::as_slice).collect();
        assert_eq!(cycles(&after)[0].len(), 100_000);
    }
}
