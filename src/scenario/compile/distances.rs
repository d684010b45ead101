//! Where forces stand at the start, by every line and area of the file.

use super::Compiler;
use super::geodata::Geodata;
use super::ground::{Ground, Reference};
use crate::diag::Diagnostics;
use crate::scenario::Scenario;

/// Where a force stands at the start.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// Its id.
    pub force: String,
    /// The id of its site.
    pub at: String,
    /// By line: its id, and the signed kilometres from it.
    pub lines: Vec<(String, f64)>,
    /// By area: its id, and the kilometres from it, negative inside.
    pub areas: Vec<(String, f64)>,
}

/// Where each force stands at the start, in the order of the file; none where lines or areas
/// cannot be drawn.
pub fn distances(scenario: &Scenario, geodata: &Geodata) -> Option<Vec<Standing>> {
    let mut found = Diagnostics::default();
    let mut compiler = Compiler { scenario, found: &mut found, outline: true };
    let sites = compiler.sites()?;
    let ground = Ground::build(&mut compiler, geodata, &sites)?;
    let standing = |force: &crate::scenario::Force| {
        let site = compiler.site(&force.at)?;
        let place = sites[site].position;
        let km = |reference| ground.signed_km(reference, &sites, place);
        let lines = scenario.lines.iter().enumerate();
        let areas = scenario.areas.iter().enumerate();
        Some(Standing {
            force: force.id.clone(),
            at: force.at.clone(),
            lines: lines.map(|(at, it)| (it.id.clone(), km(Reference::Line(at)))).collect(),
            areas: areas.map(|(at, it)| (it.id.clone(), km(Reference::Area(at)))).collect(),
        })
    };
    scenario.forces.iter().map(standing).collect()
}
