//! Labels on the map, each where there is room for it.

use std::collections::BTreeMap;

use super::forces::Mark;
use super::ground;
use super::lines::{Drawn, DrawnKind};
use super::view::{MapView, measures, nearest_km};
use crate::chart::canvas::{Align, Canvas, Pen, Type};
use crate::chart::label_layout::{Candidate, LabelLayout};
use crate::chart::plane::{Pt, Rect, along, apart, length, runs};
use crate::chart::{ChartInput, text, theme};
use crate::geo::{Position, distance_m};

/// A force belongs to the nearest site within this distance, in km.
const AT_SITE_KM: f64 = 2.0;
/// Beyond the frame a site may be farther from the force that it names.
const FAR_SITE_KM: f64 = 25.0;

/// Writes names, scale and degrees on the map; those larger than usual are fewer. Gives how
/// many places with forces have no name for want of room.
pub(super) fn write(
    canvas: &Canvas,
    input: &ChartInput,
    view: &MapView,
    (areas, drawn): (&[(Vec<Pt>, String)], &[Drawn]),
    marks: &[Mark<'_>],
    wanted: Wanted,
) -> usize {
    let times = wanted.times;
    let wide = times == 1.0;
    let mut label_layout = LabelLayout::new(view.frame.grown(-3.0));
    reserve(&mut label_layout, marks, drawn);
    let scale = ground::scale_box(view, &label_layout, times);
    label_layout.take(scale.grown(3.0));
    label_lines(canvas, &mut label_layout, view, drawn, times);
    let far = match wanted.forces {
        true => beyond(canvas, &mut label_layout, input, view, marks),
        false => 0,
    };
    let unnamed = sites(canvas, &mut label_layout, input, view, marks, wanted);
    for (line, words) in areas.iter().filter(|_| wide) {
        let look = Type::new(theme::SMALL, theme::PURPLE).bold();
        on_line(canvas, &mut label_layout, &view.frame, line, words, &look, false);
    }
    ground::draw_scale(canvas, view, &scale, times);
    if wide {
        ground::frame(canvas, view);
    } else {
        canvas.frame(&view.frame, &Pen::new(theme::INK, times));
    }
    far + unnamed
}

/// Keeps marks free of labels and asks labels to keep off lines and tracks.
fn reserve(label_layout: &mut LabelLayout, marks: &[Mark<'_>], drawn: &[Drawn]) {
    for mark in marks {
        if mark.inside {
            label_layout.take(mark.cover());
        }
        if let Some(end) = mark.end() {
            let half = mark.end_radius();
            label_layout.take(Rect::around(end, half));
            label_layout.avoid(mark.path.clone());
        }
    }
    for line in drawn {
        label_layout.avoid(line.points.clone());
        if line.kind == DrawnKind::InUse {
            // A label on the line itself is worse than one on a track.
            for _ in 0..5 {
                label_layout.avoid(line.points.clone());
            }
            label_layout.part(line.points.clone());
        }
    }
}

/// Names lines and distances, in words so much larger than usual.
fn label_lines(
    canvas: &Canvas,
    label_layout: &mut LabelLayout,
    view: &MapView,
    drawn: &[Drawn],
    times: f64,
) {
    for kind in [DrawnKind::InUse, DrawnKind::Curve, DrawnKind::Other] {
        let look = match kind {
            DrawnKind::InUse => Type::new((theme::LABEL + 0.5) * times, theme::INK).bold(),
            DrawnKind::Curve => Type::new(theme::LABEL * times, theme::DEMANDED).bold(),
            DrawnKind::Other => Type::new(theme::TICK * times, theme::INK),
        };
        let beside = kind != DrawnKind::Curve;
        for line in drawn.iter().filter(|l| l.kind == kind) {
            on_line(canvas, label_layout, &view.frame, &line.points, &line.words, &look, beside);
        }
    }
}

/// A label on a line, horizontal, at one of several places along it.
pub(super) fn on_line(
    canvas: &Canvas,
    label_layout: &mut LabelLayout,
    frame: &Rect,
    line: &[Pt],
    words: &str,
    look: &Type,
    beside: bool,
) -> bool {
    let look = look.align(Align::Middle).halo();
    let size = look.extent(words, (0.0, 0.0));
    let (w, h) = (size.width(), size.height());
    let mut candidates = Vec::new();
    for run in runs(line, &frame.grown(-6.0)) {
        let steps = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.12, 0.88, 0.05, 0.95];
        for (n, share) in steps.into_iter().enumerate() {
            let Some((at, (dx, dy))) = at_share(&run, share) else {
                continue;
            };
            let offsets = if beside {
                let reach = (w / 2.0 * dy.abs() + h / 2.0 * dx.abs()) + 5.0;
                vec![(dy * reach, -dx * reach), (-dy * reach, dx * reach)]
            } else {
                vec![(0.0, 0.0)]
            };
            for (side, (ox, oy)) in offsets.into_iter().enumerate() {
                let base = (at.0 + ox, at.1 + oy + 0.27 * look.size);
                candidates.push(Candidate {
                    rect: look.extent(words, base),
                    cost: n as f64 * 1.5 + side as f64 * 0.5,
                    link: (
                        along(at, base, 1.5 / apart(at, base).max(1.5)),
                        (base.0, base.1 - 0.27 * look.size),
                    ),
                    what: base,
                });
            }
        }
    }
    // A line's own label lies on it: what it covers costs little beside others.
    let found = label_layout.place(&candidates, 1e4);
    if let Some(found) = found {
        if !beside {
            canvas.block(&found.rect.grown(1.5), theme::PAPER, 0.8);
        }
        canvas.text(words, found.what, &look);
    }
    found.is_some()
}

/// The point a share of the way along a line, and the direction there.
fn at_share(line: &[Pt], share: f64) -> Option<(Pt, Pt)> {
    let mut left = length(line) * share;
    for pair in line.windows(2) {
        let &[a, b] = pair else { continue };
        let length = apart(a, b);
        if length > 0.0 && left <= length {
            let direction = ((b.0 - a.0) / length, (b.1 - a.1) / length);
            return Some((along(a, b, left / length), direction));
        }
        left -= length;
    }
    None
}

/// A name and what stands there.
#[derive(Debug, Clone)]
struct Name {
    words: String,
    at: Pt,
    persons: u64,
    radius: f64,
    held: bool,
}

/// Sites, and forces that start away from any site, those with the most bound
/// strength first.
fn names(input: &ChartInput, view: &MapView, marks: &[Mark<'_>], forces: bool) -> Vec<Name> {
    let sites = input.sites.iter().map(|site| Name {
        words: text::clean(&site.title),
        at: view.point(site.position),
        persons: 0,
        radius: 0.0,
        held: false,
    });
    let mut names: Vec<Name> = sites.collect();
    for mark in marks {
        let bound = u64::from(mark.track.bound) * u64::from(mark.track.strength);
        for (n, place) in [mark.track.path.first(), mark.track.path.last()].into_iter().enumerate()
        {
            let Some(place) = place else { continue };
            let site = site_at(input, *place, AT_SITE_KM).and_then(|s| names.get_mut(s));
            if let Some(name) = site {
                name.persons += bound;
                name.radius = name.radius.max(mark.radius);
                name.held = true;
            } else if forces && n == 0 && mark.track.bound {
                names.push(Name {
                    words: text::clean(&mark.track.force),
                    at: mark.start(),
                    persons: bound,
                    radius: mark.radius,
                    held: true,
                });
            }
        }
    }
    names.retain(|name| view.frame.grown(-4.0).has(name.at));
    names.sort_by_key(|name| std::cmp::Reverse(name.persons));
    names
}

/// Which names are wanted, and how large.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    /// How much larger than usual.
    pub(super) times: f64,
    /// Names of forces away from any site.
    pub(super) forces: bool,
    /// Names of sites without forces.
    pub(super) vacant: bool,
}

/// Names of sites, as many as have room. Gives how many with forces have none.
fn sites(
    canvas: &Canvas,
    label_layout: &mut LabelLayout,
    input: &ChartInput,
    view: &MapView,
    marks: &[Mark<'_>],
    wanted: Wanted,
) -> usize {
    let mut dropped = 0;
    for name in names(input, view, marks, wanted.forces) {
        // A place without forces is named only where that costs nothing.
        let (look, dearest) = if name.held {
            (Type::new(theme::TICK * wanted.times, theme::INK), 40.0)
        } else if wanted.vacant {
            let size = (theme::SMALL - 0.5) * wanted.times;
            (Type::new(size, theme::SOFT), 3.0)
        } else {
            continue;
        };
        let look = look.halo();
        let room = 160.0 * wanted.times;
        let words = look.cut(&name.words, room);
        let radius = name.radius.max(2.0);
        let placed = name_site(canvas, label_layout, &words, name.at, radius, &look, dearest);
        if name.held {
            dropped += usize::from(!placed);
        } else if placed {
            canvas.mark(name.at, 1.5, (theme::SOFT, theme::Shape::Circle), false, 1.0);
        }
    }
    dropped
}

/// Tries the places round a mark, near ones first, then with a leader.
fn name_site(
    canvas: &Canvas,
    label_layout: &mut LabelLayout,
    words: &str,
    at: Pt,
    radius: f64,
    look: &Type,
    dearest: f64,
) -> bool {
    let (w, size) = (look.width(words), look.size);
    let middle = 0.27 * size;
    let mut candidates = Vec::new();
    for (ring, away) in [0.0, 5.0, 11.0, 18.0, 26.0, 36.0, 48.0].into_iter().enumerate() {
        let r = radius + 3.0 + away;
        let d = r * 0.72;
        let sides: [(Pt, f64); 8] = [
            ((at.0 + r, at.1 + middle), 0.0),
            ((at.0 - r - w, at.1 + middle), 1.0),
            ((at.0 + d, at.1 - d), 0.6),
            ((at.0 + d, at.1 + d + 0.6 * size), 0.7),
            ((at.0 - d - w, at.1 - d), 1.4),
            ((at.0 - d - w, at.1 + d + 0.6 * size), 1.5),
            ((at.0 - w / 2.0, at.1 - r - 0.1 * size), 2.0),
            ((at.0 - w / 2.0, at.1 + r + 0.76 * size), 2.2),
        ];
        for (base, cost) in sides {
            let rect = look.extent(words, base);
            let to = (at.0.clamp(rect.x0, rect.x1), at.1.clamp(rect.y0, rect.y1));
            candidates.push(Candidate {
                rect,
                cost: cost + ring as f64 * 3.0,
                link: (at, to),
                what: base,
            });
        }
    }
    let Some(found) = label_layout.place(&candidates, dearest) else {
        return false;
    };
    let (at, to) = found.link;
    let length = apart(at, to);
    if length > radius + 5.0 {
        let from = along(at, to, radius * 0.6 / length);
        canvas.line(&[from, to], &Pen::new(theme::SOFT, 0.7));
        label_layout.avoid(vec![from, to]);
    }
    canvas.text(words, found.what, look);
    true
}

/// The nearest site within so many km.
fn site_at(input: &ChartInput, place: Position, within_km: f64) -> Option<usize> {
    input
        .sites
        .iter()
        .enumerate()
        .map(|(n, site)| (distance_m(site.position, place) / 1000.0, n))
        .filter(|(km, _)| *km <= within_km)
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, n)| n)
}

/// Forces that start beyond the frame: names and distances at its edge. Gives
/// how many places found no room.
fn beyond(
    canvas: &Canvas,
    label_layout: &mut LabelLayout,
    input: &ChartInput,
    view: &MapView,
    marks: &[Mark<'_>],
) -> usize {
    let lines = measures(input);
    let mut groups: BTreeMap<String, (u64, Position, BTreeMap<usize, u64>)> = BTreeMap::new();
    for mark in marks.iter().filter(|m| !m.inside) {
        let Some(place) = mark.track.path.first().copied() else {
            continue;
        };
        let site = site_at(input, place, FAR_SITE_KM).and_then(|n| input.sites.get(n));
        let name =
            site.map_or_else(|| text::clean(&mark.track.force), |site| text::clean(&site.title));
        let group = groups.entry(name).or_insert((0, place, BTreeMap::new()));
        group.0 += u64::from(mark.track.strength);
        *group.2.entry(mark.track.commander).or_default() += u64::from(mark.track.strength);
    }
    let mut order: Vec<_> = groups.into_iter().collect();
    order.sort_by(|a, b| b.1.0.cmp(&a.1.0).then(a.0.cmp(&b.0)));
    let look = Type::new(theme::TICK, theme::INK).halo();
    let mut dropped = 0;
    for (name, (_, place, parties)) in order {
        let km = nearest_km(&lines, place)
            .unwrap_or_else(|| distance_m(view.place(view.frame.centre()), place) / 1000.0);
        let name = look.cut(&name, 120.0);
        let spot = edge_spot(label_layout, view, place, &name, km, parties.len().min(3), &look);
        let Some((rect, words, arrow_first)) = spot else {
            dropped += 1;
            continue;
        };
        let wide = 11.0 * parties.len().min(3) as f64;
        let (first, words_at) = match arrow_first {
            false => (rect.x0 + 6.0, rect.x0 + 5.0 + wide),
            true => (rect.x1 + 5.0 - wide, rect.x0 + 2.0),
        };
        let y = rect.y1 - 0.22 * look.size;
        for (n, commander) in parties.keys().take(3).enumerate() {
            let at = (first + 11.0 * n as f64, y - 3.8);
            canvas.mark(at, 3.6, theme::party(*commander), false, 0.92);
        }
        canvas.text(&words, (words_at, y), &look);
    }
    dropped
}

/// A box at the frame's edge towards a place, with its words.
fn edge_spot(
    label_layout: &mut LabelLayout,
    view: &MapView,
    place: Position,
    name: &str,
    km: f64,
    parties: usize,
    look: &Type,
) -> Option<(Rect, String, bool)> {
    let frame = view.frame;
    let centre = frame.centre();
    let target = view.point(place);
    let (_, leave) = frame.cut(centre, target)?;
    let at = along(centre, target, leave);
    let distance = format!("{} km", text::number(km.round()));
    let near = |a: f64, b: f64| (a - b).abs() < 0.5;
    let arrow_first = near(at.0, frame.x0) && !near(at.0, frame.x1);
    let words = match () {
        () if arrow_first => format!("← {name}, {distance}"),
        () if near(at.0, frame.x1) => format!("{name}, {distance} →"),
        () if near(at.1, frame.y0) => format!("{name}, {distance} ↑"),
        () => format!("{name}, {distance} ↓"),
    };
    let w = look.width(&words) + 11.0 * parties as f64 + 4.0;
    let h = look.size + 2.0;
    let upright = near(at.0, frame.x0) || near(at.0, frame.x1);
    let inner = Rect::new(frame.x0 + 5.0, frame.y0 + 5.0, frame.x1 - 5.0 - w, frame.y1 - 5.0 - h);
    let inwards: &[f64] = if upright { &[0.0] } else { &[0.0, 16.0, 32.0] };
    let mut candidates = Vec::new();
    for n in 0..40 {
        let step = f64::from((n + 1) / 2) * 8.0 * if n % 2 == 0 { 1.0 } else { -1.0 };
        for inward in inwards {
            let (x0, y0) = if upright {
                let x0 = if near(at.0, frame.x0) { inner.x0 } else { inner.x1 };
                (x0, at.1 + step - h / 2.0)
            } else {
                let x0 = (at.0 + step - w / 2.0).clamp(inner.x0, inner.x1);
                let top = near(at.1, frame.y0);
                (x0, if top { inner.y0 + inward } else { inner.y1 - inward })
            };
            candidates.push(Candidate {
                rect: Rect::new(x0, y0, x0 + w, y0 + h),
                cost: step.abs() / 10.0 + inward / 4.0,
                link: (at, at),
                what: (),
            });
        }
    }
    let found = label_layout.place(&candidates, 1e3)?;
    Some((found.rect, words, arrow_first))
}
