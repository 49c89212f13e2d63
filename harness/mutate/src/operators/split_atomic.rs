//! A step of an atomic becomes two: a load and a store.

use syn::Expr;

use super::{Operator, RARE};
use crate::{
    change::Change,
    items::Function,
    source::{Source, expressions, range},
};

pub(super) const OPERATOR: Operator = Operator {
    name: "split-atomic",
    about: "loads and stores, where an atomic is read and written in one step",
    cap: RARE,
    find,
};

/// Every step is as strong as it can be: orderings are not what is mutated here.
const ORDERING: &str = "::std::sync::atomic::Ordering::SeqCst";

fn find(source: &Source<'_>, function: &Function<'_>, changes: &mut Vec<Change>) {
    expressions(function.body, &mut |expression| {
        let Expr::MethodCall(call) = expression else {
            return;
        };
        let arguments: Vec<&str> = call.args.iter().map(|argument| source.of(argument)).collect();
        let atomic = source.of(&*call.receiver);
        let Some(steps) = steps(&call.method.to_string(), atomic, &arguments) else {
            return;
        };
        changes.push(Change::replace(
            range(expression),
            format!("({{ let before = {atomic}.load({ORDERING}); {steps} }})"),
            format!("`{}` is two steps: others can come in between", call.method),
        ));
    });
}

/// What is done with `before`.
fn steps(method: &str, atomic: &str, arguments: &[&str]) -> Option<String> {
    let store = |value: &str| format!("{atomic}.store({value}, {ORDERING});");
    let steps = match (method, arguments) {
        ("fetch_add", [by, _]) => store(&format!("before + ({by})")) + " before",
        ("fetch_sub", [by, _]) => store(&format!("before - ({by})")) + " before",
        ("fetch_or", [by, _]) => store(&format!("before | ({by})")) + " before",
        ("fetch_and", [by, _]) => store(&format!("before & ({by})")) + " before",
        ("fetch_xor", [by, _]) => store(&format!("before ^ ({by})")) + " before",
        ("fetch_max", [by, _]) => store(&format!("before.max({by})")) + " before",
        ("fetch_min", [by, _]) => store(&format!("before.min({by})")) + " before",
        ("swap", [new, ordering]) if ordering.contains("Ordering") => store(new) + " before",
        ("compare_exchange" | "compare_exchange_weak", [old, new, _, _]) => {
            format!(
                "if before == ({old}) {{ {} Ok(before) }} else {{ Err(before) }}",
                store(new)
            )
        }
        ("fetch_update" | "try_update", [_, _, change]) => format!(
            "match ({change})(before) {{ Some(after) => {{ {} Ok(before) }} None => Err(before) }}",
            store("after")
        ),
        _ => return None,
    };
    Some(steps)
}
