//! The job runs here, and a thread is started that only hands its result on.

use syn::{Expr, ExprCall, ExprMethodCall, punctuated::Punctuated, token::Comma};

use super::{Operator, RARE};
use crate::{
    change::Change,
    items::Function,
    source::{Source, expressions, range},
};

pub(super) const OPERATOR: Operator = Operator {
    name: "run-here",
    about: "runs a job on the thread that should have handed it over",
    cap: RARE,
    find,
};

const SAYS: &str = "the job runs here, before the thread is started";

fn find(source: &Source<'_>, function: &Function<'_>, changes: &mut Vec<Change>) {
    // In async code, `spawn` takes a future: that is another operator's.
    let is_async = function.signature.asyncness.is_some();
    expressions(function.body, &mut |expression| {
        let (spawn, arguments) = match expression {
            Expr::MethodCall(ExprMethodCall {
                receiver,
                method,
                args,
                ..
            }) if is_spawn(&method.to_string(), is_async) => {
                (format!("{}.{method}", source.of(&**receiver)), args)
            }
            Expr::Call(ExprCall { func, args, .. }) if path_spawns(func, is_async) => {
                (source.of(&**func).to_owned(), args)
            }
            Expr::MethodCall(ExprMethodCall { args, .. }) => {
                handed_on(source, args, is_async, changes);
                return;
            }
            _ => return,
        };
        if let [job] = &*arguments.iter().collect::<Vec<_>>()
            && !matches!(job, Expr::Async(_))
        {
            let job = source.of(*job);
            changes.push(Change::replace(
                range(expression),
                format!("({{ let ended = ({job})(); {spawn}(move || ended) }})"),
                SAYS,
            ));
        }
    });
}

/// `map(thread::spawn)`
fn handed_on(
    source: &Source<'_>,
    arguments: &Punctuated<Expr, Comma>,
    is_async: bool,
    changes: &mut Vec<Change>,
) {
    for argument in arguments
        .iter()
        .filter(|argument| path_spawns(argument, is_async))
    {
        let spawn = source.of(argument);
        changes.push(Change::replace(
            range(argument),
            format!("|job| {{ let ended = job(); {spawn}(move || ended) }}"),
            SAYS,
        ));
    }
}

fn path_spawns(expression: &Expr, is_async: bool) -> bool {
    let Expr::Path(path) = expression else {
        return false;
    };
    let last = path.path.segments.last();
    last.is_some_and(|last| is_spawn(&last.ident.to_string(), is_async))
}

fn is_spawn(name: &str, is_async: bool) -> bool {
    name == "spawn_blocking" || (name == "spawn" && !is_async)
}
