//! The kinds of charts: what each is called, which question it answers, and who draws it.

use super::ChartInput;
use super::{
    by_clause, compliance, distance, escalation, map, monitors, occupancy, reach, records, risks,
    status, timeline,
};

/// What a chart of a run shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Where forces stand and go, with lines and distances.
    Map,
    /// Where forces stand at the end, over all replicates.
    Density,
    /// The distance from the line over time.
    Distance,
    /// Who stands in which band of distance.
    Occupancy,
    /// How far each clause is met, as it is, as recorded, as claimed.
    Compliance,
    /// The status of each clause in time.
    Status,
    /// How much of each limit is used.
    Caps,
    /// Phases, clauses, deadlines and statements in time.
    Timeline,
    /// How far each weapon class still reaches across the line.
    Reach,
    /// What has been handed over and accepted.
    Deliveries,
    /// What monitors register, and for how much effort.
    Monitors,
    /// Tension, rungs, incidents and reactions.
    Escalation,
    /// Completion and collapse, with the numbers at risk.
    Risks,
    /// The record of the real agreement beside the simulation.
    Records,
}

/// What a chart is drawn from.
#[derive(Debug, Clone, Copy)]
pub enum Of {
    /// The aggregates of one run.
    Run(Kind, fn(&ChartInput) -> Option<String>),
    /// The points of a comparison or a sweep; its input is its own.
    Points,
}

/// What is known of a kind.
#[derive(Debug, Clone, Copy)]
pub struct KindRow {
    /// Its name in commands and files.
    pub word: &'static str,
    /// What it is called on pages.
    pub title: &'static str,
    /// The question that it answers.
    pub question: &'static str,
    /// What it is drawn from.
    pub of: Of,
}

const fn of_run(
    word: &'static str,
    title: &'static str,
    question: &'static str,
    kind: Kind,
    draw: fn(&ChartInput) -> Option<String>,
) -> KindRow {
    KindRow { word, title, question, of: Of::Run(kind, draw) }
}

const fn of_points(word: &'static str, title: &'static str, question: &'static str) -> KindRow {
    KindRow { word, title, question, of: Of::Points }
}

/// All kinds: those of a run in the order of [`Kind`], then those of points.
#[rustfmt::skip]
pub const KINDS: [KindRow; 21] = [
    of_run("map", "Map", "Where do the forces stand, and where do they go?", Kind::Map, map::draw),
    of_run("density", "Density", "Where do the forces stand at the end, over all replicates?", Kind::Density, map::draw_density),
    of_run("distance", "Distance", "How far from the line are the bound forces?", Kind::Distance, distance::draw),
    of_run("occupancy", "Occupancy of bands", "Who stands in which band of distance?", Kind::Occupancy, occupancy::draw),
    of_run("compliance", "Compliance", "How far is each clause met, as it is, as recorded, as claimed?", Kind::Compliance, compliance::draw),
    of_run("status", "Status of each clause", "What is the status of each clause, and who says so?", Kind::Status, status::draw),
    of_run("caps", "Use of limits", "How much of each limit is used?", Kind::Caps, |input| by_clause::CAPS.draw(input)),
    of_run("timeline", "Time line", "What falls due when, and what is said?", Kind::Timeline, timeline::draw),
    of_run("reach", "Reach", "Which weapon classes still reach across the line?", Kind::Reach, reach::draw),
    of_run("deliveries", "Deliveries", "What has been handed over, and accepted?", Kind::Deliveries, |input| by_clause::DELIVERIES.draw(input)),
    of_run("monitors", "Monitors", "What do monitors register, and with how much effort?", Kind::Monitors, monitors::draw),
    of_run("escalation", "Escalation", "How tense does it become?", Kind::Escalation, escalation::draw),
    of_run("risks", "Completion and collapse", "Which comes first, and when?", Kind::Risks, risks::draw),
    of_run("records", "Record", "How does the simulation stand to the record of the real agreement?", Kind::Records, records::draw),
    of_points("difference", "Differences", "What does each variant change against the baseline?"),
    of_points("variants", "Variants over time", "How does each variant run?"),
    of_points("response", "Response", "How does the outcome move with the parameter?"),
    of_points("heatmap", "Heat map", "How does the outcome move with both parameters?"),
    of_points("tornado", "One parameter at a time", "Which parameter moves the outcome most, by itself?"),
    of_points("sensitivity", "Sensitivity", "Which parameter matters, alone and with its interactions?"),
    of_points("morris", "Elementary effects", "Which parameter shifts the outcome, and does it depend on the others?"),
];

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 14] = {
        let mut all = [Kind::Map; 14];
        let mut at = 0;
        while at < all.len() {
            if let Of::Run(kind, _) = KINDS[at].of {
                all[at] = kind;
            }
            at += 1;
        }
        all
    };

    /// Its name in commands and files.
    #[must_use]
    pub fn word(self) -> &'static str {
        KINDS[self as usize].word
    }

    /// Its drawing; none where there is nothing of it.
    pub(super) fn draw(self, input: &ChartInput) -> Option<String> {
        match KINDS[self as usize].of {
            Of::Run(_, draw) => draw(input),
            Of::Points => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_in_the_order_of_kinds() {
        let kinds = KINDS.iter().map(|row| match row.of {
            Of::Run(kind, _) => Some(kind as usize),
            Of::Points => None,
        });
        let kinds: Vec<Option<usize>> = kinds.collect();
        let wanted = (0..KINDS.len()).map(|at| (at < Kind::ALL.len()).then_some(at));
        assert_eq!(kinds, wanted.collect::<Vec<_>>());
    }
}
