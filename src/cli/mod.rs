//! The command line: one file a command.

mod arguments;
mod blocks;
mod chart;
mod check;
mod compare;
mod differences;
mod discover;
mod exit;
mod explain;
mod extend;
mod folder;
mod layout;
mod merge;
mod new;
mod pictures;
mod place;
mod plan;
mod planning;
mod points;
mod precision;
mod progress;
mod report;
mod run;
mod scenario;
mod sensitivity;
mod shard;
mod shells;
mod show;
mod size;
mod status;
mod stop;
mod submit;
mod summary;
mod sweep;
mod terminal;
mod tornado;
mod upgrade;
mod verify;
mod whole;

use std::process::ExitCode;

use clap::Parser;

pub use arguments::command;
use arguments::{Arguments, Command};
use exit::Failure;

/// Reads the command line, does what it says, and gives the exit code.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            terminal::usage(&error);
            return ExitCode::from(if error.use_stderr() { exit::USAGE } else { exit::DONE });
        }
    };
    // A fault of ours ends with its own exit code and asks to be reported.
    match std::panic::catch_unwind(|| dispatch(arguments)) {
        Ok(Ok(())) => ExitCode::from(exit::DONE),
        Ok(Err(failure)) => {
            terminal::complain(&failure.message);
            ExitCode::from(failure.code)
        }
        Err(_) => {
            terminal::complain(
                "error: this is a fault of disengage, not of your file; please report the lines above",
            );
            ExitCode::from(exit::FAULT)
        }
    }
}

fn dispatch(arguments: Arguments) -> Done {
    if arguments.command.writes() {
        stop::listen()?;
    }
    match arguments.command {
        Command::Check(it) if it.upgrade => upgrade::upgrade(&it),
        Command::Check(it) => check::check(&it.files, it.format, it.distances),
        Command::Run(it) => match &it.plan {
            Some(folder) => sweep::share(folder, &it),
            None => run::run(&it),
        },
        Command::Compare(it) => compare::compare(&it),
        Command::Sweep(it) => sweep::sweep(&it),
        Command::Plan(it) => plan::plan(&it),
        Command::Status(it) => status::status(&it),
        Command::Extend(it) => extend::extend(&it),
        Command::Merge(it) => merge::merge(&it),
        Command::Submit(it) => submit::submit(&it),
        Command::Sensitivity(it) => sensitivity::sensitivity(&it),
        Command::Discover(it) => discover::discover(&it),
        Command::Chart(it) => chart::chart(&it),
        Command::Report(it) => report::report(&it),
        Command::Explain(it) => explain::explain(&it),
        Command::Verify(it) => verify::verify(&it),
        Command::New(it) => new::new(&it),
        Command::List => new::list(),
        Command::Schema => shells::schema(),
        Command::Completions(it) => shells::completions(&it),
        Command::Man => shells::man(),
    }
}

type Done = Result<(), Failure>;
