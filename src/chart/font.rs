//! The embedded font: Disengage Sans, cut from Inter (SIL Open Font License).
//!
//! `assets/FONT-LICENSE.txt` is the licence, `assets/make_fonts.py` makes the
//! files and says what was changed.

use std::sync::OnceLock;

use ab_glyph::{Font, FontRef};
use base64::prelude::{BASE64_STANDARD, Engine};

/// The name of the family, for `font-family`.
pub const FAMILY: &str = "Disengage Sans";

static REGULAR: &[u8] = include_bytes!("assets/DisengageSans-Regular.ttf");
static BOLD: &[u8] = include_bytes!("assets/DisengageSans-Bold.ttf");
// The same two faces for browsers, at less than half the size.
static REGULAR_WOFF2: &[u8] = include_bytes!("assets/DisengageSans-Regular.woff2");
static BOLD_WOFF2: &[u8] = include_bytes!("assets/DisengageSans-Bold.woff2");

/// The regular face (weight 400), a TrueType file.
#[must_use]
pub fn regular() -> &'static [u8] {
    REGULAR
}

/// The bold face (weight 700, semibold strokes), a TrueType file.
#[must_use]
pub fn bold() -> &'static [u8] {
    BOLD
}

/// The width of a line of text of this size, both in pixels: the sum of its advances. What
/// draws it may move letters of a pair nearer to each other.
pub(super) fn width(text: &str, size: f64, bold: bool) -> f64 {
    static FACES: OnceLock<[Option<FontRef<'static>>; 2]> = OnceLock::new();
    let faces = FACES.get_or_init(|| [REGULAR, BOLD].map(|it| FontRef::try_from_slice(it).ok()));
    let em = faces[usize::from(bold)].as_ref().and_then(|face| Some((face, face.units_per_em()?)));
    let advance = |sign: char| match em {
        // Signs that the font has not are drawn by another one, seldom wider.
        _ if foreign(sign) => 1.4,
        Some((face, em)) => f64::from(face.h_advance_unscaled(face.glyph_id(sign)) / em),
        // A test reads both faces, so that this never comes about.
        None => 0.6,
    };
    size * text.chars().map(advance).sum::<f64>()
}

fn foreign(sign: char) -> bool {
    sign >= '\u{2E80}' && sign != '\u{FFFD}' || ('\u{0590}'..'\u{1E00}').contains(&sign)
}

/// A `<style>` element with both faces in it, so that a browser draws an SVG
/// with this font too. It belongs right after the opening `<svg>` tag.
#[must_use]
pub fn css_face() -> String {
    let mut css = String::from("<style>");
    for (weight, bytes) in [(400, REGULAR_WOFF2), (700, BOLD_WOFF2)] {
        css.push_str(&format!(
            "@font-face{{font-family:\"{FAMILY}\";font-weight:{weight};\
             src:url(data:font/woff2;base64,{}) format(\"woff2\")}}",
            BASE64_STANDARD.encode(bytes)
        ));
    }
    css.push_str("</style>");
    css
}

#[cfg(test)]
#[cfg(feature = "raster")]
mod tests {
    use resvg::usvg::fontdb::{Family, Query, Weight};
    use resvg::usvg::{Options, Tree};

    use super::*;
    use crate::chart::render::database;

    fn face(family: Family<'_>, weight: u16) -> (String, u16) {
        let database = database();
        let id = database
            .query(&Query { families: &[family], weight: Weight(weight), ..Query::default() })
            .unwrap();
        let face = database.face(id).unwrap();
        (face.post_script_name.clone(), face.weight.0)
    }

    #[test]
    fn the_database_holds_this_font_alone() {
        assert_eq!(database().len(), 2);
        let regular = ("DisengageSans-Regular".to_owned(), 400);
        let bold = ("DisengageSans-Bold".to_owned(), 700);
        assert_eq!(face(Family::Name(FAMILY), 400), regular);
        assert_eq!(face(Family::Name(FAMILY), 700), bold);
        assert_eq!(face(Family::SansSerif, 400), regular);
        assert_eq!(face(Family::SansSerif, 700), bold);
    }

    /// Where the ink of a text ends that is drawn from 0 on, 100 pixels high.
    fn drawn(text: &str, weight: u16) -> f64 {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><text \
             font-size=\"100\" font-weight=\"{weight}\">{text}</text></svg>"
        );
        let options =
            Options { fontdb: database(), font_family: FAMILY.into(), ..Options::default() };
        f64::from(Tree::from_str(&svg, &options).unwrap().root().abs_bounding_box().right())
    }

    #[test]
    fn a_measured_width_is_the_drawn_width() {
        // Figures have no kerning: one is 1328 units of 2048 wide.
        assert!((width("1234567890", 100.0, false) - 1000.0 * 1328.0 / 2048.0).abs() < 0.1);
        for (weight, bold) in [(400, false), (700, true)] {
            for text in ["Withdrawal", "5–95 % of replicates", "1,000 km → Ḥāṣbayyā"] {
                let (measured, drawn) = (width(text, 100.0, bold), drawn(text, weight));
                assert!((0.0..25.0).contains(&(measured - drawn)), "{text} {measured} {drawn}");
            }
            let one = width("1", 1000.0, bold);
            assert!("023456789".chars().all(|it| width(&it.to_string(), 1000.0, bold) == one));
        }
    }

    #[test]
    fn the_style_names_both_weights() {
        let css = css_face();
        assert!(css.starts_with("<style>@font-face{") && css.ends_with("}</style>"));
        assert!(css.contains("font-weight:400") && css.contains("font-weight:700"));
        assert!(!css.contains(']') && !css.contains('&'), "plain in XML");
        assert!(css.len() < 100_000, "{}", css.len());
    }
}
