//! Futures are awaited one after the other.

use syn::{Expr, Macro, Stmt, parse::Parser, punctuated::Punctuated, token::Comma};

use super::{Operator, RARE};
use crate::{
    change::Change,
    items::Function,
    source::{self, Source, blocks, expressions, range},
};

pub(super) const OPERATOR: Operator = Operator {
    name: "await-in-sequence",
    about: "awaits one after the other what should go on at once",
    cap: RARE,
    find,
};

fn find(source: &Source<'_>, function: &Function<'_>, changes: &mut Vec<Change>) {
    expressions(function.body, &mut |expression| match expression {
        Expr::Macro(called) => joined(source, &called.mac, range(expression), changes),
        Expr::Await(awaited) if source::function(&awaited.base).as_deref() == Some("join_all") => {
            if let Expr::Call(call) = &*awaited.base
                && let Some(futures) = call.args.first()
            {
                let futures = source.of(futures);
                changes.push(Change::replace(
                    range(expression),
                    format!("({{ let mut all = Vec::new(); for future in {futures} {{ all.push(future.await); }} all }})"),
                    "each future is awaited before the next one is polled",
                ));
            }
        }
        Expr::Call(call)
            if function.signature.asyncness.is_some() && spawns(source::function(expression)) =>
        {
            spawned(source, source.of(&*call.func), expression, &call.args, changes);
        }
        Expr::MethodCall(call)
            if function.signature.asyncness.is_some() && spawns(source::method(expression)) =>
        {
            let spawn = format!("{}.{}", source.of(&*call.receiver), call.method);
            spawned(source, &spawn, expression, &call.args, changes);
        }
        _ => {}
    });
    // A macro that is a statement is no expression.
    blocks(function.body, &mut |block| {
        for statement in &block.stmts {
            if let Stmt::Macro(called) = statement {
                joined(source, &called.mac, range(&called.mac), changes);
            }
        }
    });
}

fn spawns(name: Option<String>) -> bool {
    name.is_some_and(|name| name == "spawn" || name == "spawn_local")
}

/// `join!(a, b)`
fn joined(source: &Source<'_>, called: &Macro, range: std::ops::Range<usize>, changes: &mut Vec<Change>) {
    let last = called.path.segments.last();
    let Some(tried) = last.and_then(|last| match &*last.ident.to_string() {
        "join" => Some(false),
        "try_join" => Some(true),
        _ => None,
    }) else {
        return;
    };
    let futures = Punctuated::<Expr, Comma>::parse_terminated.parse2(called.tokens.clone());
    let Ok(futures) = futures else { return };
    let sign = if tried { "?" } else { "" };
    let awaited: String = futures
        .iter()
        .map(|future| format!("({}).await{sign}, ", source.of(future)))
        .collect();
    let sequence = match tried {
        true => format!("async {{ Ok(({awaited})) }}.await"),
        false => format!("({awaited})"),
    };
    changes.push(Change::replace(
        range,
        sequence,
        "each future is awaited before the next one is polled",
    ));
}

/// `tasks.spawn(future)`
fn spawned(
    source: &Source<'_>,
    spawn: &str,
    expression: &Expr,
    arguments: &Punctuated<Expr, Comma>,
    changes: &mut Vec<Change>,
) {
    let [future] = &*arguments.iter().collect::<Vec<_>>() else {
        return;
    };
    let future = source.of(*future);
    changes.push(Change::replace(
        range(expression),
        format!("({{ let ended = ({future}).await; {spawn}(async move {{ ended }}) }})"),
        "the future is awaited here, before the task is started",
    ));
}
