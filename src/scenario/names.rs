//! Names of files that a file gives: where they may lead, and where results keep them.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use toml_edit::visit_mut::VisitMut;
use toml_edit::{DocumentMut, Formatted};

use super::Geodata;
use super::compile::beside;

/// The folder of a result that holds all geodata, so that no input has the name of an
/// output.
const GEODATA: &str = "geodata";

/// The path that a file names, as it may be used below a folder: relative, made of plain
/// names alone. None for a path that leads elsewhere (absolute, with `..` or a drive), is
/// written with backslashes, or holds control characters.
///
/// Every path that comes out of a file goes through here: scenario, plan, manifest.
#[must_use]
pub fn inside(name: &str) -> Option<PathBuf> {
    if name.contains('\\') || name.contains(char::is_control) {
        return None;
    }
    let path = Path::new(name);
    let plain = |part: Component<'_>| matches!(part, Component::Normal(_));
    let path: PathBuf =
        path.components().map(|part| plain(part).then_some(part)).collect::<Option<_>>()?;
    (!path.as_os_str().is_empty()).then_some(path)
}

/// A scenario and its geodata as a result folder keeps them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelfContained {
    /// The scenario's text; where geodata moved, it names the new place.
    pub text: String,
    /// GeoJSON texts by path, all below `geodata/`.
    pub geodata: BTreeMap<String, String>,
}

/// The text with all its geodata below `geodata/`: what stands elsewhere moves there, and
/// the text names it there.
#[must_use]
pub fn self_contained(text: &str, geodata: &Geodata) -> SelfContained {
    let below = |path: &str| path.starts_with(&format!("{GEODATA}/"));
    let (stay, others): (Vec<_>, Vec<_>) = geodata.iter().partition(|(path, _)| below(path));
    let mut kept: BTreeMap<String, String> =
        stay.into_iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
    let mut moved: BTreeMap<String, String> = BTreeMap::new();
    for (path, text) in others {
        let mut place = format!("{GEODATA}/{path}");
        while kept.keys().any(|taken| overlap(taken, &place)) {
            place = format!("{GEODATA}/{place}");
        }
        kept.insert(place.clone(), text.to_owned());
        moved.insert(path.to_owned(), place);
    }
    let text = match text.parse::<DocumentMut>() {
        Ok(mut document) if !moved.is_empty() => {
            Renaming(&moved).visit_document_mut(&mut document);
            document.to_string()
        }
        _ => text.to_owned(),
    };
    SelfContained { text, geodata: kept }
}

/// Whether two paths are the same, or one is a folder above the other.
fn overlap(a: &str, b: &str) -> bool {
    Path::new(a).starts_with(b) || Path::new(b).starts_with(a)
}

/// Writes new paths for old ones into every text `PATH` or `PATH#FEATURE`, in tables of
/// lines and areas as in what variants and experiments set.
struct Renaming<'a>(&'a BTreeMap<String, String>);

impl VisitMut for Renaming<'_> {
    fn visit_string_mut(&mut self, text: &mut Formatted<String>) {
        let old = text.value();
        let (path, feature) = old.split_at(old.find('#').unwrap_or(old.len()));
        if let Some(place) = self.0.get(beside(path)) {
            let decor = text.decor().clone();
            *text = Formatted::new(format!("{place}{feature}"));
            *text.decor_mut() = decor;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside() {
        for good in ["a.geojson", "geodata/a.geojson", "a/./b//c", "..a/b.."] {
            assert!(inside(good).is_some(), "{good}");
        }
        assert_eq!(inside("a/./b//c"), Some(PathBuf::from("a/b/c")));
        for bad in
            ["", ".", "/", "/etc/passwd", "..", "../a", "a/../../b", "./a", "a\\b", "a\0b", "a\nb"]
        {
            assert_eq!(inside(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn a_path_may_say_that_it_begins_beside_the_scenario() {
        let mut geodata = Geodata::default();
        geodata.insert("./a.geojson", "a");
        geodata.insert("./geodata/b.geojson", "b");
        assert_eq!(geodata.get("a.geojson"), Some("a"));
        assert_eq!(geodata.get(".//./a.geojson"), Some("a"));
        assert_eq!(geodata.get("../a.geojson"), None);
        let text = "[[line]]\ngeojson = \"./a.geojson#x\"\n\
                    [[line]]\ngeojson = \"./geodata/b.geojson#name=x\"\n\
                    [[variant]]\nset = { \"line.a.geojson\" = \"a.geojson#name=y\" }\n";
        let kept = self_contained(text, &geodata);
        let places: Vec<&str> = kept.geodata.keys().map(String::as_str).collect();
        assert_eq!(places, ["geodata/a.geojson", "geodata/b.geojson"]);
        assert_eq!(
            kept.text,
            "[[line]]\ngeojson = \"geodata/a.geojson#x\"\n\
             [[line]]\ngeojson = \"./geodata/b.geojson#name=x\"\n\
             [[variant]]\nset = { \"line.a.geojson\" = \"geodata/a.geojson#name=y\" }\n"
        );
    }

    #[test]
    fn geodata_moves_below_its_folder_and_the_text_follows() {
        let mut geodata = Geodata::default();
        for path in ["positions.geojson", "geodata/a.geojson", "a.geojson", "charts/map.svg"] {
            geodata.insert(path, path);
        }
        let text = "title = \"positions.geojson is a file\" # a.geojson\n\
                    [[line]]\ngeojson = \"positions.geojson#x\"   # beside\n\
                    [[line]]\ngeojson = \"geodata/a.geojson#x\"\n\
                    [[area]]\ngeojson = \"a.geojson\"\n\
                    [[variant]]\nset = { \"line.a.geojson\" = \"charts/map.svg#y\" }\n";
        let kept = self_contained(text, &geodata);
        let places: Vec<(&str, &str)> =
            kept.geodata.iter().map(|(at, of)| (&**at, &**of)).collect();
        assert_eq!(
            places,
            [
                ("geodata/a.geojson", "geodata/a.geojson"),
                ("geodata/charts/map.svg", "charts/map.svg"),
                ("geodata/geodata/a.geojson", "a.geojson"),
                ("geodata/positions.geojson", "positions.geojson"),
            ]
        );
        assert_eq!(
            kept.text,
            "title = \"positions.geojson is a file\" # a.geojson\n\
             [[line]]\ngeojson = \"geodata/positions.geojson#x\"   # beside\n\
             [[line]]\ngeojson = \"geodata/a.geojson#x\"\n\
             [[area]]\ngeojson = \"geodata/geodata/a.geojson\"\n\
             [[variant]]\nset = { \"line.a.geojson\" = \"geodata/charts/map.svg#y\" }\n"
        );
        let again = self_contained(&kept.text, &{
            let mut all = Geodata::default();
            kept.geodata.iter().for_each(|(at, of)| all.insert(at, of));
            all
        });
        assert_eq!(again, kept);
    }
}
