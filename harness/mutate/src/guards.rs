//! Guards that have a name: from where on they are held, and by which statements they are used.

use syn::{Block, Expr, Pat, Stmt};

use crate::{
    locks::Taken,
    source::{self, Source},
};

/// A guard in a block.
#[derive(Debug)]
pub(crate) struct Guard {
    /// Its name.
    pub(crate) name: String,
    /// The statement that binds it, as its place in the block.
    pub(crate) at: usize,
    /// Whether a wait gave it: the lock was held before, and what is under it was looked at.
    pub(crate) waited: bool,
    /// An expression that takes the same lock again, if one is known.
    pub(crate) again: Option<String>,
}

impl Guard {
    /// Whether one of these statements of its block is `drop(guard);`.
    pub(crate) fn is_dropped(&self, source: &Source<'_>, statements: &[Stmt]) -> bool {
        let drops =
            |statement: &Stmt| dropped(statement).is_some_and(|dropped| source.of(dropped) == self.name);
        statements.iter().any(drops)
    }
}

/// What a statement drops that is nothing but `drop(…);`.
pub(crate) fn dropped(statement: &Stmt) -> Option<&Expr> {
    let expression = source::effect(statement)?;
    match expression {
        Expr::Call(call) if source::function(expression).as_deref() == Some("drop") => call.args.first(),
        _ => None,
    }
}

/// The guards that a block binds, in order.
pub(crate) fn of(source: &Source<'_>, block: &Block) -> Vec<Guard> {
    let mut guards = Vec::new();
    // Results that have a guard in them.
    let mut wrapped: Vec<String> = Vec::new();
    let mut again = None;
    for (at, statement) in block.stmts.iter().enumerate() {
        let Stmt::Local(local) = statement else { continue };
        let (Some(init), Pat::Ident(bound)) = (&local.init, &local.pat) else {
            continue;
        };
        let anew = source.locks.takes_anew(&init.expr);
        match anew {
            true => again = Some(source.of(&*init.expr).to_owned()),
            false => again = lock_in(source, &init.expr).or(again),
        }
        let taken = source.locks.taken(&init.expr).or_else(|| {
            let unwrapped = unwrapped(&init.expr)?;
            wrapped.contains(&unwrapped).then_some(Taken::Guard)
        });
        match taken {
            Some(Taken::Wrapped) => wrapped.push(bound.ident.to_string()),
            Some(Taken::Guard) => guards.push(Guard {
                name: bound.ident.to_string(),
                at,
                waited: !anew,
                again: again.clone(),
            }),
            None => {}
        }
    }
    guards
}

/// The name of what is unwrapped, as in `room.expect("…")`.
fn unwrapped(expression: &Expr) -> Option<String> {
    let Expr::MethodCall(call) = expression else {
        return None;
    };
    match &*call.receiver {
        Expr::Path(path) if call.method != "clone" => path.path.get_ident().map(ToString::to_string),
        _ => None,
    }
}

/// What takes a lock in the middle of an expression.
fn lock_in(source: &Source<'_>, expression: &Expr) -> Option<String> {
    let mut found = None;
    source::within(expression, &mut |inner| {
        if found.is_none() && source.locks.takes_anew(inner) {
            found = Some(source.of(inner).to_owned());
        }
    });
    found
}
