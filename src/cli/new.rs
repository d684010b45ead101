//! `new` and `list`.

use super::arguments::NewArguments;
use super::exit::{Failure, OUTPUT};
use super::{Done, terminal};
use crate::scenario::{BUNDLED, Scenario, starter};

/// Writes the commented starter file.
pub(super) fn new(arguments: &NewArguments) -> Done {
    let path = &arguments.file;
    let failure = |why: String| Failure {
        code: OUTPUT,
        message: format!("error: {}: {why}", path.display()),
    };
    if path.exists() && !arguments.force {
        return Err(failure(
            "is there already: choose another name, or replace it with --force".into(),
        ));
    }
    std::fs::write(path, starter()).map_err(|error| failure(error.to_string()))?;
    terminal::say(&format!("wrote {}\nnext: disengage run {}", path.display(), path.display()));
    Ok(())
}

/// Prints a line for each bundled scenario.
pub(super) fn list() -> Done {
    let width = BUNDLED.iter().map(|it| it.name.len()).max().unwrap_or(0);
    for bundled in BUNDLED {
        let title = Scenario::parse(bundled.text).0.map(|it| it.title).unwrap_or_default();
        terminal::say(&format!("{:width$}  {title}", bundled.name));
    }
    Ok(())
}
