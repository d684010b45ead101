//! The same drawing on another sheet: dark, for a slide, for print.

use plotters::style::RGBColor;

use super::sheet::hex;
use super::{Chart, theme};

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Dark ink on a white sheet.
    #[default]
    Light,
    /// Light ink on a dark sheet.
    Dark,
}

/// What a chart is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sheet {
    /// A page on a screen: as drawn.
    #[default]
    Screen,
    /// A slide of 16 to 9, the drawing as large as fits.
    Slide,
    /// A column of a printed page, 180 mm wide.
    Print,
}

/// Width and height of a slide, pixels.
const SLIDE: (f64, f64) = (1920.0, 1080.0);
/// Width of a print, millimetres.
const PRINT_MM: f64 = 180.0;
/// Dots in an inch of a print.
const PRINT_DPI: f64 = 300.0;

impl Sheet {
    /// Pixels of a raster image for each pixel of the sheet.
    #[must_use]
    pub fn scale(self) -> f32 {
        match self {
            Sheet::Screen => 2.0,
            Sheet::Slide => 1.0,
            // A CSS pixel is 1/96 inch.
            Sheet::Print => (PRINT_DPI / 96.0) as f32,
        }
    }
}

impl Chart {
    /// The same chart in another theme on another sheet.
    #[must_use]
    pub fn styled(&self, theme: Theme, sheet: Sheet) -> String {
        let svg = match theme {
            Theme::Light => self.svg.clone(),
            Theme::Dark => recoloured(&self.svg, |colour| dark(colour).to_owned()),
        };
        match sheet {
            Sheet::Screen => svg,
            Sheet::Slide => on_slide(&svg, theme).unwrap_or(svg),
            Sheet::Print => resized(&svg).unwrap_or(svg),
        }
    }
}

/// A drawing with each of its colours (`#RRGGBB`) replaced, such as by the name of a
/// custom property. Words on the drawing are left alone: in them quotes are escaped.
#[must_use]
pub fn recoloured(svg: &str, colour: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(svg.len());
    let mut rest = svg;
    while let Some(at) = rest.find("\"#") {
        let (before, from) = rest.split_at(at + 1);
        out.push_str(before);
        let is_colour = from.len() > 7
            && from.as_bytes()[7] == b'"'
            && from.as_bytes()[1..7].iter().all(u8::is_ascii_hexdigit);
        if is_colour {
            out.push_str(&colour(&from[..7]));
            rest = &from[7..];
        } else {
            out.push('#');
            rest = &from[1..];
        }
    }
    out.push_str(rest);
    out
}

/// A colour of the light theme, `#RRGGBB`, in the dark one; what is no colour of the
/// theme (a shade of a scale, words on it) is the same in both.
#[must_use]
pub fn dark(colour: &str) -> &str {
    entry(colour).map_or(colour, |(_, _, dark)| dark)
}

/// The custom property of a page that stands for a colour of the light theme,
/// `#RRGGBB`; none for what is the same in both themes.
#[must_use]
pub fn variable(colour: &str) -> Option<&'static str> {
    entry(colour).map(|(_, name, _)| *name)
}

/// Every custom property with its colour in the light and in the dark theme.
#[must_use]
pub fn variables() -> Vec<(&'static str, String, &'static str)> {
    let all = theme::IN_DARK.iter();
    all.map(|(light, name, dark)| (*name, hex(*light), *dark)).collect()
}

fn entry(colour: &str) -> Option<&'static (RGBColor, &'static str, &'static str)> {
    let mut all = theme::IN_DARK.iter();
    all.find(|(light, ..)| hex(*light).eq_ignore_ascii_case(colour))
}

/// The value of an attribute of the outermost element, and where it stands.
fn attribute<'a>(svg: &'a str, name: &str) -> Option<(&'a str, std::ops::Range<usize>)> {
    let tag = &svg[..svg.find('>')?];
    let from = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let to = from + svg[from..].find('"')?;
    Some((&svg[from..to], from..to))
}

/// The drawing in the middle of a slide, inside it as an element of its own.
fn on_slide(svg: &str, theme: Theme) -> Option<String> {
    let size = |name| attribute(svg, name)?.0.parse::<f64>().ok();
    let (width, height) = (size("width")?, size("height")?);
    let scale = (SLIDE.0 / width).min(SLIDE.1 / height);
    let (w, h) = (width * scale, height * scale);
    let inner = svg.replacen(
        &format!("width=\"{width:.0}\" height=\"{height:.0}\""),
        &format!(
            "x=\"{:.1}\" y=\"{:.1}\" width=\"{w:.1}\" height=\"{h:.1}\"",
            (SLIDE.0 - w) / 2.0,
            (SLIDE.1 - h) / 2.0
        ),
        1,
    );
    let paper = match theme {
        Theme::Light => "#FFFFFF",
        Theme::Dark => dark("#FFFFFF"),
    };
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0}\" height=\"{1:.0}\" \
         viewBox=\"0 0 {0:.0} {1:.0}\">\n<rect width=\"{0:.0}\" height=\"{1:.0}\" \
         fill=\"{paper}\"/>\n{inner}</svg>\n",
        SLIDE.0, SLIDE.1
    ))
}

/// The drawing as wide as a print.
fn resized(svg: &str) -> Option<String> {
    let (width, at) = attribute(svg, "width")?;
    let wide: f64 = width.parse().ok()?;
    let (height, _) = attribute(svg, "height")?;
    let tall = height.parse::<f64>().ok()? * PRINT_MM / wide;
    let mut out = svg.to_owned();
    out.replace_range(at, &format!("{PRINT_MM:.0}mm"));
    let (_, at) = attribute(&out, "height")?;
    out.replace_range(at, &format!("{tall:.2}mm"));
    Some(out)
}

#[cfg(test)]
#[cfg(feature = "raster")]
mod tests {
    use resvg::usvg;

    use super::*;
    use crate::chart::render;

    fn chart() -> Chart {
        Chart {
            name: "map",
            svg: "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"960\" height=\"400\" viewBox=\"0 0 9600 4000\" role=\"img\">\n\
                  <rect width=\"9600\" height=\"4000\" fill=\"#FFFFFF\"/>\n\
                  <rect width=\"10\" height=\"10\" fill=\"#0072B2\"/><text fill=\"#010101\">&quot;#FFFFFF&quot; &#34;</text></svg>\n"
                .into(),
        }
    }

    fn size(svg: &str) -> (f32, f32) {
        let tree = usvg::Tree::from_str(svg, &usvg::Options::default()).unwrap();
        (tree.size().width(), tree.size().height())
    }

    #[test]
    fn dark_changes_the_theme_and_neither_words_nor_scales() {
        let it = chart().styled(Theme::Dark, Sheet::Screen);
        assert!(!it.contains("\"#FFFFFF\"") && !it.contains("#0072B2"), "{it}");
        assert!(it.contains("&quot;#FFFFFF&quot;") && it.contains("\"#010101\""), "{it}");
        assert_eq!(chart().styled(Theme::Light, Sheet::Screen), chart().svg);
    }

    #[test]
    fn a_slide_is_16_to_9_and_a_print_180_mm() {
        for theme in [Theme::Light, Theme::Dark] {
            let slide = chart().styled(theme, Sheet::Slide);
            assert_eq!(size(&slide), (1920.0, 1080.0));
            let png = render::png(&slide, Sheet::Slide.scale()).unwrap();
            assert!(png.len() > 100);
        }
        let print = chart().styled(Theme::Light, Sheet::Print);
        assert!(print.contains("width=\"180mm\" height=\"75.00mm\""), "{print}");
        let (width, _) = size(&print);
        let dots = width * Sheet::Print.scale();
        assert!((dots - 180.0 / 25.4 * 300.0).abs() < 1.0, "{dots}");
    }
}
