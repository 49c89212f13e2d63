//! The barrier, and what is done once.

use super::{Instr, Machine, Moved, NONE, PANICS};
use crate::oracle::program::{Kind, Op};

/// How far something that is done once has come.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Stage {
    New,
    Running,
    Poisoned,
    Done(u64),
}

impl Moved {
    /// Begins an operation; `false` if it is none of these.
    pub(super) fn begin_on_once(&mut self, op: Op) -> bool {
        let Op { kind, object, value } = op;
        let Machine { once, cell, lazy, .. } = self.from;
        match kind {
            Kind::Barrier => self.to(|machine, me| {
                machine.arrived += 1;
                if machine.arrived == machine.size {
                    machine.arrived = 0;
                    machine.generation += 1;
                    machine.log(me, 1);
                } else {
                    machine.first(me, Instr::PassBarrier(machine.generation));
                }
            }),
            Kind::CallOnce | Kind::CallOncePanics | Kind::CallOnceForce | Kind::CallOnceAgain => {
                self.take(Instr::EnterOnce(kind, object, value));
            }
            Kind::IsCompleted => self.to(|machine, me| {
                machine.log(me, u64::from(matches!(once, Stage::Done(_))));
            }),
            Kind::OnceWait => {
                let over = matches!(once, Stage::Done(_) | Stage::Poisoned);
                self.when(over, |machine, me| machine.log_call(me, once != Stage::Poisoned));
            }
            Kind::Set => match cell {
                Stage::Done(_) => self.to(|machine, me| machine.log(me, 0)),
                Stage::New => self.to(|machine, me| {
                    machine.cell = Stage::Running;
                    machine.first(me, Instr::Log(1));
                    machine.first(me, Instr::FillCell(None, value));
                }),
                _ => (),
            },
            Kind::Get => self.to(|machine, me| {
                machine.log(
                    me,
                    if let Stage::Done(value) = cell {
                        value
                    } else {
                        NONE
                    },
                );
            }),
            Kind::GetOrInit => match cell {
                Stage::Done(value) => self.to(|machine, me| machine.log(me, value)),
                Stage::New => self.to(|machine, me| {
                    machine.cell = Stage::Running;
                    machine.first(me, Instr::FillCell(Some(object), value));
                }),
                _ => (),
            },
            Kind::WaitForCell => {
                if let Stage::Done(value) = cell {
                    self.to(|machine, me| machine.log(me, value));
                }
            }
            Kind::Force => match lazy {
                Stage::Done(value) => self.to(|machine, me| machine.log(me, value)),
                Stage::New => self.to(|machine, me| {
                    machine.lazy = Stage::Running;
                    machine.first(me, Instr::MakeLazy);
                }),
                _ => (),
            },
            _ => return false,
        }
        true
    }

    pub(super) fn on_once(&mut self, instr: Instr) {
        match instr {
            Instr::PassBarrier(generation) => {
                let open = self.from.generation != generation;
                self.when(open, |machine, me| machine.log(me, 0));
            }
            Instr::EnterOnce(kind, object, value) => self.enter_once(kind, object, value),
            Instr::LeaveOnce(completed) => self.to(|machine, me| {
                machine.once = if completed {
                    Stage::Done(0)
                } else {
                    Stage::Poisoned
                };
                machine.log_call(me, completed);
            }),
            // With an object, a value is computed from it first.
            Instr::FillCell(Some(object), value) => self.to(|machine, me| {
                let value = value + machine.atomics[object];
                machine.first(me, Instr::Log(value));
                machine.first(me, Instr::FillCell(None, value));
            }),
            Instr::FillCell(None, value) => self.to(|machine, _| machine.cell = Stage::Done(value)),
            Instr::MakeLazy => self.to(|machine, me| {
                let value = machine.atomics[0];
                machine.atomics[0] += 50;
                machine.first(me, Instr::FillLazy(value));
            }),
            Instr::FillLazy(value) => self.to(|machine, me| {
                machine.lazy = Stage::Done(value);
                machine.log(me, value);
            }),
            _ => unreachable!("nothing that is done once"),
        }
    }

    fn enter_once(&mut self, kind: Kind, object: usize, value: u64) {
        let (once, force) = (self.from.once, kind == Kind::CallOnceForce);
        match once {
            Stage::Running => (),
            Stage::Done(_) => self.to(|machine, me| machine.log_call(me, true)),
            Stage::Poisoned if !force => self.to(|machine, me| machine.log_call(me, false)),
            Stage::New | Stage::Poisoned => self.to(|machine, me| {
                machine.once = Stage::Running;
                let add = Instr::Add {
                    object,
                    value,
                    logs: true,
                };
                let work = match kind {
                    Kind::CallOncePanics => Instr::Load(object),
                    Kind::CallOnceAgain => Instr::EnterOnce(kind, object, value),
                    _ => add,
                };
                if force {
                    machine.log(me, u64::from(once == Stage::Poisoned));
                }
                machine.first(me, Instr::LeaveOnce(kind != Kind::CallOncePanics));
                machine.first(me, work);
            }),
        }
    }
}

impl Machine {
    /// Notes whether a call returned or panicked.
    fn log_call(&mut self, thread: usize, returned: bool) {
        self.log(thread, if returned { 1 } else { PANICS });
    }
}
