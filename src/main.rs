//! The `disengage` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    disengage::cli::main()
}
