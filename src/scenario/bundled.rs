//! Scenarios that come with the program and run from anywhere.

use super::Geodata;

/// A bundled scenario.
#[derive(Debug, Clone, Copy)]
pub struct Bundled {
    /// The name to run it by.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// Every bundled scenario.
pub const BUNDLED: &[Bundled] = &[
    Bundled { name: "golan-1974", text: include_str!("../../scenarios/golan-1974.toml") },
    Bundled { name: "idlib-2018", text: include_str!("../../scenarios/idlib-2018.toml") },
    Bundled { name: "lebanon-2024", text: include_str!("../../scenarios/lebanon-2024.toml") },
    Bundled { name: "minsk-2015", text: include_str!("../../scenarios/minsk-2015.toml") },
    Bundled { name: "sinai-1974", text: include_str!("../../scenarios/sinai-1974.toml") },
    Bundled {
        name: "southwest-syria-2018",
        text: include_str!("../../scenarios/southwest-syria-2018.toml"),
    },
    Bundled { name: "syria-2018", text: include_str!("../../scenarios/syria-2018.toml") },
    Bundled { name: "teaching", text: include_str!("../../scenarios/teaching.toml") },
];

/// GeoJSON texts of bundled scenarios by the path they give.
pub(super) fn geodata() -> Geodata {
    let mut geodata = Geodata::default();
    geodata.insert("geodata/golan.geojson", include_str!("../../scenarios/geodata/golan.geojson"));
    geodata.insert("geodata/minsk.geojson", include_str!("../../scenarios/geodata/minsk.geojson"));
    geodata.insert(
        "geodata/countries.geojson",
        include_str!("../../scenarios/geodata/countries.geojson"),
    );
    geodata.insert("geodata/idlib.geojson", include_str!("../../scenarios/geodata/idlib.geojson"));
    geodata
        .insert("geodata/lebanon.geojson", include_str!("../../scenarios/geodata/lebanon.geojson"));
    geodata.insert("geodata/sinai.geojson", include_str!("../../scenarios/geodata/sinai.geojson"));
    geodata
}
