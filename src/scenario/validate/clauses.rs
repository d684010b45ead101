//! Clauses: what each kind needs, what its scope selects by, whom it exempts.

use super::context::Context;
use crate::scenario::refer::named;
use crate::scenario::{Abstain, Clause, Deliver, Exemption, Goods, Presence, Terms};

/// Help for a clause that counts weapons, but not which.
const WHICH: &str = "add classes = [\"…\"], heavy = true, min_range_km or min_calibre_mm";

pub(super) fn check(c: &mut Context<'_>) {
    for clause in &c.scenario.clauses {
        scope(c, clause);
        match &clause.terms {
            Terms::Presence(it) => presence(c, clause, it),
            Terms::Deliver(it) => deliver(c, clause, it),
            Terms::Confine(it) => beyond(c, clause, it.beyond.as_ref()),
            Terms::Posture(_) if !clause.scope.of_weapons() => {
                c.error_at(clause, "kind", "says nothing of which weapons are to be inactive")
                    .label("a posture is one of weapons")
                    .help(WHICH);
            }
            Terms::Abstain(it) => abstain(c, clause, it),
            Terms::Act(_) => unscoped(c, clause),
            _ => {}
        }
        for exemption in &clause.exempt {
            exempt(c, clause, exemption);
        }
    }
}

fn abstain(c: &mut Context<'_>, clause: &Clause, it: &Abstain) {
    if it.acts.is_empty() && clause.spans.has("acts") {
        c.error_at(clause, "acts", "abstains from nothing")
            .label("an empty list")
            .help("name what is not to be done: acts = [\"fire\"]");
    }
    if it.counts_days == 0 {
        c.error_at(clause, "counts_days", "has acts that count for 0 days")
            .label("at least 1 day")
            .help("write counts_days = 1 for an act to count on its own day");
    }
    for licence in &it.licences {
        let to = |party: &&String| licence.to.is_empty() || licence.to.contains(party);
        let both = clause.binds.iter().filter(to).count() > 1;
        if both && it.acts.iter().any(|act| act.is(licence.after)) {
            let after = licence.after.word();
            c.warning_at(clause, "licences", "forbids little: each act licenses the next")
                .label(format!("two parties may each answer `{after}` with what it forbids"))
                .help(
                    "give it `to` one party, name another act as `after`, or look at the measure \
                     `licensed_share` of the clause",
                );
        }
    }
}

/// A clause that selects by range or calibre needs to know it of every class
/// that its forces hold.
fn scope(c: &mut Context<'_>, clause: &Clause) {
    let s = c.scenario;
    let held = |id: &str| {
        let mut forces = s.forces.iter();
        forces.any(|force| clause.binds(force) && force.equipment.contains_key(id))
    };
    for class in &s.weapon_classes {
        let listed = clause.scope.classes.is_empty() || clause.scope.classes.contains(&class.id);
        let own = &clause.scope;
        let selects = [
            ("min_range_km", own.min_range_km, "range_km", class.range_km),
            ("min_calibre_mm", own.min_calibre_mm, "calibre_mm", class.calibre_mm),
        ];
        for (by, least, key, value) in selects {
            let blind = least.is_some() && value.is_none();
            if blind && listed && held(&class.id) {
                let message = format!(
                    "weapon class `{}` has no `{key}`, and clause `{}` selects by it",
                    class.id, clause.id
                );
                c.error(class.spans.header(), message)
                    .label("in this table")
                    .related(clause.spans.of(by), "selected by this")
                    .help(format!(
                        "add {key} to `{}`, or name the classes of the clause in `classes`",
                        class.id
                    ));
            }
        }
    }
}

/// A political step is a party's, whatever it holds.
fn unscoped(c: &mut Context<'_>, clause: &Clause) {
    for key in ["classes", "min_calibre_mm", "min_range_km", "heavy", "domain", "exempt"] {
        if clause.spans.has(key) {
            let what = format!("is a step of parties: `{key}` has no meaning in it");
            c.error_at(clause, key, &what).label("only for clauses on forces").help("leave it out");
        }
    }
}

fn presence(c: &mut Context<'_>, clause: &Clause, it: &Presence) {
    let spans = &clause.spans;
    let band = ["from", "from_km", "to_km"];
    let written: Vec<&str> = band.into_iter().filter(|key| spans.has(key)).collect();
    match (spans.has("area"), written.as_slice()) {
        (true, []) | (false, [_, _, _]) => {}
        (true, [key, ..]) => {
            c.error_at(clause, key, "has both an area and a band")
                .label("a band by this …")
                .related(spans.of("area"), "… and an area by this")
                .help("leave one of the two out");
        }
        (false, []) => {
            c.error_at(clause, "kind", "says not where")
                .label("neither an area nor a band")
                .help("add area = \"…\", or from, from_km and to_km");
        }
        (false, [key, ..]) => {
            let missing: Vec<&str> = band.into_iter().filter(|key| !spans.has(key)).collect();
            let what = format!("has half a band: `{}` is missing", missing.join("` and `"));
            c.error_at(clause, key, &what)
                .label("a band needs all three")
                .help("write from = \"line\", from_km = 0, to_km = 20");
        }
    }
    if let (Some(from), Some(to)) = (it.from_km, it.to_km)
        && from >= to
    {
        c.error_at(clause, "to_km", "has a band that ends before it begins")
            .label(format!("ends at {to} km"))
            .related(spans.of("from_km"), format!("begins at {from} km"))
            .help("write to_km above from_km; negative kilometres lie on the other side");
    }
    for (what, cap, floor) in it.limits() {
        let key = |side: &str| format!("{side}_{what}");
        if let (Some(cap), Some(floor)) = (cap, floor)
            && floor > cap
        {
            let (low, high) = (key("floor"), key("cap"));
            c.error_at(clause, &low, &format!("has `{low}` above `{high}`"))
                .label(format!("at least {floor} {what}"))
                .related(spans.of(&high), format!("at most {cap} {what}"))
                .help("write a floor of at most the cap");
        }
        let counted = clause.scope.of_weapons();
        for key in [key("cap"), key("floor")] {
            if what == "weapons" && spans.has(&key) && !counted {
                c.error_at(clause, &key, "limits weapons without saying which")
                    .label("weapons without a class")
                    .help(WHICH);
            } else if what == "persons" && spans.has(&key) && counted {
                c.error_at(clause, &key, "limits persons, but counts weapons")
                    .label("its scope is one of weapons")
                    .help("put persons and weapons into two clauses");
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
            (true, false) => {
                c.error_at(clause, "what", &format!("has no `{key}`"))
                    .label("in this table")
                    .help(format!("add `{key}`: it is needed {what}"));
            }
            (false, true) => {
                c.error_at(clause, key, &format!("has no use for `{key}`"))
                    .label(format!("only {what}"))
                    .help("leave it out");
            }
            _ => {}
        }
    }
    if !weapons && clause.scope.of_weapons() {
        let keys = ["classes", "min_calibre_mm", "min_range_km", "heavy"];
        let key = keys.into_iter().find(|key| clause.spans.has(key)).unwrap_or("what");
        c.error_at(clause, key, "delivers no weapons, but has a scope of weapons")
            .label("only for weapons")
            .help("leave it out");
    }
    if it.dismantled && it.what != Goods::Installations {
        c.error_at(clause, "dismantled", "has nothing to dismantle")
            .label("only for installations")
            .help("leave it out, or write what = \"installations\"");
    }
    if it.disputed_share.is_some() && it.verifier.is_none() {
        c.error_at(clause, "disputed_share", "has a disputed share, but the receiver rules alone")
            .label("disputes are between receiver and verifier")
            .help("add verifier = \"party\"");
    }
}

/// What is beyond the line is beyond a line.
fn beyond(c: &mut Context<'_>, clause: &Clause, beyond: Option<&String>) {
    if let Some(other) = named(&c.scenario.clauses, beyond)
        && !matches!(other.terms, Terms::KeepDistance(_))
    {
        let what = format!("names `{}` as its line, which keeps no distance", other.id);
        c.error_at(clause, "beyond", &what)
            .label("of another kind")
            .help("name a clause of kind \"keep-distance\"");
    }
}

fn exempt(c: &mut Context<'_>, clause: &Clause, it: &Exemption) {
    let id = &clause.id;
    if it.forces.is_empty() && it.parties.is_empty() {
        c.error(it.spans.header(), format!("an exemption of clause `{id}` names nobody"))
            .label("neither `forces` nor `parties`")
            .help("add forces = [\"…\"] or parties = [\"…\"]");
    }
    let limits = [
        ("up_to_persons", it.up_to_persons, !clause.counts_weapons(), "the clause counts weapons"),
        ("up_to_weapons", it.up_to_weapons, clause.counts_weapons(), "the clause counts persons"),
        ("up_to_posts", it.up_to_posts, true, ""),
    ];
    let written: Vec<&str> = limits.iter().filter(|it| it.1.is_some()).map(|it| it.0).collect();
    if let [first, second, ..] = written.as_slice() {
        c.error(it.spans.of(second), format!("an exemption of clause `{id}` has two limits"))
            .label("the second")
            .related(it.spans.of(first), "the first")
            .help("leave one of them out, or write two exemptions");
    }
    for (key, limit, counts, label) in limits {
        if limit.is_some() && !counts {
            let right = if key == "up_to_persons" { "up_to_weapons" } else { "up_to_persons" };
            let message =
                format!("an exemption of clause `{id}` is limited by what it does not count");
            c.error(it.spans.of(key), message)
                .label(label)
                .help(format!("write {right} or up_to_posts"));
        }
    }
}
