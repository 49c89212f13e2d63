//! What a step touches, and which steps therefore commute.

/// An object of one execution: a lock, an atomic, a channel, a thread. Numbered in the order of first use,
/// so that two executions with a common beginning agree on every number given in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectId(pub u32);

/// How a step touches an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// Looks at the state and leaves it alone.
    Read,
    /// Looks at the state, changes it, or both.
    Write,
    /// Takes what a [`Mode::Release`] gives; it is impossible until then.
    Acquire,
    /// Makes a [`Mode::Acquire`] possible that was not.
    Release,
    /// Takes a share, as readers do: shares are taken and given back in any order.
    AcquireShared,
    /// Gives a share back.
    ReleaseShared,
}

/// One object that a step touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Access {
    /// The object.
    pub object: ObjectId,
    /// How it is touched.
    pub mode: Mode,
}

impl Mode {
    /// Whether the order of two touches of the same object can be seen.
    pub fn conflicts(self, other: Mode) -> bool {
        use Mode::{AcquireShared, Read, ReleaseShared};
        !matches!(
            (self, other),
            (Read, Read) | (AcquireShared | ReleaseShared, AcquireShared | ReleaseShared)
        )
    }

    /// Whether `later` had to wait for `self`, so that the two cannot happen the other way round.
    pub fn enables(self, later: Mode) -> bool {
        matches!(
            (self, later),
            (Mode::Release, Mode::Acquire | Mode::AcquireShared) | (Mode::ReleaseShared, Mode::Acquire)
        )
    }
}

/// Whether two steps of different threads do not commute.
pub(crate) fn dependent(a: &[Access], b: &[Access]) -> bool {
    a.iter()
        .any(|x| b.iter().any(|y| x.object == y.object && x.mode.conflicts(y.mode)))
}

/// Whether two dependent steps, `earlier` before `later`, could have come the other way round.
pub(crate) fn reversible(earlier: &[Access], later: &[Access]) -> bool {
    !earlier.iter().any(|x| {
        later
            .iter()
            .any(|y| x.object == y.object && x.mode.enables(y.mode))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Mode; 6] = [
        Mode::Read,
        Mode::Write,
        Mode::Acquire,
        Mode::Release,
        Mode::AcquireShared,
        Mode::ReleaseShared,
    ];

    #[test]
    fn conflict_is_symmetric() {
        for a in ALL {
            for b in ALL {
                assert_eq!(a.conflicts(b), b.conflicts(a), "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn what_enables_also_conflicts() {
        for a in ALL {
            for b in ALL {
                assert!(!a.enables(b) || a.conflicts(b), "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn steps_on_different_objects_commute() {
        let write = |object| {
            [Access {
                object: ObjectId(object),
                mode: Mode::Write,
            }]
        };
        assert!(!dependent(&write(1), &write(2)));
        assert!(dependent(&write(1), &write(1)));
    }
}
