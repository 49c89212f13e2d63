//! Putting the layers up around a program.
//!
//! Two processes take part, the warden before it starts the program, and the program's own before it executes:
//!
//! | layer | in the warden | in the program's process |
//! | --- | --- | --- |
//! | control groups | `cgroup`: makes one | joins it |
//! | namespaces | `namespaces`: enters new ones, as their first process | `root`: a root of its own |
//! | another user | | `user`: becomes it |
//! | Landlock | | `files`: restricts itself |
//! | seccomp | | `calls`: installs the filter, last of all |

pub(super) mod calls;
pub(super) mod cgroup;
pub(super) mod files;
pub(super) mod namespaces;
pub(super) mod root;
pub(super) mod user;
