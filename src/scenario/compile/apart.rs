//! Rows of conduct that draw what one choice of place gives up, each for itself: the
//! greatest counts, so that independent draws raise it.

use super::{Compiler, rows};
use crate::diag::list;
use crate::model::{About, BeliefsIndex, Choice, ForceIndex, Model, TiSlice};
use crate::scenario::{Conduct, Policy};

/// The keys of which the greatest counts.
const KEYS: [&str; 2] = ["value", "value_per_km"];

impl Compiler<'_> {
    /// Tells such rows, at the last of them: each key of the same rows once.
    pub(super) fn drawn_apart(&mut self, model: &Model) {
        let mut told: Vec<(&str, Vec<BeliefsIndex>)> = Vec::new();
        for choice in model.choices.iter().filter(|it| it.about == About::Place) {
            for key in KEYS {
                let apart = self.apart(model, choice, key);
                if apart.len() > 1 && !told.iter().any(|it| it.0 == key && it.1 == apart) {
                    self.tell(&model.garrisons[choice.garrison].id, key, &apart);
                    told.push((key, apart));
                }
            }
        }
    }

    /// The rows of a choice that draw a key where another of them may be the greater one or
    /// not, in the order of the file.
    fn apart(&self, model: &Model, choice: &Choice, key: &str) -> Vec<BeliefsIndex> {
        let conducts: &TiSlice<BeliefsIndex, Conduct> = rows(&self.scenario.conducts);
        // Where each site says what it is worth, the row does not.
        let counts = |forces: &[ForceIndex]| {
            let party = &model.parties[choice.party].id;
            let own = |force: ForceIndex| {
                let site = &rows(&self.scenario.sites)[model.forces[force].home];
                site.value.contains_key(party)
            };
            key != "value" || forces.is_empty() || forces.iter().any(|force| !own(*force))
        };
        let units = choice.units.iter().map(|unit| &model.units[*unit]);
        let mut drawing: Vec<BeliefsIndex> =
            units.filter(|unit| counts(&unit.weighed)).map(|unit| unit.beliefs).collect();
        drawing.sort_unstable();
        drawing.dedup();
        let drawn = drawing.into_iter().filter_map(|row| Some((row, drawn(&conducts[row], key)?)));
        let drawn: Vec<_> = drawn.collect();
        let meets = |row: BeliefsIndex, (low, high): (f64, f64)| {
            let mut others = drawn.iter().filter(|(other, _)| *other != row);
            others.any(|(_, (least, most))| low < *most && *least < high)
        };
        drawn.iter().filter(|(row, ends)| meets(*row, *ends)).map(|(row, _)| *row).collect()
    }

    fn tell(&mut self, garrison: &str, key: &str, apart: &[BeliefsIndex]) {
        let conducts: &TiSlice<BeliefsIndex, Conduct> = rows(&self.scenario.conducts);
        let ([first, ..], [.., last]) = (apart, apart) else { return };
        let (first, last) = (&conducts[*first], &conducts[*last]);
        let names: Vec<String> =
            apart.iter().map(|row| format!("`{}`", conducts[*row].id)).collect();
        self.found
            .warning(
                last.spans.of(key),
                format!(
                    "rows {} draw `{key}` apart for the same choice of where `{garrison}` is to stand",
                    list(&names)
                ),
            )
            .label("the greatest of them counts, and independent draws raise it")
            .related(first.spans.of(key), "drawn here too")
            .help("write one number, or one row for these clauses");
    }
}

/// The ends of what a row draws for a key; none if it draws nothing.
fn drawn(conduct: &Conduct, key: &str) -> Option<(f64, f64)> {
    let Policy::QuantalResponse(it) = &conduct.policy else { return None };
    let quantity = if key == "value" { &it.value } else { &it.value_per_km };
    let (low, high) = quantity.0.support();
    (low < high).then_some((low, high))
}

#[cfg(test)]
mod tests {
    use crate::scenario::load_text;

    /// Two clauses of place on one garrison, each with a row of its own.
    fn warnings(first: &str, second: &str, site: &str) -> Vec<(String, String)> {
        let conduct = |id: &str, value: &str| {
            format!(
                "[[conduct]]\nid = \"{id}\"\nparty = \"reds\"\nkind = \"quantal-response\"\n\
                 clauses = [\"{id}\"]\nreview_days = 30\n{value}\n"
            )
        };
        let clause = |id: &str, km: u32| {
            format!(
                "[[clause]]\nid = \"{id}\"\nkind = \"keep-distance\"\nbinds = [\"reds\"]\n\
                 from = \"line\"\nmin_km = {km}\n"
            )
        };
        let text = format!(
            "schema = 2\ntitle = \"Apart\"\ntime = {{ start = 2030-01-01, end = 2030-12-31 }}\n\
             [[line]]\nid = \"line\"\npositive_toward = \"far\"\n\
             points = [{{ lat = 0.0, lon = -32.0 }}, {{ lat = 0.0, lon = -28.0 }}]\n\
             [[site]]\nid = \"far\"\nlat = 2.0\nlon = -30.0\n\
             [[site]]\nid = \"home\"\nlat = 0.05\nlon = -30.0\n{site}\n\
             [[party]]\nid = \"reds\"\n\
             [[force]]\nid = \"brigade\"\nflag = \"reds\"\nat = \"home\"\nstrength = 100\n\
             withdraws_to = [\"far\"]\n{}{}{}{}",
            clause("near", 20),
            clause("wide", 40),
            conduct("near", first),
            conduct("wide", second)
        );
        let loaded = load_text("apart", "apart.toml", text, None, &[]).unwrap();
        let apart = loaded.warnings.iter().filter(|it| it.message.contains("apart"));
        apart
            .map(|it| {
                let place = loaded.source.text[it.span.clone().unwrap()].to_owned();
                (it.message.clone(), place)
            })
            .collect()
    }

    #[test]
    fn rows_that_draw_one_choice_apart_are_told() {
        let drawn = "value = { uniform = [0, 2] }";
        let other = "value = { uniform = [0, 3] }";
        let told = warnings(drawn, other, "");
        let message = "rows `near` and `wide` draw `value` apart for the same choice of where `home` is to stand";
        assert_eq!(told, [(message.to_owned(), "{ uniform = [0, 3] }".to_owned())]);
        let far = "value = 1\nvalue_per_km = { uniform = [0.01, 0.02] }";
        assert!(warnings(far, far, "")[0].0.contains("`value_per_km`"));
        assert_eq!(warnings(drawn, "value = 1", ""), []);
        // Always the same one is the greatest.
        assert_eq!(warnings(drawn, "value = { uniform = [2, 3] }", ""), []);
        assert_eq!(warnings("value = 2", "value = 1", ""), []);
        // What the site is worth stands for both.
        assert_eq!(warnings(drawn, other, "value = { reds = { uniform = [0, 2] } }"), []);
    }
}
