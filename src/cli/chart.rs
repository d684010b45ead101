//! `chart`: from stored results, no new run.

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::arguments::{ChartArguments, Picture};
use super::exit::{Failure, OUTPUT};
use super::experiment::plan_in;
use super::{Done, differences, points, terminal};
use crate::chart::{
    Chart, ChartClaim, ChartClause, ChartCurve, ChartInput, ChartLadder, ChartOutline, ChartParty,
    ChartPhase, ChartSite, ChartSubject, ChartTrack, ChartWeapon, DifferenceInput, Kind, Sheet,
    Theme, draw, draw_difference, grouped, render,
};
use crate::experiment::Plan;
use crate::model::{self, Gate, Model, Says};
use crate::scenario::{Loaded, Scenario, Terms, check_point, load_outline};
use crate::store::{
    COMPARE, Manifest, StoreError, read_pairs, read_records, read_tracks, read_turns,
};

/// Draws the charts of a folder again.
pub(super) fn chart(arguments: &ChartArguments) -> Done {
    let folder = match &arguments.folder {
        Some(folder) => folder.clone(),
        None => newest()?,
    };
    let word = arguments.kind.as_deref();
    let kind = word.map(kind_of).transpose()?;
    let manifest = manifest_in(&folder)?;
    let dress = Dress {
        format: arguments.format,
        theme: arguments.theme,
        sheet: arguments.sheet,
    };
    let drawn = match (manifest.command.as_str(), kind) {
        (COMPARE, None | Some(Wanted::Difference)) => {
            draw_comparison(&folder, &plan_in(&folder)?, &manifest, dress)?
        }
        (SWEEP, None | Some(Wanted::Response)) => {
            points::draw_into(&folder, &plan_in(&folder)?, &manifest, dress)?
        }
        (RUN, None) => draw_all(&folder, None, dress)?,
        (RUN, Some(Wanted::OfRun(kind))) => draw_all(&folder, Some(kind), dress)?,
        _ => Vec::new(),
    };
    if drawn.is_empty() {
        let word = word.unwrap_or("any chart");
        return Err(Failure::usage(format!(
            "{word} does not apply to {}",
            folder.display()
        )));
    }
    for path in drawn {
        terminal::say(&path.display().to_string());
    }
    Ok(())
}

/// How charts are written.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Dress {
    /// One format; both if none.
    format: Option<Picture>,
    theme: Theme,
    sheet: Sheet,
}

impl Dress {
    /// What the names of files say of it: nothing of the usual.
    fn suffix(self) -> String {
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
    /// The differences of a comparison.
    Difference,
    /// The outcomes of a sweep, over one parameter or two.
    Response,
}

fn kind_of(word: &str) -> Result<Wanted, Failure> {
    let of_runs = Kind::ALL
        .into_iter()
        .map(|kind| (kind.word(), Wanted::OfRun(kind)));
    let others = [
        ("difference", Wanted::Difference),
        ("response", Wanted::Response),
        ("heatmap", Wanted::Response),
    ];
    let known: Vec<(&str, Wanted)> = of_runs.chain(others).collect();
    if let Some((_, wanted)) = known.iter().find(|(it, _)| *it == word) {
        return Ok(*wanted);
    }
    let words: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
    let near = crate::diag::nearest(word, words.iter().copied());
    let hint = near.map_or(String::new(), |near| format!(" (did you mean {near}?)"));
    Err(Failure::usage(format!(
        "no chart is called \"{word}\"{hint}: one of {}",
        words.join(", ")
    )))
}

/// The newest result folder below `output`.
pub(super) fn newest() -> Result<PathBuf, Failure> {
    let results = fs::read_dir("output").into_iter().flatten().flatten();
    results
        .map(|entry| entry.path())
        .filter_map(|path| {
            Some((
                fs::metadata(path.join("manifest.json"))
                    .ok()?
                    .modified()
                    .ok()?,
                path,
            ))
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

/// Draws into a finished folder.
pub(super) fn draw_all(
    folder: &Path,
    kind: Option<Kind>,
    dress: Dress,
) -> Result<Vec<PathBuf>, Failure> {
    let manifest = manifest_in(folder)?;
    let loaded = load_outline(&folder.join("scenario.toml").to_string_lossy())?;
    draw_into(folder, &loaded, &manifest, kind, dress)
}

/// Draws the chart of a comparison into its folder.
pub(super) fn draw_comparison(
    folder: &Path,
    plan: &Plan,
    manifest: &Manifest,
    dress: Dress,
) -> Result<Vec<PathBuf>, Failure> {
    write(folder, &of_comparison(folder, plan, manifest)?, dress)
}

/// The charts of a comparison.
pub(super) fn of_comparison(
    folder: &Path,
    plan: &Plan,
    manifest: &Manifest,
) -> Result<Vec<Chart>, Failure> {
    let points = plan.points()?;
    let mut clauses: Vec<(String, String)> = Vec::new();
    let geodata = plan.geodata();
    for point in points.iter() {
        let Ok(text) = plan.text_of(&point) else {
            continue;
        };
        let (scenario, _) = check_point(&text);
        for clause in scenario.iter().flat_map(|it| &it.clauses) {
            if !clauses.iter().any(|(id, _)| *id == clause.id) {
                let title = clause.title.clone().unwrap_or_else(|| clause.id.clone());
                clauses.push((clause.id.clone(), title));
            }
        }
    }
    let title = plan.load(&points.get(0), &geodata).map_or_else(
        |_| manifest.scenario.clone(),
        |loaded| loaded.scenario.title,
    );
    let input = DifferenceInput {
        title,
        replicates: manifest.replicates,
        seed: manifest.seed,
        version: manifest.version.clone(),
        variants: points
            .iter()
            .map(|point| differences::name(&point.settings))
            .collect(),
        clauses,
        pairs: read_pairs(folder)?,
    };
    let drawn = draw_difference(&input).map_err(|error| Failure::fault(error.to_string()))?;
    Ok(drawn.into_iter().collect())
}

/// Draws into a folder, finished or not; gives the files written.
pub(super) fn draw_into(
    folder: &Path,
    loaded: &Loaded,
    manifest: &Manifest,
    kind: Option<Kind>,
    dress: Dress,
) -> Result<Vec<PathBuf>, Failure> {
    let input = input(folder, loaded, manifest)?;
    write(folder, &of_run(&input, kind)?, dress)
}

/// The charts of a run, or the one of a kind; none where there is nothing of it.
pub(super) fn of_run(input: &ChartInput, kind: Option<Kind>) -> Result<Vec<Chart>, Failure> {
    let kinds = Kind::ALL
        .into_par_iter()
        .filter(|it| kind.is_none_or(|kind| kind == *it));
    let drawn =
        kinds.map(|kind| draw(kind, input).map_err(|error| Failure::fault(error.to_string())));
    let drawn: Vec<Option<Chart>> = drawn.collect::<Result<_, _>>()?;
    Ok(drawn.into_iter().flatten().collect())
}

/// Writes charts below a folder; gives the files written.
pub(super) fn write(folder: &Path, drawn: &[Chart], dress: Dress) -> Result<Vec<PathBuf>, Failure> {
    let charts = folder.join("charts");
    let io = |path: &Path, source| {
        Failure::from(StoreError::Io {
            path: path.display().to_string(),
            source,
        })
    };
    fs::create_dir_all(&charts).map_err(|error| io(&charts, error))?;
    let write = |chart: &Chart| {
        let svg = chart.dressed(dress.theme, dress.sheet);
        let mut written = Vec::new();
        let mut write = |ending: &str, bytes: &[u8]| {
            let path = charts.join(format!("{}{}.{ending}", chart.name, dress.suffix()));
            fs::write(&path, bytes).map_err(|error| io(&path, error))?;
            written.push(path);
            Ok::<(), Failure>(())
        };
        if dress.format != Some(Picture::Png) {
            write("svg", svg.as_bytes())?;
        }
        if dress.format != Some(Picture::Svg) {
            let png = render::png(&svg, dress.sheet.scale())
                .map_err(|error| Failure::fault(error.to_string()))?;
            write("png", &png)?;
        }
        Ok::<Vec<PathBuf>, Failure>(written)
    };
    // Rasterising takes most of the time, and each chart has its own file.
    let written: Vec<Vec<PathBuf>> = drawn.par_iter().map(write).collect::<Result<_, _>>()?;
    Ok(written.concat())
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
    let clauses = model
        .clauses
        .iter()
        .zip(&loaded.scenario.clauses)
        .map(|(clause, written)| {
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
            .map(|phase| ChartPhase {
                title: phase.title.clone(),
                starts: settled(&phase.starts),
            })
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
                rungs: ladder
                    .rungs
                    .iter()
                    .map(|rung| (rung.id.clone(), rung.up))
                    .collect(),
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
            .map(|site| ChartSite {
                title: site.title.clone(),
                position: site.position,
            })
            .collect(),
        tracks: tracks(folder, model, manifest, &with_forces)?,
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
        let Some(commander) = with_forces
            .iter()
            .position(|party| *party == force.commander)
        else {
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
    scenario
        .lines
        .iter()
        .for_each(|it| add("line", &it.id, &it.title));
    scenario
        .monitors
        .iter()
        .for_each(|it| add("monitor", &it.id, &it.title));
    scenario
        .rules
        .iter()
        .for_each(|it| add("rule", &it.id, &it.title));
    scenario
        .parties
        .iter()
        .for_each(|it| add("party", &it.id, &it.title));
    scenario
        .incidents
        .iter()
        .for_each(|it| add("incident", &it.id, &it.title));
    scenario
        .ladders
        .iter()
        .for_each(|it| add("ladder", &it.id, &it.title));
    scenario
        .bodies
        .iter()
        .for_each(|it| add("body", &it.id, &it.title));
    scenario
        .accounts
        .iter()
        .for_each(|it| add("account", &it.id, &it.title));
    scenario
        .installations
        .iter()
        .for_each(|it| add("installation", &it.id, &it.title));
    scenario
        .grounds
        .iter()
        .for_each(|it| add("ground", &it.id, &it.title));
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
        .map_or_else(
            || id.to_owned(),
            |(own, title)| title.clone().unwrap_or_else(|| own.clone()),
        )
}
