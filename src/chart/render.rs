//! From SVG to PNG, with the embedded font and nothing else.

use std::sync::{Arc, OnceLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{self, ImageHrefResolver, Options, Tree};

use super::font;

/// The longest side of an image, in pixels.
const LONGEST: f32 = 16_384.0;

/// Why an SVG could not be rasterised.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The text is not an SVG.
    #[error("the chart is not a valid SVG: {0}")]
    Svg(#[from] usvg::Error),
    /// The image would be empty or too large.
    #[error("an image of {width} by {height} pixels cannot be made")]
    Size {
        /// Width in pixels.
        width: f32,
        /// Height in pixels.
        height: f32,
    },
    /// The image could not be written as PNG.
    #[error("the image could not be written as PNG: {0}")]
    Png(#[from] png::EncodingError),
}

/// Rasterises an SVG; at scale 1 a unit of the SVG is a pixel.
///
/// Text is drawn with the embedded font, whichever family it asks for; pictures
/// that the SVG refers to are left out. The same SVG gives the same bytes.
///
/// # Errors
///
/// If the SVG cannot be parsed, or its size at this scale is not that of an
/// image.
pub fn png(svg: &str, scale: f32) -> Result<Vec<u8>, RenderError> {
    let tree = tree(svg)?;
    let mut pixmap = sheet(&tree, scale)?;
    let transform = Transform::from_scale(scale, scale);
    resvg::render(&tree, transform, &mut pixmap.as_mut());
    Ok(pixmap.encode_png()?)
}

fn tree(svg: &str) -> Result<Tree, RenderError> {
    let options = Options {
        font_family: font::FAMILY.to_owned(),
        fontdb: database(),
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    };
    Ok(Tree::from_str(svg, &options)?)
}

/// Both faces for rasterising, and no other: every generic family is this one.
#[must_use]
pub fn database() -> Arc<Database> {
    static DATABASE: OnceLock<Arc<Database>> = OnceLock::new();
    Arc::clone(DATABASE.get_or_init(|| {
        let mut database = Database::new();
        database.load_font_source(Source::Binary(Arc::new(font::regular())));
        database.load_font_source(Source::Binary(Arc::new(font::bold())));
        database.set_sans_serif_family(font::FAMILY);
        database.set_serif_family(font::FAMILY);
        database.set_monospace_family(font::FAMILY);
        database.set_cursive_family(font::FAMILY);
        database.set_fantasy_family(font::FAMILY);
        Arc::new(database)
    }))
}

/// An empty image for a drawing at a scale.
fn sheet(tree: &Tree, scale: f32) -> Result<Pixmap, RenderError> {
    let width = (tree.size().width() * scale).round();
    let height = (tree.size().height() * scale).round();
    let range = 1.0..=LONGEST;
    let pixmap = if range.contains(&width) && range.contains(&height) {
        Pixmap::new(width as u32, height as u32)
    } else {
        None
    };
    pixmap.ok_or(RenderError::Size { width, height })
}

/// Frames in a second.
const RATE: u16 = 5;
/// Seconds that the last frame is held.
const HELD: u16 = 2;

/// Layers laid one after another on an opaque sheet of the same size, as an animated PNG
/// that begins anew when it ends. Of each frame only what changes is kept. `words` are
/// keywords and texts that go with it.
pub(super) fn animated(
    ground: &str,
    layers: impl ExactSizeIterator<Item = String>,
    words: [(&str, &str); 2],
) -> Result<Vec<u8>, RenderError> {
    let ground_tree = tree(ground)?;
    let mut ground = sheet(&ground_tree, 1.0)?;
    resvg::render(&ground_tree, Transform::identity(), &mut ground.as_mut());
    let (width, height) = (ground.width(), ground.height());
    let frames = layers.len();
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::High);
    for (keyword, text) in words {
        encoder.add_itxt_chunk(keyword.to_owned(), text.to_owned())?;
    }
    encoder.set_animated(frames as u32, 0)?;
    encoder.set_blend_op(png::BlendOp::Over)?;
    let mut writer = encoder.write_header()?;
    let mut before: Option<Pixmap> = None;
    for (number, layer) in layers.enumerate() {
        let mut frame = ground.clone();
        resvg::render(&tree(&layer)?, Transform::identity(), &mut frame.as_mut());
        let (time, parts) = if number + 1 == frames { (HELD, 1) } else { (1, RATE) };
        writer.set_frame_delay(time, parts)?;
        match &before {
            None => writer.write_image_data(frame.data())?,
            Some(before) => {
                let ([x, y, w, h], data) = change(before, &frame);
                writer.reset_frame_position()?;
                writer.set_frame_dimension(w, h)?;
                writer.set_frame_position(x, y)?;
                writer.write_image_data(&data)?;
            }
        }
        before = Some(frame);
    }
    writer.finish()?;
    Ok(out)
}

/// The rectangle in which two opaque images of a size differ (x, y, width, height; a
/// pixel where they do not), and in it what is new, transparent where nothing is.
fn change(before: &Pixmap, after: &Pixmap) -> ([u32; 4], Vec<u8>) {
    let width = after.width() as usize;
    let (old, new) = (before.pixels(), after.pixels());
    let differing = (0..new.len()).filter(|at| old[*at] != new[*at]);
    let mut low = (width, usize::MAX);
    let mut high = (0, 0);
    for at in differing {
        let (x, y) = (at % width, at / width);
        low = (low.0.min(x), low.1.min(y));
        high = (high.0.max(x), high.1.max(y));
    }
    if low.1 == usize::MAX {
        (low, high) = ((0, 0), (0, 0));
    }
    let mut data = Vec::new();
    for y in low.1..=high.1 {
        for x in low.0..=high.0 {
            let at = y * width + x;
            let pixel = new[at];
            data.extend(match old[at] == pixel {
                true => [0; 4],
                false => [pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()],
            });
        }
    }
    let size = [high.0 - low.0 + 1, high.1 - low.1 + 1];
    let rect = [low.0, low.1, size[0], size[1]].map(|it| it as u32);
    (rect, data)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An SVG of 300 by 80 units with this text at (20, 50), 40 units high.
    fn svg(attributes: &str, text: &str) -> String {
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="300" height="80">{}<rect width="300" height="80" fill="white"/><text x="20" y="50" font-size="40" {attributes}>{text}</text></svg>"#,
            font::css_face()
        )
    }

    fn family(weight: &str) -> String {
        format!(r#"font-family="{}" font-weight="{weight}""#, font::FAMILY)
    }

    /// The dark pixels in the columns `from..to`.
    fn ink(png: &[u8], from: u32, to: u32) -> usize {
        let image = Pixmap::decode_png(png).unwrap();
        let pixels = image.pixels().iter().zip(0_u32..);
        pixels
            .filter(|(pixel, n)| (from..to).contains(&(n % image.width())) && pixel.red() < 128)
            .count()
    }

    #[test]
    fn text_is_drawn_where_it_stands() {
        let image = png(&svg(&family("normal"), "Line A"), 1.0).unwrap();
        assert_eq!(ink(&image, 0, 18), 0);
        assert!(ink(&image, 20, 140) > 300);
        assert_eq!(ink(&image, 200, 300), 0);
    }

    #[test]
    fn two_calls_give_the_same_bytes() {
        let svg = svg(&family("bold"), "34°N · ≥ 50 %");
        assert_eq!(png(&svg, 2.0).unwrap(), png(&svg, 2.0).unwrap());
    }

    #[test]
    fn bold_is_the_bold_face() {
        let normal = png(&svg(&family("normal"), "Withdrawal"), 1.0).unwrap();
        let bold = png(&svg(&family("bold"), "Withdrawal"), 1.0).unwrap();
        let (thin, thick) = (ink(&normal, 0, 300), ink(&bold, 0, 300));
        assert!(thick * 10 > thin * 12, "{thin} {thick}");
        let seven_hundred = png(&svg(&family("700"), "Withdrawal"), 1.0).unwrap();
        assert_eq!(bold, seven_hundred);
    }

    #[test]
    fn every_family_is_the_embedded_one() {
        let named = png(&svg(&family("normal"), "Zone B"), 1.0).unwrap();
        for attributes in ["", r#"font-family="sans-serif""#, r#"font-family="serif""#] {
            assert_eq!(png(&svg(attributes, "Zone B"), 1.0).unwrap(), named);
        }
    }

    #[test]
    fn an_unknown_family_is_the_embedded_one_too() {
        let named = png(&svg(&family("normal"), "Zone B"), 1.0).unwrap();
        let unknown = png(&svg(r#"font-family="Comic Sans MS""#, "Zone B"), 1.0).unwrap();
        assert_eq!(unknown, named);
    }

    #[test]
    fn the_symbols_of_charts_are_in_the_font() {
        let blank = png(&svg(&family("normal"), "\u{E000}"), 1.0).unwrap();
        for symbol in "–—‘’“”…•·×−≤≥±°→←↑↓▲▼●○■□◆✓✗ḤḥāşжΔ".chars()
        {
            for weight in ["normal", "bold"] {
                let image = png(&svg(&family(weight), &symbol.to_string()), 1.0).unwrap();
                assert!(ink(&image, 0, 300) > 0, "{symbol}");
                assert_ne!(image, blank, "{symbol}");
            }
        }
    }

    #[test]
    fn the_scale_is_that_of_the_image() {
        let image = png(&svg("", "x"), 2.0).unwrap();
        let image = Pixmap::decode_png(&image).unwrap();
        assert_eq!((image.width(), image.height()), (600, 160));
    }

    #[test]
    fn what_cannot_be_drawn_is_an_error() {
        assert!(matches!(png("no svg", 1.0), Err(RenderError::Svg(_))));
        for scale in [0.0, -1.0, 1e6, f32::NAN] {
            let result = png(&svg("", "x"), scale);
            assert!(matches!(result, Err(RenderError::Size { .. })), "{scale}");
        }
    }
}
