//! Lines, areas and roads on the ground.

use std::collections::{BTreeMap, VecDeque};

use super::tables::Key;
use super::{Compiler, Geodata};
use crate::diag::Span;
use crate::geo::{
    Area, Features, GeoError, Line, Position, ReferenceLine, distance_m, from_band_km,
};
use crate::model::{Outline, ReferenceCurve, Site, SiteIndex, TiSlice};
use crate::scenario::swapped::looks_swapped;
use crate::scenario::{MeasuredFrom, Point, Scenario, Shape, Side, Terms};

/// Lines and areas by their index in the file.
pub(super) struct Ground {
    pub(super) lines: Vec<ReferenceLine>,
    /// Those of the file, then the passages of clauses.
    pub(super) areas: Vec<Area>,
    /// Sets of places, one for each clause that confines to named sites.
    pub(super) stores: Vec<Vec<Position>>,
    /// Bands of lines that clauses name: the line, from where, to where.
    pub(super) bands: Vec<(usize, f64, f64)>,
}

/// Something that distances are measured from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Reference {
    Line(usize),
    /// A line, positive on its negative side.
    OtherSide(usize),
    Area(usize),
    /// A band of a line, which clauses on presence name.
    Band(usize),
    Site(SiteIndex),
    /// The nearest of a set of places, negative: nearer is more.
    Stores(usize),
    /// Where a force stood at the start, negative.
    Home,
    /// A site, negative.
    Near(SiteIndex),
}

impl Ground {
    pub(super) fn build(
        compiler: &mut Compiler<'_>,
        geodata: &Geodata,
        sites: &TiSlice<SiteIndex, Site>,
    ) -> Option<Self> {
        let mut ground =
            Self { lines: Vec::new(), areas: Vec::new(), stores: Vec::new(), bands: Vec::new() };
        let scenario = compiler.scenario;
        let mut drawn = Drawn::new(geodata);
        for line in &scenario.lines {
            let toward = sites.get(compiler.site(&line.positive_toward)?)?.position;
            let points = match &line.geojson {
                Some(feature) => drawn.feature(feature).and_then(|(all, id)| {
                    let points = all.line(id).map_err(text_of)?;
                    let doubted = all.order_in_doubt(id);
                    let span = line.spans.of("geojson");
                    compiler.swapped(sites, points.iter(), doubted, span, &line.id);
                    Ok(points)
                }),
                None => positions(line.points.as_deref().unwrap_or_default()),
            };
            let line_built = points.and_then(|points| Line::new(points).map_err(text_of));
            let key = if line.geojson.is_some() { "geojson" } else { "points" };
            match line_built {
                Err(error) => compiler.wrong(line.spans.of(key), &line.id, error),
                Ok(built) => match ReferenceLine::new(built, toward) {
                    Err(error) => {
                        let span = match error {
                            GeoError::DoublesBack { point, .. } if key == "points" => {
                                line.spans.item(key, point)
                            }
                            GeoError::DoublesBack { .. } => line.spans.of(key),
                            _ => line.spans.of("positive_toward"),
                        };
                        compiler.wrong(span, &line.id, text_of(error));
                    }
                    Ok(built) => ground.lines.push(built),
                },
            }
        }
        if ground.lines.len() != scenario.lines.len() {
            return None;
        }
        ground.areas(compiler, &mut drawn, sites)?;
        Some(ground)
    }

    /// Areas may be made of areas written later: one waits for the first of its parts
    /// that is not built yet.
    fn areas(
        &mut self,
        compiler: &mut Compiler<'_>,
        drawn: &mut Drawn<'_>,
        sites: &TiSlice<SiteIndex, Site>,
    ) -> Option<()> {
        let areas = &compiler.scenario.areas;
        let at: BTreeMap<&str, usize> =
            (areas.iter().zip(0..)).map(|(area, index)| (area.id.as_str(), index)).collect();
        let mut built: Vec<Option<Area>> = vec![None; areas.len()];
        let mut waiting: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut next: VecDeque<usize> = (0..areas.len()).collect();
        // Areas that are written alike are built once: a long line makes them dear.
        let mut alike: BTreeMap<String, usize> = BTreeMap::new();
        while let Some(index) = next.pop_front() {
            let area = &areas[index];
            let mut parts = area.shape.parts().iter().filter_map(|id| at.get(id.as_str()));
            if let Some(part) = parts.find(|part| built[**part].is_none()) {
                waiting.entry(*part).or_default().push(index);
                continue;
            }
            let first = *alike.entry(format!("{:?}", area.shape)).or_insert(index);
            let done = match built[first].clone() {
                Some(done) => Ok(done),
                None => self.area(compiler, drawn, sites, (&at, &built), area)?,
            };
            match done {
                Ok(done) => {
                    built[index] = Some(done);
                    next.extend(waiting.remove(&index).into_iter().flatten());
                }
                Err((key, error)) => {
                    compiler.wrong(area.spans.of(key), &area.id, error);
                    return None;
                }
            }
        }
        for index in waiting.into_values().flatten() {
            let error = "is made of itself, directly or through other areas".to_owned();
            compiler.wrong(areas[index].spans.of("of"), &areas[index].id, error);
        }
        self.areas = built.into_iter().collect::<Option<_>>()?;
        Some(())
    }

    /// An area whose parts are built.
    fn area(
        &self,
        compiler: &mut Compiler<'_>,
        drawn: &mut Drawn<'_>,
        sites: &TiSlice<SiteIndex, Site>,
        (at, built): (&BTreeMap<&str, usize>, &[Option<Area>]),
        area: &crate::scenario::Area,
    ) -> Option<Result<Area, (&'static str, String)>> {
        let (scenario, shape) = (compiler.scenario, &area.shape);
        let area_at = |id: &str| at.get(id).copied();
        let line_at = |id: &str| scenario.lines.iter().position(|line| line.id == id);
        let result = match shape {
            Shape::Polygon(polygon) => match &polygon.geojson {
                Some(feature) => drawn
                    .feature(feature)
                    .and_then(|(all, id)| {
                        let polygons = all.area(id).map_err(text_of)?;
                        let outer = polygons.iter().filter_map(|rings| rings.first()).flatten();
                        let span = area.spans.of("geojson");
                        compiler.swapped(sites, outer, all.order_in_doubt(id), span, &area.id);
                        Ok(polygons)
                    })
                    .and_then(|polygons| Area::multi(polygons).map_err(text_of))
                    .map_err(|error| ("geojson", error)),
                None => positions(polygon.points.as_deref().unwrap_or_default())
                    .and_then(|ring| Area::polygon(vec![ring]).map_err(text_of))
                    .map_err(|error| ("points", error)),
            },
            Shape::Band(band) => {
                let (from_km, to_km) = band.ends();
                Area::band(&self.lines[line_at(&band.from)?], from_km, to_km)
                    .map_err(|error| ("from", text_of(error)))
            }
            Shape::Buffer(buffer) => {
                let made = if let Some(line) = line_at(&buffer.of) {
                    Area::buffer_line(self.lines[line].line(), buffer.km)
                } else if let Some(area) = area_at(&buffer.of) {
                    Area::buffer_area(built[area].as_ref()?, buffer.km)
                } else {
                    Area::circle(sites.get(compiler.site(&buffer.of)?)?.position, buffer.km)
                };
                made.map_err(|error| ("of", text_of(error)))
            }
            Shape::Union(it) | Shape::Intersection(it) | Shape::Difference(it) => {
                let parts: Option<Vec<&Area>> =
                    it.of.iter().map(|id| built[area_at(id)?].as_ref()).collect();
                let parts = parts?;
                let (first, rest) = parts.split_first()?;
                let made = match shape {
                    Shape::Union(_) => {
                        Area::union(&parts.iter().map(|a| (*a).clone()).collect::<Vec<_>>())
                    }
                    Shape::Intersection(_) => rest
                        .iter()
                        .try_fold((*first).clone(), |sum, next| Area::intersection(&sum, next)),
                    _ => rest
                        .iter()
                        .try_fold((*first).clone(), |sum, next| Area::difference(&sum, next)),
                };
                made.map_err(|error| ("of", text_of(error)))
            }
        };
        Some(result)
    }

    /// Signed kilometres from a reference: from an area negative inside, from a
    /// site plain distance.
    pub(super) fn signed_km(
        &self,
        reference: Reference,
        sites: &TiSlice<SiteIndex, Site>,
        p: Position,
    ) -> f64 {
        match reference {
            Reference::Line(index) => self.lines[index].signed_km(p),
            Reference::OtherSide(index) => -self.lines[index].signed_km(p),
            Reference::Area(index) => self.areas[index].signed_km(p),
            Reference::Band(index) => {
                let (line, from_km, to_km) = self.bands[index];
                from_band_km(self.lines[line].signed_km(p), from_km, to_km)
            }
            Reference::Site(index) => distance_m(sites[index].position, p) / 1000.0,
            Reference::Near(index) => -distance_m(sites[index].position, p) / 1000.0,
            Reference::Stores(index) => {
                let far = self.stores[index].iter().map(|site| distance_m(*site, p));
                -far.fold(f64::INFINITY, f64::min) / 1000.0
            }
            // Stands for `Near` the force's own site.
            Reference::Home => f64::NAN,
        }
    }

    /// Everything that [`Ground::signed_km`] from a reference depends on.
    pub(super) fn key(
        &self,
        key: Key,
        reference: Reference,
        sites: &TiSlice<SiteIndex, Site>,
    ) -> Key {
        let line = |key: Key, index: usize| {
            let line = &self.lines[index];
            let side = if line.left_is_positive() { 1.0 } else { -1.0 };
            key.number(side).places(line.line().points())
        };
        match reference {
            Reference::Line(index) => line(key.word("line"), index),
            Reference::OtherSide(index) => line(key.word("other side"), index),
            Reference::Area(index) => {
                let polygons = self.areas[index].polygons();
                polygons.fold(key.word("area"), |key, rings| {
                    let key = key.number(rings.len() as f64);
                    rings.iter().fold(key, |key, ring| key.places(ring))
                })
            }
            Reference::Band(index) => {
                let (of, from_km, to_km) = self.bands[index];
                line(key.word("band").number(from_km).number(to_km), of)
            }
            Reference::Site(index) => key.word("site").places(&[sites[index].position]),
            Reference::Near(index) => key.word("near").places(&[sites[index].position]),
            Reference::Stores(index) => key.word("stores").places(&self.stores[index]),
            Reference::Home => key.word("home"),
        }
    }

    /// Every line, with the distances that clauses name.
    pub(super) fn curves(&self, scenario: &Scenario) -> Vec<ReferenceCurve> {
        let mut curves = Vec::new();
        for (line, written) in self.lines.iter().zip(&scenario.lines) {
            let mut km: Vec<f64> = Vec::new();
            for clause in &scenario.clauses {
                if let Terms::KeepDistance(terms) = &clause.terms
                    && (terms.from == written.id
                        || terms.from_of.values().any(|id| *id == written.id))
                {
                    let side = match terms.side {
                        Side::Negative => -terms.of_one_side(),
                        Side::Positive => terms.of_one_side(),
                    };
                    km.push(terms.min_km * side);
                    km.extend(terms.target_km.map(|km| km * side));
                }
            }
            km.sort_by(f64::total_cmp);
            km.dedup();
            curves.push(ReferenceCurve {
                title: written.title.clone().unwrap_or_else(|| written.id.clone()),
                points: line.line().points().to_vec(),
                in_use: !km.is_empty(),
                at_km: km
                    .into_iter()
                    .filter(|km| *km != 0.0)
                    .map(|km| (km, line.offset_curve(km)))
                    .collect(),
            });
        }
        curves
    }

    /// Every area.
    pub(super) fn outlines(&self, scenario: &Scenario) -> Vec<Outline> {
        let named = |id: &str| {
            let mut clauses = scenario.clauses.iter();
            clauses.any(|clause| clause.terms.owed().measured_from().named() == Some(id))
        };
        let areas = self.areas.iter().zip(&scenario.areas);
        areas
            .map(|(area, written)| Outline {
                title: written.title.clone().unwrap_or_else(|| written.id.clone()),
                rings: area.outlines().to_vec(),
                in_use: named(&written.id),
            })
            .collect()
    }
}

impl Compiler<'_> {
    /// What a clause measures from; none where it judges no place. Bands,
    /// stores and passages are added to the ground.
    pub(super) fn measured_from(
        &mut self,
        ground: &mut Ground,
        sites: &TiSlice<SiteIndex, Site>,
        clause: &crate::scenario::Clause,
    ) -> Option<Option<Reference>> {
        let scenario = self.scenario;
        let site_at = |id: &String| Some(sites.get(self.site(id)?)?.position);
        let made = match clause.terms.owed().measured_from() {
            MeasuredFrom::Nothing => return Some(None),
            MeasuredFrom::Side(id, side) => return self.on_side(id, side).map(Some),
            MeasuredFrom::Area(id) => return self.reference(id).map(Some),
            MeasuredFrom::Band(from, from_km, to_km) => {
                let line = scenario.lines.iter().position(|line| line.id == *from)?;
                return match Area::band(&ground.lines[line], from_km, to_km) {
                    Ok(_) => {
                        ground.bands.push((line, from_km, to_km));
                        Some(Some(Reference::Band(ground.bands.len() - 1)))
                    }
                    Err(error) => {
                        self.wrong(clause.spans.of("from"), &clause.id, text_of(error));
                        None
                    }
                };
            }
            MeasuredFrom::Home => return Some(Some(Reference::Home)),
            MeasuredFrom::Sites(sites) => {
                let places = sites.iter().map(site_at).collect::<Option<_>>()?;
                ground.stores.push(places);
                return Some(Some(Reference::Stores(ground.stores.len() - 1)));
            }
            MeasuredFrom::Around(through, km) => {
                if let Some(road) = scenario.routes.iter().find(|road| road.id == *through) {
                    let via = road.via.iter();
                    let mut points = vec![site_at(&road.from)?];
                    points.extend(via.filter_map(|p| Position::new(p.lat, p.lon).ok()));
                    points.push(site_at(&road.to)?);
                    Line::new(points).and_then(|line| Area::buffer_line(&line, km))
                } else if let Some(site) = self.site(through) {
                    Area::circle(sites[site].position, km)
                } else {
                    return self.reference(through).map(Some);
                }
            }
        };
        match made {
            Ok(area) => {
                ground.areas.push(area);
                Some(Some(Reference::Area(ground.areas.len() - 1)))
            }
            Err(error) => {
                self.wrong(clause.spans.of("through"), &clause.id, text_of(error));
                None
            }
        }
    }

    /// What the id of a line, an area or a site stands for.
    pub(super) fn reference(&self, id: &str) -> Option<Reference> {
        let scenario = self.scenario;
        let line = scenario.lines.iter().position(|line| line.id == id);
        let area = scenario.areas.iter().position(|area| area.id == id);
        line.map(Reference::Line)
            .or(area.map(Reference::Area))
            .or(self.site(id).map(Reference::Site))
    }

    /// Finds fault with the order of coordinates in a file: an error where the file names
    /// a reference by whose definition latitude comes first.
    fn swapped<'p>(
        &mut self,
        sites: &TiSlice<SiteIndex, Site>,
        points: impl Iterator<Item = &'p Position>,
        doubted: bool,
        span: Span,
        id: &str,
    ) {
        let pair = |p: &Position| (p.lat(), p.lon());
        let sites: Vec<(f64, f64)> = sites.iter().map(|site| pair(&site.position)).collect();
        let points: Vec<(f64, f64)> = points.map(pair).collect();
        let Some(found) = looks_swapped(&points, &sites) else {
            return;
        };
        let message = format!("latitude and longitude of `{id}` look swapped in the file");
        let help = format!(
            "GeoJSON writes longitude first: exchange the two numbers of each position; that is \
             {:.0} km from a site",
            found.exchanged
        );
        let said = if doubted {
            self.found.error(span, message).help(
                "the file names EPSG:4326 as its `crs`, by whose definition latitude is first",
            )
        } else {
            self.found.warning(span, message)
        };
        said.label(format!("{:.0} km from every site", found.as_written)).help(help);
    }

    fn wrong(&mut self, span: Span, id: &str, error: String) {
        self.found.error(span, format!("`{id}`: {error}")).label("here");
    }
}

fn text_of(error: GeoError) -> String {
    error.to_string()
}

fn positions(points: &[Point]) -> Result<Vec<Position>, String> {
    points.iter().map(|point| Position::new(point.lat, point.lon).map_err(text_of)).collect()
}

/// The GeoJSON of a scenario, each file read once.
struct Drawn<'g> {
    geodata: &'g Geodata,
    files: BTreeMap<&'g str, Result<Features, String>>,
}

impl<'g> Drawn<'g> {
    fn new(geodata: &'g Geodata) -> Self {
        Self { geodata, files: BTreeMap::new() }
    }

    /// The features and the id of `file.geojson#feature-id`.
    fn feature<'a>(&mut self, feature: &'a str) -> Result<(&Features, &'a str), String> {
        let (path, id) =
            feature.split_once('#').ok_or("names no feature: write \"file.geojson#feature-id\"")?;
        let missing = || format!("the file {path} was not found beside the scenario");
        let (path, text) = self.geodata.file(path).ok_or_else(missing)?;
        let read = || Features::read(text).map_err(text_of);
        let features = self.files.entry(path).or_insert_with(read).as_ref();
        Ok((features.map_err(Clone::clone)?, id))
    }
}
