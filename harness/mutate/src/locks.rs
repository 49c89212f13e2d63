//! Which expressions take a lock.

use syn::{Expr, File, ReturnType, Signature, Type};

use crate::{items, source};

/// The functions of a source that give a guard out.
pub(crate) struct Locks {
    own: Vec<String>,
}

/// What an expression gives that takes a lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// A guard.
    Guard,
    /// A guard that still is to be unwrapped.
    Wrapped,
}

/// The methods that take a lock and have no arguments.
const LOCKS: [&str; 4] = ["lock", "read", "write", "acquire"];

/// The methods that give a lock back for as long as they wait.
pub(crate) const WAITS: [&str; 4] = ["wait", "wait_while", "wait_timeout", "wait_timeout_while"];

/// What only takes a guard out of a result.
const UNWRAPS: [&str; 3] = ["expect", "unwrap", "unwrap_or_else"];

impl Locks {
    /// Those of a file.
    pub(crate) fn of(file: &File) -> Locks {
        let functions = items::of(file, "");
        let own = functions
            .iter()
            .filter(|function| gives_guard(function.signature));
        Locks {
            own: own.map(|function| function.signature.ident.to_string()).collect(),
        }
    }

    /// What an expression gives, if all that it does is to take a lock: `self.state.lock().expect("…")`.
    pub(crate) fn taken(&self, expression: &Expr) -> Option<Taken> {
        match expression {
            Expr::MethodCall(call) => {
                let method = call.method.to_string();
                if UNWRAPS.contains(&&*method) {
                    return self.taken(&call.receiver).map(|_| Taken::Guard);
                }
                if self.own.contains(&method) {
                    return Some(Taken::Guard);
                }
                let locks = LOCKS.contains(&&*method) && call.args.is_empty();
                (locks || WAITS.contains(&&*method)).then_some(Taken::Wrapped)
            }
            Expr::Call(_) => {
                let called = source::function(expression)?;
                self.own.contains(&called).then_some(Taken::Guard)
            }
            // A lock of tokio's gives its guard itself.
            Expr::Await(awaited) => self.taken(&awaited.base).map(|_| Taken::Guard),
            Expr::Try(tried) => self.taken(&tried.expr).map(|_| Taken::Guard),
            Expr::Paren(inner) => self.taken(&inner.expr),
            _ => None,
        }
    }

    /// Whether an expression takes a lock that was not held before, and gives its guard.
    pub(crate) fn takes_anew(&self, expression: &Expr) -> bool {
        self.taken(expression) == Some(Taken::Guard) && !self.waits(expression)
    }

    /// Whether it is a wait, or is made out of a guard.
    fn waits(&self, expression: &Expr) -> bool {
        source::any(expression, &|inner| {
            let wait = source::method(inner).is_some_and(|name| name.starts_with("wait"));
            wait || given(inner).any(|argument| self.taken(argument).is_some())
        })
    }
}

/// What is handed to a call.
fn given(expression: &Expr) -> impl Iterator<Item = &Expr> {
    let arguments = match expression {
        Expr::MethodCall(call) => Some(&call.args),
        Expr::Call(call) => Some(&call.args),
        _ => None,
    };
    arguments.into_iter().flatten()
}

/// Whether a function returns a type with `Guard` at the end of its name.
fn gives_guard(signature: &Signature) -> bool {
    let ReturnType::Type(_, returned) = &signature.output else {
        return false;
    };
    let Type::Path(path) = &**returned else {
        return false;
    };
    let last = path.path.segments.last();
    last.is_some_and(|last| last.ident.to_string().ends_with("Guard"))
}
