//! `new` and `list`.

use super::arguments::NewArguments;
use super::exit::Failure;
use super::{Done, terminal};
use crate::scenario::{BUNDLED, Scenario, starter};

/// Writes the commented starter file.
pub(super) fn new(arguments: &NewArguments) -> Done {
    let path = &arguments.file;
    let shown = path.display();
    if path.exists() && !arguments.force {
        return Err(Failure::output(format!(
            "{shown}: is there already: choose another name, or replace it with --force"
        )));
    }
    std::fs::write(path, starter())
        .map_err(|error| Failure::output(format!("{shown}: {error}")))?;
    terminal::say(&format!("wrote {shown}\nnext: disengage run {shown}"));
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
