//! The command line: one file a command.

mod arguments;
mod chart;
mod check;
mod exit;
mod new;
mod progress;
mod run;
mod shells;
mod summary;
mod terminal;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};
pub use arguments::command;
use exit::Failure;

/// Reads the command line, does what it says, and gives the exit code.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // clap prints help and version to standard output, the rest to
            // standard error; a closed pipe is no error.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { exit::USAGE } else { exit::DONE });
        }
    };
    let done = match arguments.command {
        Command::Check(it) => check::check(&it),
        Command::Run(it) => run::run(&it),
        Command::Chart(it) => chart::chart(&it),
        Command::New(it) => new::new(&it),
        Command::List => new::list(),
        Command::Schema => shells::schema(),
        Command::Completions(it) => shells::completions(&it),
        Command::Man => shells::man(),
    };
    match done {
        Ok(()) => ExitCode::from(exit::DONE),
        Err(failure) => {
            terminal::complain(&failure.message);
            ExitCode::from(failure.code)
        }
    }
}

type Done = Result<(), Failure>;
