//! `schema`, `completions` and `man`.

use super::arguments::{CompletionsArguments, command};
use super::exit::Failure;
use super::{Done, terminal};

/// Prints the JSON Schema of scenario files.
pub(super) fn schema() -> Done {
    let text = serde_json::to_string_pretty(&crate::scenario::json_schema())
        .map_err(|error| Failure::fault(error.to_string()))?;
    terminal::say(&text);
    Ok(())
}

/// Prints a completion script.
pub(super) fn completions(arguments: &CompletionsArguments) -> Done {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command(), "disengage", &mut script);
    terminal::say(String::from_utf8_lossy(&script).trim_end());
    Ok(())
}

/// Prints the manual page.
pub(super) fn man() -> Done {
    let mut page = Vec::new();
    clap_mangen::Man::new(command())
        .render(&mut page)
        .map_err(|error| Failure::fault(error.to_string()))?;
    terminal::say(String::from_utf8_lossy(&page).trim_end());
    Ok(())
}
