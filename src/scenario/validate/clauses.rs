//! Clauses: what each kind needs, what its scope selects by, whom it exempts.

use super::context::{Context, binds};
use crate::diag::Diagnostic;
use crate::scenario::{Clause, Deliver, Exemption, Goods, Presence, Terms};

pub(super) fn check(c: &mut Context<'_>) {
    for clause in &c.scenario.clauses {
        scope(c, clause);
        match &clause.terms {
            Terms::Presence(it) => presence(c, clause, it),
            Terms::Deliver(it) => deliver(c, clause, it),
            Terms::Confine(it) => beyond(c, clause, it.beyond.as_deref()),
            Terms::Posture(_) => posture(c, clause),
            Terms::Abstain(it) => {
                if it.acts.is_empty() && clause.spans.has("acts") {
                    wrong(
                        c,
                        clause,
                        "acts",
                        "abstains from nothing",
                        "an empty list",
                        "name what is not to be done: acts = [\"fire\"]",
                    );
                }
                if it.counts_days == 0 {
                    wrong(
                        c,
                        clause,
                        "counts_days",
                        "has acts that count for 0 days",
                        "at least 1 day",
                        "write counts_days = 1 for an act to count on its own day",
                    );
                }
            }
            Terms::Act(_) => unscoped(c, clause),
            _ => {}
        }
        for exemption in &clause.exempt {
            exempt(c, clause, exemption);
        }
    }
}

fn wrong(c: &mut Context<'_>, clause: &Clause, key: &str, what: &str, label: &str, help: &str) {
    let span = if clause.spans.has(key) { clause.spans.of(key) } else { clause.spans.header() };
    c.push(
        Diagnostic::error(span, format!("clause `{}` {what}", clause.id)).label(label).help(help),
    );
}

/// A clause that selects by range or calibre needs to know it of every class
/// that its forces hold.
fn scope(c: &mut Context<'_>, clause: &Clause) {
    let s = c.scenario;
    let held = |id: &str| {
        let mut forces = s.forces.iter();
        forces.any(|force| binds(clause, force) && force.equipment.contains_key(id))
    };
    for class in &s.weapon_classes {
        let listed = clause.scope.classes.is_empty() || clause.scope.classes.contains(&class.id);
        let selects = [
            (
                "min_range_km",
                "range_km",
                clause.scope.min_range_km.is_some() && class.range_km.is_none(),
            ),
            (
                "min_calibre_mm",
                "calibre_mm",
                clause.scope.min_calibre_mm.is_some() && class.calibre_mm.is_none(),
            ),
        ];
        for (by, key, blind) in selects {
            if blind && listed && held(&class.id) {
                let message = format!(
                    "weapon class `{}` has no `{key}`, and clause `{}` selects by it",
                    class.id, clause.id
                );
                c.push(
                    Diagnostic::error(class.spans.header(), message)
                        .label("in this table")
                        .related(clause.spans.of(by), "selected by this")
                        .help(format!(
                            "add {key} to `{}`, or name the classes of the clause in `classes`",
                            class.id
                        )),
                );
            }
        }
    }
}

fn posture(c: &mut Context<'_>, clause: &Clause) {
    if !clause.scope.of_weapons() {
        wrong(
            c,
            clause,
            "kind",
            "says nothing of which weapons are to be inactive",
            "a posture is one of weapons",
            "add classes = [\"…\"], heavy = true, min_range_km or min_calibre_mm",
        );
    }
}

/// A political step is a party's, whatever it holds.
fn unscoped(c: &mut Context<'_>, clause: &Clause) {
    for key in ["classes", "min_calibre_mm", "min_range_km", "heavy", "domain", "exempt"] {
        if clause.spans.has(key) {
            wrong(
                c,
                clause,
                key,
                &format!("is a step of parties: `{key}` has no meaning in it"),
                "only for clauses on forces",
                "leave it out",
            );
        }
    }
}

fn presence(c: &mut Context<'_>, clause: &Clause, it: &Presence) {
    let (id, spans) = (&clause.id, &clause.spans);
    let band = ["from", "from_km", "to_km"];
    let written: Vec<&str> = band.into_iter().filter(|key| spans.has(key)).collect();
    match (spans.has("area"), written.as_slice()) {
        (true, []) | (false, [_, _, _]) => {}
        (true, [key, ..]) => {
            let message = format!("clause `{id}` has both an area and a band");
            c.push(
                Diagnostic::error(spans.of(key), message)
                    .label("a band by this …")
                    .related(spans.of("area"), "… and an area by this")
                    .help("leave one of the two out"),
            );
        }
        (false, []) => wrong(
            c,
            clause,
            "kind",
            "says not where",
            "neither an area nor a band",
            "add area = \"…\", or from, from_km and to_km",
        ),
        (false, [key, ..]) => {
            let missing: Vec<&str> = band.into_iter().filter(|key| !spans.has(key)).collect();
            let what = format!("has half a band: `{}` is missing", missing.join("` and `"));
            wrong(
                c,
                clause,
                key,
                &what,
                "a band needs all three",
                "write from = \"line\", from_km = 0, to_km = 20",
            );
        }
    }
    if let (Some(from), Some(to)) = (it.from_km, it.to_km)
        && from >= to
    {
        let message = format!("clause `{id}` has a band that ends before it begins");
        c.push(
            Diagnostic::error(spans.of("to_km"), message)
                .label(format!("ends at {to} km"))
                .related(spans.of("from_km"), format!("begins at {from} km"))
                .help("write to_km above from_km; negative kilometres lie on the other side"),
        );
    }
    for (what, cap, floor) in it.limits() {
        let key = |side: &str| format!("{side}_{what}");
        if let (Some(cap), Some(floor)) = (cap, floor)
            && floor > cap
        {
            let (low, high) = (key("floor"), key("cap"));
            c.push(
                Diagnostic::error(
                    spans.of(&low),
                    format!("clause `{id}` has `{low}` above `{high}`"),
                )
                .label(format!("at least {floor} {what}"))
                .related(spans.of(&high), format!("at most {cap} {what}"))
                .help("write a floor of at most the cap"),
            );
        }
        let counted = clause.scope.of_weapons();
        for key in [key("cap"), key("floor")] {
            if what == "weapons" && spans.has(&key) && !counted {
                wrong(
                    c,
                    clause,
                    &key,
                    "limits weapons without saying which",
                    "weapons without a class",
                    "add classes = [\"…\"], heavy = true, min_range_km or min_calibre_mm",
                );
            } else if what == "persons" && spans.has(&key) && counted {
                wrong(
                    c,
                    clause,
                    &key,
                    "limits persons, but counts weapons",
                    "its scope is one of weapons",
                    "put persons and weapons into two clauses",
                );
            }
        }
    }
}

fn deliver(c: &mut Context<'_>, clause: &Clause, it: &Deliver) {
    let weapons = it.what == Goods::Weapons;
    let needed = [
        ("weapons_per_day", weapons, "for weapons"),
        ("items_per_day", !weapons, "for all but weapons"),
        ("stock", it.of_stock(), "for prisoners and records"),
        ("items", it.of_items(), "for installations and ground"),
    ];
    for (key, needed, what) in needed {
        match (needed, clause.spans.has(key)) {
            (true, false) => wrong(
                c,
                clause,
                "what",
                &format!("has no `{key}`"),
                "in this table",
                &format!("add `{key}`: it is needed {what}"),
            ),
            (false, true) => wrong(
                c,
                clause,
                key,
                &format!("has no use for `{key}`"),
                &format!("only {what}"),
                "leave it out",
            ),
            _ => {}
        }
    }
    if !weapons && clause.scope.of_weapons() {
        let key = ["classes", "min_calibre_mm", "min_range_km", "heavy"];
        let key = key.into_iter().find(|key| clause.spans.has(key));
        wrong(
            c,
            clause,
            key.unwrap_or("what"),
            "delivers no weapons, but has a scope of weapons",
            "only for weapons",
            "leave it out",
        );
    }
    if it.dismantled && it.what != Goods::Installations {
        wrong(
            c,
            clause,
            "dismantled",
            "has nothing to dismantle",
            "only for installations",
            "leave it out, or write what = \"installations\"",
        );
    }
    if it.disputed_share.is_some() && it.verifier.is_none() {
        wrong(
            c,
            clause,
            "disputed_share",
            "has a disputed share, but the receiver rules alone",
            "disputes are between receiver and verifier",
            "add verifier = \"party\"",
        );
    }
}

/// What is beyond the line is beyond a line.
fn beyond(c: &mut Context<'_>, clause: &Clause, beyond: Option<&str>) {
    let named = c.scenario.clauses.iter().find(|it| Some(it.id.as_str()) == beyond);
    if let Some(named) = named
        && !matches!(named.terms, Terms::KeepDistance(_))
    {
        let what = format!("names `{}` as its line, which keeps no distance", named.id);
        wrong(
            c,
            clause,
            "beyond",
            &what,
            "of another kind",
            "name a clause of kind \"keep-distance\"",
        );
    }
}

fn exempt(c: &mut Context<'_>, clause: &Clause, it: &Exemption) {
    let id = &clause.id;
    if it.forces.is_empty() && it.parties.is_empty() {
        c.push(
            Diagnostic::error(
                it.spans.header(),
                format!("an exemption of clause `{id}` names nobody"),
            )
            .label("neither `forces` nor `parties`")
            .help("add forces = [\"…\"] or parties = [\"…\"]"),
        );
    }
    let limits = [
        ("up_to_persons", it.up_to_persons, !clause.counts_weapons(), "the clause counts weapons"),
        ("up_to_weapons", it.up_to_weapons, clause.counts_weapons(), "the clause counts persons"),
        ("up_to_posts", it.up_to_posts, true, ""),
    ];
    let written: Vec<&str> = limits.iter().filter(|it| it.1.is_some()).map(|it| it.0).collect();
    if let [first, second, ..] = written.as_slice() {
        c.push(
            Diagnostic::error(
                it.spans.of(second),
                format!("an exemption of clause `{id}` has two limits"),
            )
            .label("the second")
            .related(it.spans.of(first), "the first")
            .help("leave one of them out, or write two exemptions"),
        );
    }
    for (key, limit, counts, label) in limits {
        if limit.is_some() && !counts {
            let right = if key == "up_to_persons" { "up_to_weapons" } else { "up_to_persons" };
            c.push(
                Diagnostic::error(
                    it.spans.of(key),
                    format!("an exemption of clause `{id}` is limited by what it does not count"),
                )
                .label(label)
                .help(format!("write {right} or up_to_posts")),
            );
        }
    }
}
