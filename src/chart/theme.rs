//! How charts look: colours, sizes, marks. The only place that says so.
//!
//! Colours are those of Okabe and Ito, which people with any colour vision can
//! tell apart; beside each colour stands a shape or a dash, so that a chart also
//! reads in grey.

use plotters::style::RGBColor;

/// Text and strong lines.
pub(super) const INK: RGBColor = RGBColor(0x1E, 0x1E, 0x1E);
/// Subtitles, ticks, footers.
pub(super) const SOFT: RGBColor = RGBColor(0x55, 0x55, 0x55);
/// Frames and tick marks.
pub(super) const RULE: RGBColor = RGBColor(0x8A, 0x8A, 0x8A);
/// Grid lines.
pub(super) const GRID: RGBColor = RGBColor(0xE4, 0xE4, 0xE4);
/// The sheet.
pub(super) const PAPER: RGBColor = RGBColor(0xFF, 0xFF, 0xFF);
/// The sea.
pub(super) const SEA: RGBColor = RGBColor(0xDC, 0xE9, 0xF2);
/// The land.
pub(super) const LAND: RGBColor = RGBColor(0xF8, 0xF6, 0xF0);
/// Coasts.
pub(super) const COAST: RGBColor = RGBColor(0x7D, 0x95, 0xA6);
/// Borders between countries.
pub(super) const BORDER: RGBColor = RGBColor(0xA8, 0xA0, 0x94);
/// What nobody observed.
pub(super) const UNSEEN: RGBColor = RGBColor(0xCF, 0xCF, 0xCF);

/// Okabe and Ito's colours, the yellow left out: it does not show on white.
pub(super) const BLUE: RGBColor = RGBColor(0x00, 0x72, 0xB2);
/// Vermilion.
pub(super) const VERMILION: RGBColor = RGBColor(0xD5, 0x5E, 0x00);
/// Bluish green.
pub(super) const GREEN: RGBColor = RGBColor(0x00, 0x9E, 0x73);
/// Reddish purple.
pub(super) const PURPLE: RGBColor = RGBColor(0xCC, 0x79, 0xA7);
/// Orange.
pub(super) const ORANGE: RGBColor = RGBColor(0xE6, 0x9F, 0x00);
/// Sky blue.
pub(super) const SKY: RGBColor = RGBColor(0x56, 0xB4, 0xE9);
/// The last of the palette.
pub(super) const DARK: RGBColor = RGBColor(0x4A, 0x4A, 0x4A);

/// Words on a dark ground of a scale, in either theme.
pub(super) const ON_DARK: RGBColor = RGBColor(0xFE, 0xFE, 0xFE);
/// Words on a light ground of a scale, in either theme.
pub(super) const ON_LIGHT: RGBColor = RGBColor(0x01, 0x01, 0x01);
/// Both ends of a scale of shares, the same in either theme.
pub(super) const SCALE: [RGBColor; 2] = [RGBColor(0xFB, 0xFC, 0xFE), RGBColor(0x00, 0x6F, 0xB0)];

/// Colours of the palette as words on the sheet: darker, so that their contrast with
/// it, with land and with sea is at least 4.5 to 1.
const AS_WORDS: [(RGBColor, RGBColor); 6] = [
    (BLUE, RGBColor(0x00, 0x6B, 0xA7)),
    (VERMILION, RGBColor(0xA8, 0x4A, 0x00)),
    (GREEN, RGBColor(0x00, 0x75, 0x55)),
    (PURPLE, RGBColor(0x8E, 0x54, 0x74)),
    (ORANGE, RGBColor(0x88, 0x5E, 0x00)),
    (SKY, RGBColor(0x34, 0x6C, 0x8C)),
];

/// A colour as words on the sheet.
pub(super) fn as_words(colour: RGBColor) -> RGBColor {
    let found = AS_WORDS.iter().find(|(own, _)| *own == colour);
    found.map_or(colour, |(_, words)| *words)
}

/// Each colour with its name as a custom property of a page, and in the dark theme.
pub(super) const IN_DARK: [(RGBColor, &str, &str); 23] = [
    (INK, "--ink", "#EDEFF2"),
    (SOFT, "--soft", "#B4BAC2"),
    (RULE, "--rule", "#6F7782"),
    (GRID, "--grid", "#2B3138"),
    (PAPER, "--paper", "#15191E"),
    (SEA, "--sea", "#1B2A36"),
    (LAND, "--land", "#22262B"),
    (COAST, "--coast", "#5F7688"),
    (BORDER, "--border", "#6A645A"),
    (UNSEEN, "--unseen", "#4A5058"),
    (BLUE, "--blue", "#5AB0EA"),
    (VERMILION, "--vermilion", "#FF8A3D"),
    (GREEN, "--green", "#2FCB9B"),
    (PURPLE, "--purple", "#E6A3C8"),
    (ORANGE, "--orange", "#F2B63C"),
    (SKY, "--sky", "#9AD6F8"),
    (DARK, "--dark", "#B9BEC4"),
    (AS_WORDS[0].1, "--blue-words", "#5AB0EA"),
    (AS_WORDS[1].1, "--vermilion-words", "#FF8A3D"),
    (AS_WORDS[2].1, "--green-words", "#2FCB9B"),
    (AS_WORDS[3].1, "--purple-words", "#E6A3C8"),
    (AS_WORDS[4].1, "--orange-words", "#F2B63C"),
    (AS_WORDS[5].1, "--sky-words", "#9AD6F8"),
];

/// WCAG's contrast ratio of two colours.
pub(super) fn contrast(a: RGBColor, b: RGBColor) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { libm::pow((part + 0.055) / 1.055, 2.4) }
    };
    let light =
        |it: RGBColor| 0.2126 * linear(it.0) + 0.7152 * linear(it.1) + 0.0722 * linear(it.2);
    let (a, b) = (light(a) + 0.05, light(b) + 0.05);
    a.max(b) / a.min(b)
}

/// The colour of a share on a scale from nothing, 0, to all, 1.
pub(super) fn shade(share: f64) -> RGBColor {
    let mix = |from: u8, to: u8| {
        let share = share.clamp(0.0, 1.0);
        (f64::from(from) + share * (f64::from(to) - f64::from(from))).round() as u8
    };
    let [from, to] = SCALE;
    RGBColor(mix(from.0, to.0), mix(from.1, to.1), mix(from.2, to.2))
}

/// The colour of words that stands out more on a ground.
pub(super) fn words_on(ground: RGBColor) -> RGBColor {
    if contrast(ON_DARK, ground) > contrast(ON_LIGHT, ground) { ON_DARK } else { ON_LIGHT }
}

/// The truth.
pub(super) const TRUE: RGBColor = BLUE;
/// What monitors registered as kept.
pub(super) const RECORDED: RGBColor = GREEN;
/// What monitors registered as violated.
pub(super) const VIOLATING: RGBColor = VERMILION;
/// What parties say.
pub(super) const CLAIMED: RGBColor = PURPLE;
/// What an agreement demands.
pub(super) const DEMANDED: RGBColor = VERMILION;

/// Dashes of a line for what is recorded.
pub(super) const DASHED: &str = "6 3.5";
/// Dashes of a line for what is claimed.
pub(super) const DASH_DOT: &str = "8 3 1.5 3";
/// Dots, for thin helping lines.
pub(super) const DOTTED: &str = "1.5 3";

/// Width of a chart.
pub(super) const WIDTH: f64 = 960.0;
/// Empty edge round a chart.
pub(super) const MARGIN: f64 = 24.0;
/// Where its right edge begins.
pub(super) const RIGHT: f64 = WIDTH - MARGIN;
/// Between both edges.
pub(super) const ROOM: f64 = WIDTH - 2.0 * MARGIN;
/// Size of the title.
pub(super) const TITLE: f64 = 19.0;
/// Size of the subtitle.
pub(super) const SUBTITLE: f64 = 12.5;
/// Size of labels.
pub(super) const LABEL: f64 = 11.5;
/// Size of tick labels.
pub(super) const TICK: f64 = 10.5;
/// Size of the smallest text.
pub(super) const SMALL: f64 = 10.0;

/// The shape of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    /// A disc.
    Circle,
    /// A square.
    Square,
    /// A triangle on its base.
    Triangle,
    /// A square on its corner.
    Diamond,
    /// A triangle on its tip.
    Wedge,
    /// A pentagon.
    Pentagon,
    /// A cross with arms up and aside.
    Plus,
    /// A hexagon.
    Hexagon,
    /// A star of five points.
    Star,
    /// A cross with slanting arms.
    Cross,
}

const PARTY_COLOURS: [RGBColor; 7] = [BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY, DARK];
const SHAPES: [Shape; 10] = [
    Shape::Circle,
    Shape::Square,
    Shape::Triangle,
    Shape::Diamond,
    Shape::Wedge,
    Shape::Pentagon,
    Shape::Plus,
    Shape::Hexagon,
    Shape::Star,
    Shape::Cross,
];

/// Colour and shape of the n-th party: no two of the first 70 share both.
pub(super) fn party(n: usize) -> (RGBColor, Shape) {
    (PARTY_COLOURS[n % PARTY_COLOURS.len()], SHAPES[n % SHAPES.len()])
}

/// Colour and shape of a statement by its word in the file.
pub(super) fn statement(says: &str) -> (RGBColor, Shape) {
    match says {
        "keeping" => (RECORDED, Shape::Circle),
        "violating" => (VIOLATING, Shape::Wedge),
        "denies" => (CLAIMED, Shape::Cross),
        _ => (DARK, Shape::Diamond),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_first_parties_differ_in_colour_and_shape() {
        for a in 0..7 {
            for b in 0..a {
                assert_ne!(party(a).0, party(b).0);
                assert_ne!(party(a).1, party(b).1);
            }
        }
        let all: BTreeSet<_> =
            (0..70).map(|n| (party(n).0.0, party(n).0.1, party(n).0.2, party(n).1)).collect();
        assert_eq!(all.len(), 70);
    }

    /// A colour written `#RRGGBB`.
    fn read(hex: &str) -> RGBColor {
        let part = |at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
        RGBColor(part(1), part(3), part(5))
    }

    #[test]
    fn words_contrast_with_their_ground_in_both_themes() {
        let dark = |colour| read(IN_DARK.iter().find(|(it, ..)| *it == colour).unwrap().2);
        let palette = [INK, SOFT, BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY, DARK];
        for colour in palette.map(as_words) {
            for ground in [PAPER, LAND, SEA] {
                let light = contrast(colour, ground);
                let in_dark = contrast(dark(colour), dark(ground));
                assert!(light >= 4.5 && in_dark >= 4.5, "{colour:?} {ground:?} {light} {in_dark}");
            }
        }
        for n in 0..=1000 {
            let ground = shade(f64::from(n) / 1000.0);
            assert!(contrast(words_on(ground), ground) >= 4.5, "{n}");
            assert!(IN_DARK.iter().all(|(own, ..)| *own != ground), "{n}");
        }
    }

    #[test]
    fn statements_differ_in_colour_and_shape() {
        let words = ["keeping", "violating", "denies", "acknowledges"];
        for a in words {
            for b in words.iter().filter(|b| **b != a) {
                assert_ne!(statement(a).0, statement(b).0);
                assert_ne!(statement(a).1, statement(b).1);
            }
        }
    }
}
