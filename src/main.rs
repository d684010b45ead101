//! The `disengage` command.

fn main() {}
