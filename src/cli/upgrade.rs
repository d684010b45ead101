//! `check --upgrade`.

use std::path::{Path, PathBuf};

use super::arguments::{CheckArguments, Format};
use super::exit::{Failure, SCENARIO};
use super::{Done, check, terminal};
use crate::diag::{Diagnostics, Source, render};
use crate::model::Model;
use crate::scenario::{NotUpgraded, Upgraded, load_text, text_of, upgrade as upgraded};
use crate::store::write_whole;

/// Converts files of an earlier format, each into a file of its own, says what changes, and
/// checks what was written.
pub(super) fn upgrade(arguments: &CheckArguments) -> Done {
    if let (Some(_), [_, second, ..]) = (&arguments.output, arguments.files.as_slice()) {
        return Err(Failure::usage(format!(
            "-o names one file to write, and {second} is a second one to convert: convert one at a time, or leave -o out"
        )));
    }
    let mut written = Vec::new();
    let mut refused = false;
    for file in &arguments.files {
        let text = text_of(file)?;
        match upgraded(&text, &|text| model_of(file, text)) {
            Ok(new) => written.push(write(file, &new, arguments)?),
            Err(NotUpgraded::Current) => terminal::say(&format!(
                "{file}: has the format of this version already, and is left as it is"
            )),
            Err(NotUpgraded::Invalid(found)) => {
                refused = true;
                refuse(file, text, &found);
            }
        }
    }
    check::check(&written, Format::Text, false)?;
    if refused { Err(Failure { code: SCENARIO, message: String::new() }) } else { Ok(()) }
}

/// The model of a text that stands where a file does.
fn model_of(file: &str, text: String) -> Option<Model> {
    let folder = Path::new(file).parent();
    load_text("converted", file, text, folder, &[]).ok().map(|loaded| loaded.model)
}

/// Says what changes, and writes the file; gives its name.
fn write(file: &str, new: &Upgraded, arguments: &CheckArguments) -> Result<String, Failure> {
    let place = arguments.output.clone().unwrap_or_else(|| beside(Path::new(file)));
    let shown = place.display().to_string();
    if std::fs::symlink_metadata(&place).is_ok() && !arguments.force {
        return Err(Failure::output(format!(
            "{shown}: is there already: choose another name with -o, or replace it with --force"
        )));
    }
    let name = place.file_name().and_then(|name| name.to_str());
    let name = name.ok_or_else(|| Failure::output(format!("{shown}: is no name of a file")))?;
    let folder = place.parent().filter(|it| !it.as_os_str().is_empty());
    write_whole(folder.unwrap_or(Path::new(".")), name, new.text.as_bytes(), false)?;
    for it in &new.changes {
        let decide = if it.decide { "decide: " } else { "" };
        terminal::say(&format!("{file}:{}: {decide}{}: {}", it.line, it.place, it.what));
    }
    let left = new.changes.iter().filter(|it| it.decide).count();
    terminal::say(&match left {
        0 => format!("wrote {shown}"),
        _ => format!("wrote {shown}; left to decide: {left}, each at a comment DECIDE in it"),
    });
    Ok(shown)
}

/// Where the conversion of a file stands unless it is said.
fn beside(file: &Path) -> PathBuf {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    file.with_file_name(format!("{stem}-schema-2.toml"))
}

fn refuse(file: &str, text: String, found: &Diagnostics) {
    let source = Source::new(file, text);
    let (errors, warnings) = found.counts();
    terminal::complain(&format!("{}\n", render(found, &source, terminal::colour_stderr())));
    terminal::say(&format!("{file}: {}, nothing was written", terminal::counts(errors, warnings)));
}
