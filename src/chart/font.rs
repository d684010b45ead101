//! The embedded font: Disengage Sans, cut from Inter (SIL Open Font License).
//!
//! `assets/FONT-LICENSE.txt` is the licence, `assets/make_fonts.py` makes the
//! files and says what was changed.

use std::sync::OnceLock;

#[cfg(not(target_arch = "wasm32"))]
use plotters::style::{FontStyle, register_font};

/// The name of the family, for `font-family` and for plotters.
pub const FAMILY: &str = "Disengage Sans";

static REGULAR: &[u8] = include_bytes!("assets/DisengageSans-Regular.ttf");
static BOLD: &[u8] = include_bytes!("assets/DisengageSans-Bold.ttf");
// The same two faces for browsers, at less than half the size.
static REGULAR_WOFF2: &[u8] = include_bytes!("assets/DisengageSans-Regular.woff2");
static BOLD_WOFF2: &[u8] = include_bytes!("assets/DisengageSans-Bold.woff2");

/// A face of the embedded font was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the embedded font's {0} face cannot be read")]
pub struct FontError(&'static str);

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

/// Makes the font known to plotters, once; later calls do nothing. In a browser plotters
/// measures text on a canvas, with the faces that the page has loaded by [`css_face`].
///
/// It also stands in for plotters' `sans-serif`, so a style that names no
/// family is drawn with it.
///
/// # Errors
///
/// If plotters cannot read a face.
pub fn register() -> Result<(), FontError> {
    static DONE: OnceLock<Result<(), FontError>> = OnceLock::new();
    *DONE.get_or_init(|| {
        #[cfg(not(target_arch = "wasm32"))]
        for family in [FAMILY, "sans-serif"] {
            register_font(family, FontStyle::Normal, REGULAR).map_err(|_| FontError("regular"))?;
            register_font(family, FontStyle::Bold, BOLD).map_err(|_| FontError("bold"))?;
        }
        Ok(())
    })
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
            base64(bytes)
        ));
    }
    css.push_str("</style>");
    css
}

/// Base64 with padding (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |n: usize| u32::from(chunk.get(n).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for n in 0..4 {
            if n > chunk.len() {
                text.push('=');
            } else {
                let digit = bits >> (18 - 6 * n) & 0x3F;
                text.push(char::from(ALPHABET[digit as usize]));
            }
        }
    }
    text
}

#[cfg(test)]
#[cfg(feature = "raster")]
mod tests {
    use plotters::style::{FontDesc, FontFamily};
    use resvg::usvg::fontdb::{Family, Query, Weight};

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

    fn width(family: &str, style: FontStyle, size: f64, text: &str) -> u32 {
        register().unwrap();
        let font = FontDesc::new(FontFamily::from(family), size, style);
        font.box_size(text).unwrap().0
    }

    #[test]
    fn base64_of_the_standards_examples() {
        for (plain, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(plain.as_bytes()), text);
        }
        assert_eq!(base64(&[0xFB, 0xFF, 0xFE]), "+//+");
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

    #[test]
    fn plotters_measures_with_this_font() {
        let normal = width(FAMILY, FontStyle::Normal, 100.0, "Withdrawal");
        let bold = width(FAMILY, FontStyle::Bold, 100.0, "Withdrawal");
        assert!(normal > 300 && bold > normal, "{normal} {bold}");
        let generic = width("sans-serif", FontStyle::Normal, 100.0, "Withdrawal");
        assert_eq!(generic, normal);
    }

    #[test]
    fn a_measured_width_is_the_drawn_width() {
        // The figures have no kerning, and plotters writes a font size of
        // size / 1.24: at size 1240 the em is 1000. A figure is 1328 units of
        // 2048 wide.
        let measured = width(FAMILY, FontStyle::Normal, 1240.0, "1234567890");
        let drawn = 10_000.0 * 1328.0 / 2048.0;
        assert!((f64::from(measured) - drawn).abs() < 4.0, "{measured}");
    }

    #[test]
    fn figures_are_all_of_one_width() {
        for style in [FontStyle::Normal, FontStyle::Bold] {
            let one = width(FAMILY, style, 1000.0, "1");
            for figure in ["0", "2", "3", "4", "5", "6", "7", "8", "9"] {
                assert_eq!(width(FAMILY, style, 1000.0, figure), one);
            }
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
