//! `submit --print`: scripts for engines that exist. Nothing is submitted here.

use std::fs;

use super::arguments::{Engine, SubmitArguments};
use super::exit::Failure;
use super::folder::plan_in;
use super::{Done, terminal};

/// Without `--shards`, at most so many: starting a share costs an engine up to seconds.
const MAX_SHARES: u64 = 16;

/// Prints what runs the shares of a plan and merges them.
pub(super) fn submit(arguments: &SubmitArguments) -> Done {
    let plan = plan_in(&arguments.folder)?;
    let blocks = plan.blocks().len() as u64 * plan.points()?.len();
    let shares = match arguments.shards {
        None => blocks.min(MAX_SHARES),
        Some(shares) if shares <= blocks => shares,
        Some(shares) => {
            return Err(Failure::usage(format!(
                "--shards {shares}: the plan has {blocks} blocks, and a share is at least one: \
                 ask for at most {blocks}"
            )));
        }
    };
    let unreadable =
        |why: String| Failure::output(format!("{}: {why}", arguments.folder.display()));
    let folder =
        fs::canonicalize(&arguments.folder).map_err(|error| unreadable(error.to_string()))?;
    let Some(folder) = folder.to_str() else {
        return Err(unreadable(
            "its name is not Unicode, and cannot stand in a script: rename it".into(),
        ));
    };
    let job = Job { folder, name: &plan.scenario, shares: shares.max(1), cpus: arguments.cpus };
    terminal::say(job.script(arguments.print).trim_end());
    Ok(())
}

/// What a script is filled with.
struct Job<'a> {
    folder: &'a str,
    name: &'a str,
    shares: u64,
    cpus: u16,
}

impl Job<'_> {
    fn script(&self, engine: Engine) -> String {
        let text = match engine {
            Engine::Slurm => include_str!("slurm.sh"),
            Engine::Parallel => include_str!("parallel.sh"),
            Engine::Hyperqueue => include_str!("hyperqueue.py"),
            Engine::Ray => include_str!("ray.py"),
            Engine::Kubernetes => include_str!("kubernetes.yaml"),
        };
        let fill = [
            ("@SHARES@", self.shares.to_string()),
            ("@LAST@", (self.shares - 1).to_string()),
            ("@CPUS@", self.cpus.to_string()),
            ("@NAME@", name(self.name)),
            // The folder last: its own words are not filled in again.
            ("@PYTHON_PLAN@", python(self.folder)),
            ("@PLAN_LINE@", self.folder.replace(char::is_control, " ")),
            ("@PLAN@", shell(self.folder)),
        ];
        let Some((before, rest)) = split(text) else {
            return text.to_owned();
        };
        let filled = |text: &str| {
            let numbers = fill.iter().take(4);
            numbers.fold(text.to_owned(), |text, (mark, with)| text.replace(mark, with))
        };
        let (mark, after) = rest;
        let with = fill.iter().find(|(own, _)| *own == mark);
        let with = with.map_or("", |(_, with)| with);
        format!("{}{with}{}", filled(before), filled(after))
    }
}

/// A script at the one place where its folder stands: what is before, and the mark with
/// what is after.
fn split(text: &str) -> Option<(&str, (&str, &str))> {
    ["@PYTHON_PLAN@", "@PLAN_LINE@", "@PLAN@"].into_iter().find_map(|mark| {
        let (before, after) = text.split_once(mark)?;
        Some((before, (mark, after)))
    })
}

/// A name that every engine takes: small letters, digits and hyphens.
fn name(scenario: &str) -> String {
    let allowed = |c: char| match c.to_ascii_lowercase() {
        c @ ('a'..='z' | '0'..='9') => c,
        _ => '-',
    };
    let name: String = scenario.chars().map(allowed).take(40).collect();
    format!("disengage-{}", name.trim_matches('-')).trim_end_matches('-').to_owned()
}

/// A word of a shell that stands for itself.
fn shell(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// A string of Python.
fn python(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\x{:02x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGINES: [Engine; 5] =
        [Engine::Slurm, Engine::Parallel, Engine::Hyperqueue, Engine::Ray, Engine::Kubernetes];

    #[test]
    fn every_mark_is_filled_and_a_folder_stands_for_itself() {
        let job = Job {
            folder: "/data/it's \"@SHARES@\" \\ $HOME",
            name: "South-West, 2018!",
            shares: 12,
            cpus: 2,
        };
        for engine in ENGINES {
            let script = job.script(engine);
            let folder = match engine {
                Engine::Slurm | Engine::Parallel => r#"plan='/data/it'\''s "@SHARES@" \ $HOME'"#,
                Engine::Hyperqueue | Engine::Ray => r#"PLAN = "/data/it's \"@SHARES@\" \\ $HOME""#,
                Engine::Kubernetes => job.folder,
            };
            assert!(script.contains(folder), "{engine:?}: {script}");
            let rest = script.replace(folder, "");
            for mark in ["@PLAN", "@NAME", "@CPUS", "@LAST", "@SHARES"] {
                assert!(!rest.contains(mark), "{engine:?} {mark}: {rest}");
            }
            assert!(rest.contains("12"), "{engine:?}");
        }
        assert!(job.script(Engine::Slurm).contains("--array=0-11"));
        assert!(job.script(Engine::Kubernetes).contains("name: disengage-south-west--2018\n"));
    }
}
