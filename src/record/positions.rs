//! Who stands in which band, and what reaches the line from where it stands:
//! worked out once for a date, for all the measures that read it.

use crate::engine::World;
use crate::model::{Kind, Model};

/// Persons or weapons in bands, by party.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Occupancy {
    line: usize,
    /// Number of edges at or below: 1 is the first band.
    band: u8,
    party: usize,
    /// Of a weapon class, or persons.
    class: Option<usize>,
}

/// The weapons of a class that a clause binds.
#[derive(Debug, Clone, PartialEq)]
struct Reach {
    clause: usize,
    class: usize,
    range_km: f64,
}

/// What one number is of: kind and id of the subject, measure, unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    pub(super) kind: &'static str,
    pub(super) subject: String,
    pub(super) measure: &'static str,
    pub(super) unit: &'static str,
}

/// The numbers of a date that depend on where everyone stands, in a fixed
/// order: occupancy of bands, then three for each class that a clause keeps at
/// a distance.
#[derive(Debug, Clone)]
pub(super) struct Positions {
    occupancy: Vec<Occupancy>,
    /// By line, party and class (persons first): index of the first band.
    first: Vec<Option<usize>>,
    reach: Vec<Reach>,
    values: Vec<f64>,
}

impl Positions {
    pub(super) fn new(model: &Model) -> Self {
        let (parties, kinds) = (model.parties.len(), model.classes.len() + 1);
        let mut occupancy = Vec::new();
        let mut first = Vec::new();
        for (line, banded) in model.banded.iter().enumerate() {
            for party in 0..parties {
                let of = || model.forces.iter().filter(|it| it.commander == party);
                for kind in 0..kinds {
                    let class = kind.checked_sub(1);
                    let there = of().any(|force| {
                        class.is_none_or(|class| {
                            force.equipment.iter().any(|holding| holding.class == class)
                        })
                    });
                    first.push(there.then_some(occupancy.len()));
                    let bands = 1..banded.edges_km.len() as u8;
                    occupancy.extend(bands.filter(|_| there).map(|band| Occupancy {
                        line,
                        band,
                        party,
                        class,
                    }));
                }
            }
        }
        let mut reach = Vec::new();
        for (clause, it) in model.clauses.iter().enumerate() {
            if !matches!(it.kind, Kind::KeepDistance) {
                continue;
            }
            for (class, written) in model.classes.iter().enumerate() {
                let held = it.bound.iter().any(|bound| {
                    let mut holdings = model.forces[bound.force].equipment.iter();
                    holdings.any(|holding| holding.class == class)
                });
                if let Some(range_km) = written.range_km.filter(|_| held) {
                    reach.push(Reach {
                        clause,
                        class,
                        range_km,
                    });
                }
            }
        }
        let values = vec![f64::NAN; occupancy.len() + REACH.len() * reach.len()];
        Self {
            occupancy,
            first,
            reach,
            values,
        }
    }

    /// What the numbers are of, in their order.
    pub(super) fn labels(&self, model: &Model) -> Vec<Label> {
        let bands = self.occupancy.iter().map(|it| {
            let line = &model.banded[it.line];
            let edges = &line.edges_km[usize::from(it.band) - 1..=usize::from(it.band)];
            let (party, band) = (
                &model.parties[it.party].id,
                format!("{}/{}-{}", line.id, edges[0], edges[1]),
            );
            match it.class {
                None => Label {
                    kind: "band",
                    subject: format!("{band}/{party}"),
                    measure: "persons",
                    unit: "persons",
                },
                Some(class) => Label {
                    kind: "band",
                    subject: format!("{band}/{party}/{}", model.classes[class].id),
                    measure: "weapons",
                    unit: "weapons",
                },
            }
        });
        let reach = self.reach.iter().flat_map(|it| {
            let clause = &model.clauses[it.clause].id;
            let subject = format!("{clause}/{}", model.classes[it.class].id);
            REACH.map(|(measure, unit)| Label {
                kind: "clause-class",
                subject: subject.clone(),
                measure,
                unit,
            })
        });
        bands.chain(reach).collect()
    }

    /// The greatest value that a number can have, to lay out its bins.
    pub(super) fn greatest(&self, model: &Model, index: usize) -> f64 {
        let weapons = |class: usize, of: &dyn Fn(usize) -> bool| -> f64 {
            let forces = model.forces.iter().enumerate();
            let holdings = forces
                .filter(|(force, _)| of(*force))
                .flat_map(|(_, force)| force.equipment.iter().filter(move |it| it.class == class));
            holdings.map(|it| it.number.support().1.round()).sum()
        };
        if let Some(it) = self.occupancy.get(index) {
            let ours = |force: usize| model.forces[force].commander == it.party;
            return match it.class {
                None => {
                    let forces = model
                        .forces
                        .iter()
                        .filter(|force| force.commander == it.party);
                    forces.map(|force| force.strength.support().1.round()).sum()
                }
                Some(class) => weapons(class, &ours),
            };
        }
        let index = index - self.occupancy.len();
        let it = &self.reach[index / REACH.len()];
        let bound = &model.clauses[it.clause].bound;
        match index % REACH.len() {
            0 => it.range_km,
            1 => weapons(it.class, &|force| {
                bound.iter().any(|bound| bound.force == force)
            }),
            _ => 1.0,
        }
    }

    /// Works the numbers out for a date.
    pub(super) fn read(&mut self, model: &Model, world: &World) {
        let (parties, kinds) = (model.parties.len(), model.classes.len() + 1);
        let (bands, reach) = self.values.split_at_mut(self.occupancy.len());
        bands.fill(0.0);
        for line in 0..model.banded.len() {
            for (force, state) in model.forces.iter().zip(&world.forces) {
                let band = match force.routes.get(state.place.route) {
                    Some(route) => route.bands[line].at(state.place.metre),
                    None => force.home_bands[line],
                };
                let edges = model.banded[line].edges_km.len();
                // Before the first edge, or beyond the last.
                if band == 0 || usize::from(band) >= edges {
                    continue;
                }
                let row = (line * parties + force.commander) * kinds;
                let mut add = |kind: usize, number: u32| {
                    if let Some(first) = self.first[row + kind] {
                        bands[first + usize::from(band) - 1] += f64::from(number);
                    }
                };
                add(0, state.strength);
                for (holding, number) in force.equipment.iter().zip(&state.equipment) {
                    add(holding.class + 1, *number);
                }
            }
        }
        for (it, values) in self.reach.iter().zip(reach.chunks_mut(REACH.len())) {
            values.copy_from_slice(&reach_of(model, world, it));
        }
    }

    /// A number of the date last read.
    #[inline]
    pub(super) fn value(&self, index: usize) -> f64 {
        self.values[index]
    }
}

/// For each class that a clause keeps at a distance: measure and unit.
const REACH: [(&str, &str); 3] = [
    ("residual_reach", "km"),
    ("within_reach", "weapons"),
    ("taken_out_of_reach", "share"),
];

/// Residual reach max(0, range − distance), the mean over the weapons; how many
/// reach the line; and of those that reach it from where they stood on D-day,
/// the share that no longer do.
fn reach_of(model: &Model, world: &World, it: &Reach) -> [f64; 3] {
    let state = &world.clauses[it.clause];
    if state.started.is_none() {
        return [f64::NAN; 3];
    }
    let (mut all, mut over, mut reaching, mut reached, mut taken) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (at, bound) in model.clauses[it.clause].bound.iter().enumerate() {
        let force = &world.forces[bound.force];
        let holdings = model.forces[bound.force].equipment.iter();
        let number: u32 = holdings
            .zip(&force.equipment)
            .filter(|(holding, _)| holding.class == it.class)
            .map(|(_, number)| *number)
            .sum();
        let (km, then) = (force.km[bound.obligation], state.km_on_d_day[at]);
        if number == 0 || km.is_nan() {
            continue;
        }
        let number = f64::from(number);
        let reaches = km <= it.range_km;
        all += number;
        over += number * (it.range_km - km).max(0.0);
        reaching += if reaches { number } else { 0.0 };
        if then <= it.range_km {
            reached += number;
            taken += if reaches { 0.0 } else { number };
        }
    }
    [over / all, reaching, taken / reached]
}
