//! From a path or a bundled name to a compiled model.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::bundled::{self, BUNDLED};
use super::compile::beside;
use super::shorthand::slug;
use super::{
    Assignment, EditError, Geodata, MAX_BYTES, Scenario, Shape, apply, check_point, check_text,
    compile, compile_outline, inside, read_text,
};
use crate::diag::{Diagnostics, Source, Span};
use crate::model::Model;

/// The most that the GeoJSON files of a scenario may hold together, in bytes: 64 MiB.
const MAX_GEODATA_BYTES: usize = 64 * 1024 * 1024;

/// A scenario with everything it needs, ready to run.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// Its short name: the file's name without its ending.
    pub name: String,
    /// The text as run, overrides applied.
    pub source: Source,
    /// The scenario as written.
    pub scenario: Scenario,
    /// The GeoJSON texts it names.
    pub geodata: Geodata,
    /// The compiled model.
    pub model: Model,
    /// Warnings.
    pub warnings: Diagnostics,
}

/// Why a scenario could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file cannot be read.
    #[error("{path}: {why}")]
    Unreadable {
        /// Which file.
        path: String,
        /// Why, with the help.
        why: String,
    },
    /// An override does not fit the file.
    #[error(transparent)]
    Override(#[from] EditError),
    /// The file is wrong.
    #[error("{} is no valid scenario", .0.name)]
    Invalid(Source, Diagnostics),
}

/// Loads a scenario from a file, or a bundled one by its name.
///
/// # Errors
/// If it cannot be read, an override does not fit, or it is not valid.
pub fn load(path: &str, overrides: &[Assignment]) -> Result<Loaded, LoadError> {
    let (name, text, folder) = found_at(path)?;
    load_text(&name, path, text, folder.as_deref(), overrides)
}

/// Loads what names and draws a scenario, of a file or bundled: a model that cannot be
/// run, in a small part of the time.
///
/// # Errors
/// As [`load`], but for what is only found along the ways of forces.
pub fn load_outline(path: &str) -> Result<Loaded, LoadError> {
    let (name, text, folder) = found_at(path)?;
    let found = checked(path, text, place(folder.as_deref()), &[])?;
    whole(&name, found, compile_outline)
}

/// The text of a scenario, of a file or bundled, whatever stands in it.
///
/// # Errors
/// If it cannot be read.
pub fn text_of(path: &str) -> Result<String, LoadError> {
    found_at(path).map(|(_, text, _)| text)
}

/// The name of a scenario, its text, and the folder of its file.
fn found_at(path: &str) -> Result<(String, String, Option<PathBuf>), LoadError> {
    // A result folder of the same name is no scenario.
    let bundled = BUNDLED.iter().find(|it| it.name == path && !Path::new(path).is_file());
    Ok(match bundled {
        Some(it) => (it.name.to_owned(), it.text.to_owned(), None),
        None => {
            let stem = Path::new(path).file_stem().map(|it| it.to_string_lossy().into_owned());
            let folder = Path::new(path).parent().map(Path::to_path_buf).unwrap_or_default();
            (folder_name(&stem.unwrap_or_default()), read(path)?, Some(folder))
        }
    })
}

/// A scenario that has been checked, with its text, the GeoJSON it names, and warnings.
type Checked = (Source, Scenario, Geodata, Diagnostics);

/// Loads a scenario from a text. GeoJSON files are read from `folder`; without
/// one the bundled ones are at hand.
///
/// # Errors
/// As [`load`].
pub fn load_text(
    name: &str,
    path: &str,
    text: String,
    folder: Option<&Path>,
    overrides: &[Assignment],
) -> Result<Loaded, LoadError> {
    let checked = checked(path, text, place(folder), overrides)?;
    whole(name, checked, compile)
}

/// Loads a scenario from memory: its text, and the GeoJSON texts that it names by their
/// paths. No file is read.
///
/// # Errors
/// If an override does not fit, a text is missing, or the scenario is not valid.
///
/// # Examples
/// ```
/// use disengage::scenario::{BUNDLED, Geodata, load_memory};
///
/// let golan = BUNDLED.iter().find(|it| it.name == "golan-1974").unwrap();
/// assert!(load_memory("golan", golan.text, &Geodata::default(), &[]).is_err());
///
/// let mut geodata = Geodata::default();
/// let lines = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/geodata/golan.geojson");
/// geodata.insert("geodata/golan.geojson", std::fs::read_to_string(lines)?);
/// let loaded = load_memory("golan", golan.text, &geodata, &[])?;
/// assert!(loaded.model.forces.len() > 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn load_memory(
    name: &str,
    text: &str,
    geodata: &Geodata,
    overrides: &[Assignment],
) -> Result<Loaded, LoadError> {
    let checked = checked(name, text.to_owned(), Beside::Memory(geodata), overrides)?;
    whole(name, checked, compile)
}

/// Where the GeoJSON of a scenario is.
#[derive(Debug, Clone, Copy)]
enum Beside<'a> {
    Folder(&'a Path),
    Bundled,
    Memory(&'a Geodata),
}

fn place(folder: Option<&Path>) -> Beside<'_> {
    folder.map_or(Beside::Bundled, Beside::Folder)
}

fn checked(
    path: &str,
    text: String,
    beside: Beside<'_>,
    overrides: &[Assignment],
) -> Result<Checked, LoadError> {
    // A file that is wrong as it stands is shown as it stands.
    let text = if overrides.is_empty() || check_text(&text).0.is_none() {
        text
    } else {
        apply(&text, overrides)?
    };
    let source = Source::new(path, text);
    let (scenario, found) = check_text(&source.text);
    let Some(scenario) = scenario else {
        return Err(LoadError::Invalid(source, found));
    };
    let (geodata, missing) = match beside {
        Beside::Folder(folder) => geodata(&scenario, folder),
        Beside::Bundled => (bundled_geodata(&scenario), Diagnostics::default()),
        Beside::Memory(geodata) => (geodata.clone(), Diagnostics::default()),
    };
    if missing.has_errors() {
        return Err(LoadError::Invalid(source, missing));
    }
    Ok((source, scenario, geodata, found))
}

/// Loads one point of many: a text whose GeoJSON is at hand. Its variants and its
/// experiment are left alone.
///
/// # Errors
/// If it is not valid.
pub fn load_point(
    name: &str,
    path: &str,
    text: String,
    geodata: &Geodata,
) -> Result<Loaded, LoadError> {
    let source = Source::new(path, text);
    let (scenario, found) = check_point(&source.text);
    let Some(scenario) = scenario else {
        return Err(LoadError::Invalid(source, found));
    };
    whole(name, (source, scenario, geodata.clone(), found), compile)
}

fn whole(
    name: &str,
    (source, scenario, geodata, mut found): Checked,
    compile: fn(&Scenario, &Geodata) -> (Option<Model>, Diagnostics),
) -> Result<Loaded, LoadError> {
    let (model, more) = compile(&scenario, &geodata);
    found.extend(more);
    let found = found.sorted();
    match model {
        Some(model) => {
            Ok(Loaded { name: name.to_owned(), source, scenario, geodata, model, warnings: found })
        }
        None => Err(LoadError::Invalid(source, found)),
    }
}

fn read(path: &str) -> Result<String, LoadError> {
    read_text(Path::new(path), MAX_BYTES).map_err(|error| {
        let names: Vec<&str> = BUNDLED.iter().map(|it| it.name).collect();
        let near = crate::diag::nearest(path, names.iter().copied());
        let why = match (error.kind(), near) {
            (ErrorKind::NotFound, Some(near)) => {
                format!("no such file (did you mean the bundled \"{near}\"?)")
            }
            (ErrorKind::NotFound, None) => {
                format!("no such file (bundled scenarios: {})", names.join(", "))
            }
            (ErrorKind::FileTooLarge, _) => {
                format!("{error}: keep long lines in GeoJSON files beside the scenario")
            }
            _ => error.to_string(),
        };
        LoadError::Unreadable { path: path.to_owned(), why }
    })
}

/// Every `geojson` key of a scenario: where it stands and the path it names.
fn named(scenario: &Scenario) -> Vec<(Span, &str)> {
    let mut named = Vec::new();
    for line in &scenario.lines {
        if let Some(feature) = &line.geojson {
            named.push((line.spans.of("geojson"), feature.as_str()));
        }
    }
    for area in &scenario.areas {
        if let Shape::Polygon(polygon) = &area.shape
            && let Some(feature) = &polygon.geojson
        {
            named.push((area.spans.of("geojson"), feature.as_str()));
        }
    }
    named
        .into_iter()
        .map(|(span, feature)| (span, beside(feature.split('#').next().unwrap_or_default())))
        .collect()
}

fn geodata(scenario: &Scenario, folder: &Path) -> (Geodata, Diagnostics) {
    let mut geodata = Geodata::default();
    let mut found = Diagnostics::default();
    let (mut seen, mut total) = (BTreeSet::new(), 0);
    for (span, path) in named(scenario) {
        if !seen.insert(path) {
            continue;
        }
        let Some(below) = inside(path) else {
            found.error(span, format!("\"{path}\" is not a file beside the scenario"))
                    .help("name a GeoJSON file by its path below the scenario's own folder, such as \"geodata/lines.geojson#id\"");
            continue;
        };
        match read_text(&folder.join(&below), MAX_BYTES) {
            Ok(text) => {
                total += text.len();
                if total > MAX_GEODATA_BYTES {
                    found
                        .error(span, "the GeoJSON files are longer than 64 MiB together")
                        .label("with this one")
                        .help("leave features and digits out that the scenario does not need");
                    break;
                }
                geodata.insert(path, text);
            }
            Err(error) => {
                found
                    .error(span, format!("cannot read {}: {error}", folder.join(&below).display()))
                    .help("the path is taken from the scenario's own folder");
            }
        }
    }
    (geodata, found)
}

fn bundled_geodata(scenario: &Scenario) -> Geodata {
    let all = bundled::geodata();
    let mut used = Geodata::default();
    for (_, path) in named(scenario) {
        if let Some(text) = all.get(path) {
            used.insert(path, text);
        }
    }
    used
}

/// A name that a folder can have: lower-case letters, digits and hyphens.
fn folder_name(stem: &str) -> String {
    Some(slug(stem)).filter(|it| !it.is_empty()).unwrap_or_else(|| "scenario".to_owned())
}
