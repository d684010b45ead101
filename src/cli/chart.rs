//! `chart`: from stored results, no new run.

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::arguments::{ChartArguments, Picture, Trust};
use super::exit::{Failure, OUTPUT};
use super::experiment::{identity_of, plan_in};
use super::{Done, animation, comparison, points, terminal};
use crate::chart::{
    Chart, ChartClaim, ChartClause, ChartCurve, ChartDensity, ChartInput, ChartLadder,
    ChartOutline, ChartParty, ChartPhase, ChartSite, ChartSubject, ChartTrack, ChartWeapon, Kind,
    Sheet, Theme, draw, grouped, render,
};
use crate::geo::Position;
use crate::model::{self, Gate, Model, Says};
use crate::scenario::{Loaded, Scenario, Terms, load_outline};
use crate::store::{
    COMPARE, Manifest, StoreError, read_places, read_records, read_tracks, read_turns, write_whole,
};

/// Draws the charts of a folder again.
pub(super) fn chart(arguments: &ChartArguments) -> Done {
    let folder = match &arguments.folder {
        Some(folder) => folder.clone(),
        None => newest()?,
    };
    let word = arguments.kind.as_deref();
    let kind = word.map(kind_of).transpose()?;
    let manifest = opened(&folder, arguments.trust)?;
    let style = Style { format: arguments.format, theme: arguments.theme, sheet: arguments.sheet };
    if let Some(other) = word.filter(|word| arguments.contour.is_some() && *word != "heatmap") {
        return Err(Failure::usage(format!(
            "--contour belongs to the heat map of a sweep, not to {other}: leave one of them out"
        )));
    }
    if arguments.contour.is_some() && manifest.command != SWEEP {
        return Err(Failure::usage(format!(
            "--contour belongs to the heat map of a sweep over two parameters, and {} is the result of {}",
            folder.display(),
            manifest.command
        )));
    }
    let mut charts = match (manifest.command.as_str(), kind) {
        (COMPARE, None | Some(Wanted::OfPoints)) => {
            comparison::charts(&folder, &plan_in(&folder)?, &manifest)?
        }
        (SWEEP, None | Some(Wanted::OfPoints)) => {
            points::charts(&folder, &plan_in(&folder)?, &manifest, arguments.contour)?
        }
        (RUN, None) => all_of_run(&folder, &manifest, None)?,
        (RUN, Some(Wanted::OfRun(kind))) => all_of_run(&folder, &manifest, Some(kind))?,
        _ => Vec::new(),
    };
    charts.retain(|chart| word.is_none_or(|word| chart.name == word));
    let drawn = match (manifest.command.as_str(), kind) {
        (RUN, Some(Wanted::Animation)) => animation::draw(&folder, &manifest, style)?,
        _ => write(&folder, &charts, style)?,
    };
    if drawn.is_empty() {
        let word = word.unwrap_or("any chart");
        return Err(Failure::usage(format!("{word} does not apply to {}", folder.display())));
    }
    for path in drawn {
        terminal::say(&path.display().to_string());
    }
    Ok(())
}

/// How charts are written.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Style {
    /// One format; both if none.
    format: Option<Picture>,
    theme: Theme,
    sheet: Sheet,
}

impl Style {
    /// The theme of an animation, which has one format and is for a screen.
    pub(super) fn animated(self) -> Result<Theme, Failure> {
        if self.format == Some(Picture::Svg) {
            return Err(Failure::usage(
                "an animation is written as a PNG with several frames, not as SVG: leave --format out, or write --format png",
            ));
        }
        if self.sheet != Sheet::Screen {
            return Err(Failure::usage("an animation is made for a screen: leave --sheet out"));
        }
        Ok(self.theme)
    }

    /// What the names of files say of it: nothing of the usual.
    pub(super) fn suffix(self) -> String {
        let theme = match self.theme {
            Theme::Light => "",
            Theme::Dark => "-dark",
        };
        let sheet = match self.sheet {
            Sheet::Screen => "",
            Sheet::Slide => "-slide",
            Sheet::Print => "-print",
        };
        format!("{theme}{sheet}")
    }
}

pub(super) const RUN: &str = "run";
pub(super) const SWEEP: &str = "sweep";

/// What a word asks for.
#[derive(Debug, Clone, Copy)]
enum Wanted {
    /// A chart of a single run.
    OfRun(Kind),
    /// One over the points of a comparison or a sweep.
    OfPoints,
    /// The map of a run, date by date.
    Animation,
}

/// The charts over the points of a comparison or a sweep.
const OF_POINTS: [&str; 7] =
    ["difference", "variants", "response", "heatmap", "tornado", "sensitivity", "morris"];

fn kind_of(word: &str) -> Result<Wanted, Failure> {
    let of_runs = Kind::ALL.into_iter().map(|kind| (kind.word(), Wanted::OfRun(kind)));
    let others = OF_POINTS.map(|word| (word, Wanted::OfPoints));
    let known = of_runs.chain(others).chain([("animation", Wanted::Animation)]);
    let known: Vec<(&str, Wanted)> = known.collect();
    if let Some((_, wanted)) = known.iter().find(|(it, _)| *it == word) {
        return Ok(*wanted);
    }
    let words: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
    let near = crate::diag::nearest(word, words.iter().copied());
    let hint = near.map_or(String::new(), |near| format!(" (did you mean {near}?)"));
    Err(Failure::usage(format!("no chart is called \"{word}\"{hint}: one of {}", words.join(", "))))
}

/// The newest result folder below `output`.
pub(super) fn newest() -> Result<PathBuf, Failure> {
    let results = fs::read_dir("output").into_iter().flatten().flatten();
    results
        .map(|entry| entry.path())
        .filter_map(|path| {
            Some((fs::metadata(path.join("manifest.json")).ok()?.modified().ok()?, path))
        })
        .max()
        .map(|(_, path)| path)
        .ok_or_else(|| Failure {
            code: OUTPUT,
            message:
                "error: output/ holds no result: run a scenario first, or name a result folder"
                    .into(),
        })
}

/// Whether a picture of this name, without its ending, is a chart of ours.
pub(super) fn is_chart(stem: &str) -> bool {
    let without = |stem: &str, endings: &[&str]| {
        let ending = endings.iter().find_map(|it| stem.strip_suffix(it));
        ending.unwrap_or(stem).to_owned()
    };
    let stem = without(&without(stem, &["-slide", "-print"]), &["-dark"]);
    kind_of(&stem).is_ok() || stem == "discover"
}

/// The manifest of a finished folder, whose files are what was written unless that is
/// taken on trust.
pub(super) fn opened(folder: &Path, trust: Trust) -> Result<Manifest, Failure> {
    let manifest = manifest_in(folder)?;
    if !trust.no_verify {
        manifest.verify(folder)?;
        if manifest.command != RUN && manifest.identity != identity_of(&plan_in(folder)?) {
            return Err(Failure {
                code: OUTPUT,
                message: format!(
                    "error: {0}/plan.json is not the plan that the results beside it were merged from: finish it with disengage run --plan {0} --missing and disengage merge {0}, or take the results as they are with --no-verify",
                    folder.display()
                ),
            });
        }
    }
    Ok(manifest)
}

/// The manifest of a finished folder.
pub(super) fn manifest_in(folder: &Path) -> Result<Manifest, Failure> {
    Manifest::read(folder)?.ok_or_else(|| Failure {
        code: OUTPUT,
        message: format!(
            "error: {} is no result folder (it has no manifest.json): name one that `disengage run` wrote",
            folder.display()
        ),
    })
}

/// The charts of a finished run, or the one of a kind.
fn all_of_run(
    folder: &Path,
    manifest: &Manifest,
    kind: Option<Kind>,
) -> Result<Vec<Chart>, Failure> {
    let loaded = load_outline(&folder.join("scenario.toml").to_string_lossy())?;
    of_run(&input(folder, &loaded, manifest)?, kind)
}

/// Draws into a folder, finished or not; gives the files written.
pub(super) fn draw_into(
    folder: &Path,
    loaded: &Loaded,
    manifest: &Manifest,
    kind: Option<Kind>,
    style: Style,
) -> Result<Vec<PathBuf>, Failure> {
    let input = input(folder, loaded, manifest)?;
    write(folder, &of_run(&input, kind)?, style)
}

/// The charts of a run, or the one of a kind; none where there is nothing of it.
pub(super) fn of_run(input: &ChartInput, kind: Option<Kind>) -> Result<Vec<Chart>, Failure> {
    let kinds = Kind::ALL.into_par_iter().filter(|it| kind.is_none_or(|kind| kind == *it));
    let drawn =
        kinds.map(|kind| draw(kind, input).map_err(|error| Failure::fault(error.to_string())));
    let drawn: Vec<Option<Chart>> = drawn.collect::<Result<_, _>>()?;
    Ok(drawn.into_iter().flatten().collect())
}

/// Writes charts below a folder; gives the files written.
pub(super) fn write(folder: &Path, drawn: &[Chart], style: Style) -> Result<Vec<PathBuf>, Failure> {
    let write = |chart: &Chart| {
        let svg = chart.styled(style.theme, style.sheet);
        let name = |ending: &str| format!("{}{}.{ending}", chart.name, style.suffix());
        let mut written = Vec::new();
        if style.format != Some(Picture::Png) {
            written.push(save(folder, &name("svg"), svg.as_bytes())?);
        }
        if style.format != Some(Picture::Svg) {
            let png = render::png(&svg, style.sheet.scale())
                .map_err(|error| Failure::fault(error.to_string()))?;
            written.push(save(folder, &name("png"), &png)?);
        }
        Ok::<Vec<PathBuf>, Failure>(written)
    };
    // Rasterising takes most of the time, and each chart has its own file.
    let written: Vec<Vec<PathBuf>> = drawn.par_iter().map(write).collect::<Result<_, _>>()?;
    Ok(written.concat())
}

/// Writes one picture below a folder; gives its place.
pub(super) fn save(folder: &Path, name: &str, bytes: &[u8]) -> Result<PathBuf, Failure> {
    Ok(write_whole(folder, &format!("charts/{name}"), bytes, false)?)
}

/// What the charts of a run are drawn from.
pub(super) fn input(
    folder: &Path,
    loaded: &Loaded,
    manifest: &Manifest,
) -> Result<ChartInput, Failure> {
    let model = &loaded.model;
    let date = |day: u32| model.calendar.date(day);
    let settled = |gate: &Gate| model.settled_day(gate).map(date);
    let clauses = model.clauses.iter().zip(&loaded.scenario.clauses).map(|(clause, written)| {
        let distance_km = match clause.kind {
            model::Kind::KeepDistance => Some((clause.terms.min_km, clause.terms.target_km)),
            _ => None,
        };
        let from = match &written.terms {
            Terms::KeepDistance(terms) => Some(name_of(loaded, &terms.from)),
            _ => None,
        };
        ChartClause {
            id: clause.id.clone(),
            title: clause.title.clone(),
            starts: settled(&clause.starts),
            deadline: clause.deadline.as_ref().and_then(settled),
            open: clause.deadline.is_none(),
            distance_km,
            from,
            kept_at: clause.terms.kept_at,
            limit: clause.terms.cap.map(|most| {
                let weapons = clause.bound.iter().any(|it| it.weapons.is_some());
                let of = if weapons { "weapons" } else { "persons" };
                format!("{} {of}", grouped(most.round() as u64))
            }),
            limit_posts: clause.terms.cap_posts.map(|most| match most {
                1.0 => "1 post".to_owned(),
                most => format!("{} posts", grouped(most.round() as u64)),
            }),
        }
    });
    let claims = model.claims.iter().map(|claim| ChartClaim {
        title: claim.title.clone(),
        by: model.parties[claim.by].title.clone(),
        date: date(claim.day),
        clause: model.clauses[claim.clause].id.clone(),
        says: match claim.says {
            Says::Keeping => "keeping",
            Says::Violating => "violating",
            Says::Denies => "denies",
        }
        .to_owned(),
    });
    // Parties with forces; a track names its commander by the index here.
    let with_forces: Vec<usize> = (0..model.parties.len())
        .filter(|party| model.forces.iter().any(|force| force.commander == *party))
        .collect();
    Ok(ChartInput {
        title: model.title.clone(),
        start: model.calendar.start,
        end: date(model.calendar.days),
        replicates: manifest.replicates,
        seed: manifest.seed,
        version: manifest.version.clone(),
        turns: read_turns(folder)?,
        records: read_records(folder)?,
        subjects: subjects(&loaded.scenario),
        clauses: clauses.collect(),
        claims: claims.collect(),
        phases: model
            .phases
            .iter()
            .map(|phase| ChartPhase { title: phase.title.clone(), starts: settled(&phase.starts) })
            .collect(),
        parties: with_forces
            .iter()
            .map(|party| ChartParty {
                id: model.parties[*party].id.clone(),
                title: model.parties[*party].title.clone(),
            })
            .collect(),
        curves: model
            .curves
            .iter()
            .map(|curve| ChartCurve {
                title: curve.title.clone(),
                points: curve.points.clone(),
                in_use: curve.in_use,
                at_km: curve.at_km.clone(),
            })
            .collect(),
        weapons: weapons(&loaded.scenario),
        ladders: model
            .ladders
            .iter()
            .map(|ladder| ChartLadder {
                id: ladder.id.clone(),
                title: ladder.title.clone(),
                rungs: ladder.rungs.iter().map(|rung| (rung.id.clone(), rung.up)).collect(),
            })
            .collect(),
        outlines: model
            .outlines
            .iter()
            .filter(|outline| outline.in_use)
            .map(|outline| ChartOutline {
                title: outline.title.clone(),
                rings: outline.rings.clone(),
            })
            .collect(),
        sites: model
            .sites
            .iter()
            .map(|site| ChartSite { title: site.title.clone(), position: site.position })
            .collect(),
        tracks: tracks(folder, model, manifest, &with_forces)?,
        density: density(folder, model, &with_forces)?,
        tracks_of: format!("median replicate {}", manifest.median),
    })
}

fn tracks(
    folder: &Path,
    model: &Model,
    manifest: &Manifest,
    with_forces: &[usize],
) -> Result<Vec<ChartTrack>, StoreError> {
    let mut tracks = Vec::new();
    for (id, strength, path) in read_tracks(folder, manifest.median)? {
        let Some(force) = model.forces.iter().find(|force| force.id == id) else {
            continue;
        };
        let Some(commander) = with_forces.iter().position(|party| *party == force.commander) else {
            continue;
        };
        tracks.push(ChartTrack {
            force: force.title.clone(),
            commander,
            strength,
            bound: !force.obligations.is_empty(),
            path,
        });
    }
    Ok(tracks)
}

/// Where forces stand at the end; what is not on the globe is no place.
fn density(
    folder: &Path,
    model: &Model,
    with_forces: &[usize],
) -> Result<Vec<ChartDensity>, StoreError> {
    let rows = read_places(folder)?.into_iter();
    let density = rows.filter_map(|row| {
        let commander =
            with_forces.iter().position(|party| model.parties[*party].id == row.commander)?;
        Some(ChartDensity {
            commander,
            bound: row.bound != 0,
            position: Position::new(row.lat, row.lon).ok()?,
            persons: row.mean_persons,
        })
    });
    Ok(density.collect())
}

fn weapons(scenario: &Scenario) -> Vec<ChartWeapon> {
    let class = |it: &crate::scenario::WeaponClass| ChartWeapon {
        id: it.id.clone(),
        title: it.title.clone().unwrap_or_else(|| it.id.clone()),
        range_km: it.range_km,
    };
    scenario.weapon_classes.iter().map(class).collect()
}

/// What charts call the subjects of rows other than clauses.
fn subjects(scenario: &Scenario) -> Vec<ChartSubject> {
    let mut all = Vec::new();
    let mut add = |kind, id: &String, title: &Option<String>| {
        all.extend(title.iter().map(|title| ChartSubject {
            kind,
            id: id.clone(),
            title: title.clone(),
        }));
    };
    scenario.lines.iter().for_each(|it| add("line", &it.id, &it.title));
    scenario.monitors.iter().for_each(|it| add("monitor", &it.id, &it.title));
    scenario.rules.iter().for_each(|it| add("rule", &it.id, &it.title));
    scenario.parties.iter().for_each(|it| add("party", &it.id, &it.title));
    scenario.incidents.iter().for_each(|it| add("incident", &it.id, &it.title));
    scenario.ladders.iter().for_each(|it| add("ladder", &it.id, &it.title));
    scenario.bodies.iter().for_each(|it| add("body", &it.id, &it.title));
    scenario.accounts.iter().for_each(|it| add("account", &it.id, &it.title));
    scenario.installations.iter().for_each(|it| add("installation", &it.id, &it.title));
    scenario.grounds.iter().for_each(|it| add("ground", &it.id, &it.title));
    all
}

/// What charts call a line, an area or a site.
fn name_of(loaded: &Loaded, id: &str) -> String {
    let scenario = &loaded.scenario;
    let lines = scenario.lines.iter().map(|it| (&it.id, &it.title));
    let areas = scenario.areas.iter().map(|it| (&it.id, &it.title));
    let sites = scenario.sites.iter().map(|it| (&it.id, &it.title));
    lines
        .chain(areas)
        .chain(sites)
        .find(|(own, _)| *own == id)
        .map_or_else(|| id.to_owned(), |(own, title)| title.clone().unwrap_or_else(|| own.clone()))
}
