//! Who stands in which band, and what reaches the line from where it stands:
//! worked out once for a date, for all the measures that read it.

use crate::engine::World;
use crate::model::{
    BandedIndex, BandedKind, Bits, BoundIndex, ClassIndex, ClauseIndex, ForceIndex, HoldingIndex,
    Kind, Model, ObligationIndex, PartyIndex, TiVec, ti_vec,
};

/// Persons or weapons in bands, by party.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Occupancy {
    line: BandedIndex,
    /// Number of edges at or below: 1 is the first band.
    band: u8,
    party: PartyIndex,
    /// Of a weapon class, or persons.
    class: Option<ClassIndex>,
}

/// The weapons of a class that a clause binds.
#[derive(Debug, Clone, PartialEq)]
struct Reach {
    clause: ClauseIndex,
    class: ClassIndex,
    range_km: f64,
    held: Vec<Held>,
    /// D-day of the clause when it was read.
    started: Option<u32>,
}

/// Who holds some of them.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Held {
    force: ForceIndex,
    /// Its place among the bound, and of the clause among its obligations.
    at: BoundIndex,
    obligation: ObligationIndex,
    /// Place in its holdings.
    holding: HoldingIndex,
}

/// What one number is of: kind and id of the subject, and measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    pub(super) kind: &'static str,
    pub(super) subject: String,
    pub(super) measure: &'static str,
}

/// The numbers of a date that depend on where everyone stands, in a fixed
/// order: occupancy of bands, then three for each class that a clause keeps at
/// a distance.
#[derive(Debug, Clone)]
pub(super) struct Positions {
    occupancy: Vec<Occupancy>,
    /// By line and party, then persons and each class: index of the first band.
    first: TiVec<BandedIndex, TiVec<PartyIndex, Vec<Option<usize>>>>,
    reach: Vec<Reach>,
    values: Vec<f64>,
    /// By line, then force: the band it was read in.
    read_in: TiVec<BandedIndex, TiVec<ForceIndex, u8>>,
    /// By force, persons first, then weapons by holding: what was read.
    numbers: Vec<u32>,
    /// Whether there is something to go on from.
    known: bool,
}

impl Positions {
    pub(super) fn new(model: &Model) -> Self {
        let mut occupancy = Vec::new();
        let mut first = TiVec::new();
        for (line, banded) in model.banded.iter_enumerated() {
            if !banded.is_measured() {
                first.push(ti_vec![vec![None; model.classes.len() + 1]; model.parties.len()]);
                continue;
            }
            let mut by_party = TiVec::new();
            for party in model.parties.keys() {
                let of = || model.forces.iter().filter(|it| it.commander == party);
                let mut by_kind = Vec::new();
                for class in std::iter::once(None).chain(model.classes.keys().map(Some)) {
                    let there = of().any(|force| {
                        class.is_none_or(|class| {
                            force.equipment.iter().any(|holding| holding.class == class)
                        })
                    });
                    by_kind.push(there.then_some(occupancy.len()));
                    let bands = 1..banded.edges_km.len() as u8;
                    occupancy.extend(bands.filter(|_| there).map(|band| Occupancy {
                        line,
                        band,
                        party,
                        class,
                    }));
                }
                by_party.push(by_kind);
            }
            first.push(by_party);
        }
        let mut reach = Vec::new();
        for (clause, it) in model.clauses.iter_enumerated() {
            if !matches!(it.kind, Kind::KeepDistance) {
                continue;
            }
            for (class, written) in model.classes.iter_enumerated() {
                let bound = it.bound.iter_enumerated();
                let held = bound.flat_map(|(at, bound)| {
                    let holdings = model.forces[bound.force].equipment.iter_enumerated();
                    let of_class = holdings.filter(move |(_, holding)| holding.class == class);
                    of_class.map(move |(holding, _)| Held {
                        force: bound.force,
                        at,
                        obligation: bound.obligation,
                        holding,
                    })
                });
                let held: Vec<Held> = held.collect();
                if let Some(range_km) = written.range_km.filter(|_| !held.is_empty()) {
                    reach.push(Reach { clause, class, range_km, held, started: None });
                }
            }
        }
        let values = vec![f64::NAN; occupancy.len() + REACH.len() * reach.len()];
        Self {
            occupancy,
            first,
            reach,
            values,
            read_in: ti_vec![ti_vec![0; model.forces.len()]; model.banded.len()],
            numbers: vec![0; model.forces.iter().map(|it| it.equipment.len() + 1).sum()],
            known: false,
        }
    }

    /// What the numbers are of, in their order.
    pub(super) fn labels(&self, model: &Model) -> Vec<Label> {
        let bands = self.occupancy.iter().map(|held| {
            let line = &model.banded[held.line];
            let edges = &line.edges_km[usize::from(held.band) - 1..=usize::from(held.band)];
            let party = &model.parties[held.party].id;
            let (kind, band) = match line.is {
                BandedKind::Line => ("band", format!("{}/{}-{}", line.id, edges[0], edges[1])),
                BandedKind::Area { .. } => ("area", line.id.clone()),
            };
            match held.class {
                None => Label { kind, subject: format!("{band}/{party}"), measure: "persons" },
                Some(class) => Label {
                    kind,
                    subject: format!("{band}/{party}/{}", model.classes[class].id),
                    measure: "weapons",
                },
            }
        });
        let reach = self.reach.iter().flat_map(|reach| {
            let clause = &model.clauses[reach.clause].id;
            let subject = format!("{clause}/{}", model.classes[reach.class].id);
            REACH.map(|measure| Label { kind: "clause-class", subject: subject.clone(), measure })
        });
        bands.chain(reach).collect()
    }

    /// The greatest value that a number can have, to lay out its bins.
    pub(super) fn greatest(&self, model: &Model, index: usize) -> f64 {
        let weapons = |class: ClassIndex, of: &dyn Fn(ForceIndex) -> bool| -> f64 {
            let forces = model.forces.iter_enumerated();
            let holdings = forces
                .filter(|(force, _)| of(*force))
                .flat_map(|(_, force)| force.equipment.iter().filter(move |it| it.class == class));
            holdings.map(|it| it.number.support().1.round()).sum()
        };
        if let Some(it) = self.occupancy.get(index) {
            let ours = |force: ForceIndex| model.forces[force].commander == it.party;
            return match it.class {
                None => {
                    let forces = model.forces.iter().filter(|force| force.commander == it.party);
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
            1 => weapons(it.class, &|force| bound.iter().any(|bound| bound.force == force)),
            _ => 1.0,
        }
    }

    /// Forgets what was read: another replicate begins.
    pub(super) fn forget(&mut self) {
        self.known = false;
    }

    /// Works the numbers out for a date: as they were but for the forces that
    /// have changed in the turn; none if nothing has.
    pub(super) fn read(&mut self, model: &Model, world: &World) -> Option<&[f64]> {
        let mut changed = false;
        // The clauses that bind a force which has changed.
        let mut touched = Bits::new();
        let (bands, reach) = self.values.split_at_mut(self.occupancy.len());
        if !self.known {
            bands.fill(0.0);
            self.numbers.fill(0);
        }
        let mut numbers = &mut self.numbers[..];
        for ((index, force), state) in model.forces.iter_enumerated().zip(world.forces()) {
            let (mine, others) = numbers.split_at_mut(force.equipment.len() + 1);
            numbers = others;
            if self.known && !state.shifted {
                continue;
            }
            changed = true;
            touched.union_with(&force.touched.bound);
            for (line, banded) in model.banded.iter_enumerated() {
                let band = match force.routes.get(state.place.route) {
                    Some(route) => route.bands[line].at(state.place.metre),
                    None => force.home_bands[line],
                };
                let edges = banded.edges_km.len();
                let first = &self.first[line][force.commander];
                let classes = force.equipment.iter().map(|it| usize::from(it.class) + 1);
                let kinds = || std::iter::once(0).chain(classes.clone());
                let mut count = |band: u8, number: &mut dyn Iterator<Item = f64>| {
                    // Before the first edge, or beyond the last.
                    if band == 0 || usize::from(band) >= edges {
                        return;
                    }
                    for (kind, number) in kinds().zip(number) {
                        if let Some(first) = first[kind] {
                            bands[first + usize::from(band) - 1] += number;
                        }
                    }
                };
                let was = &mut self.read_in[line][index];
                count(*was, &mut mine.iter().map(|number| -f64::from(*number)));
                *was = band;
                let now = std::iter::once(&state.strength).chain(&state.equipment);
                count(band, &mut now.map(|number| f64::from(*number)));
            }
            mine[0] = state.strength;
            mine[1..].copy_from_slice(&state.equipment.raw);
        }
        for (it, values) in self.reach.iter_mut().zip(reach.chunks_mut(REACH.len())) {
            let started = world.clauses()[it.clause].started.map(|(day, _)| day);
            let stands = || {
                let mut forces = it.held.iter().map(|held| &world.forces()[held.force]);
                !touched.contains(it.clause) || forces.all(|force| !force.shifted)
            };
            if self.known && started == it.started && stands() {
                continue;
            }
            changed = true;
            it.started = started;
            values.copy_from_slice(&reach_of(world, it));
        }
        self.known = true;
        changed.then_some(&self.values)
    }
}

/// The measures of each class that a clause keeps at a distance.
const REACH: [&str; 3] = ["residual_reach", "within_reach", "taken_out_of_reach"];

/// Residual reach max(0, range − distance), the mean over the weapons; how many
/// reach the line; and of those that reach it from where they stood on D-day,
/// the share that no longer do.
fn reach_of(world: &World, it: &Reach) -> [f64; 3] {
    let state = &world.clauses()[it.clause];
    if state.started.is_none() {
        return [f64::NAN; 3];
    }
    let (mut all, mut over, mut reaching, mut reached, mut taken) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for held in &it.held {
        let force = &world.forces()[held.force];
        let number = force.equipment[held.holding];
        let (km, then) = (force.km[held.obligation], state.km_on_d_day[held.at]);
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
