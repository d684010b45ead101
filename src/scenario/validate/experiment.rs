//! `[experiment]`: each value of each parameter, applied to the file alone, must
//! itself be a good scenario. Combinations are judged before a sweep runs.

use super::variants::judge;
use crate::diag::Diagnostics;
use crate::scenario::edit::{Levels, ParameterRole};
use crate::scenario::{Arrangement, Experiment, Varied};

/// Of a long list of values the first and the last say enough.
const MAX_LEVELS: usize = 50;

pub(in crate::scenario) fn check(experiment: &Experiment, text: &str) -> Diagnostics {
    let mut found = Diagnostics::default();
    let spans = &experiment.spans;
    let own = "no choice of the author’s";
    match (experiment.design, experiment.points) {
        (Arrangement::Grid, Some(_)) => {
            let message = "a grid has as many points as combinations";
            let help = "leave it out, or write design = \"lhs\" or \"sobol\"";
            found.error(spans.of("points"), message).label(own).help(help);
        }
        (Arrangement::OneAtATime, Some(_)) => {
            let message =
                "one parameter at a time has as many points as there are values, and one more";
            found.error(spans.of("points"), message).label(own).help("leave it out");
        }
        (Arrangement::Grid | Arrangement::OneAtATime, None) | (_, Some(_)) => {}
        (_, None) => {
            found
                .error(spans.of("design"), "the experiment does not say how many points")
                .label("needs `points`")
                .help("add points = 64");
        }
    }
    let mut any = false;
    for (role, varied) in experiment.varied() {
        any = true;
        of_parameter(experiment.design, role, varied, text, &mut found);
    }
    if !any {
        found
            .error(spans.header(), "the experiment varies nothing")
            .label("no lever and no uncertainty")
            .help(
                "add [[experiment.lever]] with paths = [\"clause.….min_km\"] and values = [40, 70]",
            );
    }
    found
}

fn of_parameter(
    design: Arrangement,
    role: ParameterRole,
    varied: &Varied,
    text: &str,
    found: &mut Diagnostics,
) {
    let parameter = match varied.parameter(role) {
        Ok(parameter) => parameter,
        Err(error) => {
            let message = format!("the experiment does not hold together: {}", error.message());
            found.error(varied.spans.header(), message).label("in this table").helps(error.help());
            return;
        }
    };
    let key = if varied.range.is_some() { "range" } else { "values" };
    let levels = match &parameter.levels {
        Levels::Listed(levels) if levels.len() <= MAX_LEVELS => levels.clone(),
        Levels::Listed(_) => vec![parameter.at(0.0, false), parameter.at(1.0, false)],
        Levels::Between { .. } if design == Arrangement::OneAtATime => parameter.values(),
        Levels::Between { .. } => {
            if design == Arrangement::Grid {
                found
                    .error(varied.spans.of("range"), "a grid needs a step")
                    .label("a range without one")
                    .help("add step = 10, or write design = \"lhs\" or \"sobol\"");
            }
            vec![parameter.at(0.0, true), parameter.at(1.0, true)]
        }
    };
    for level in levels {
        let Ok(assignments) = parameter.assignments(&level.values) else {
            continue;
        };
        let (paths, value) = (varied.spans.of("paths"), varied.spans.of(key));
        let name = format!("`{}` = {}", parameter.name(), level.name);
        let before = found.counts().0;
        judge(&name, text, &assignments, |_| paths.clone(), |_| value.clone(), found);
        // What is wrong with one value is mostly wrong with the next.
        if found.counts().0 > before {
            return;
        }
    }
}
