//! The kinds of charts: what each is called, which question it answers, and who draws it.

use super::ChartInput;
use super::{
    by_clause, compliance, distance, escalation, map, monitors, occupancy, reach, records, risks,
    status, timeline,
};

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

/// The kinds of a run, each with who draws it, then those of points: word, title, question.
macro_rules! kinds {
    (
        run { $($kind:ident: $word:literal, $title:literal, $question:literal, $draw:expr;)* }
        points { $($of_points:literal, $its_title:literal, $its_question:literal;)* }
    ) => {
        /// What a chart of a run shows.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Kind {
            $(#[doc = $question] $kind,)*
        }

        impl Kind {
            /// All kinds.
            pub const ALL: [Kind; [$($word),*].len()] = [$(Kind::$kind),*];
        }

        /// All kinds: those of a run in the order of [`Kind`], then those of points.
        pub const KINDS: [KindRow; [$($word,)* $($of_points),*].len()] = [
            $(KindRow {
                word: $word,
                title: $title,
                question: $question,
                of: Of::Run(Kind::$kind, $draw),
            },)*
            $(KindRow {
                word: $of_points,
                title: $its_title,
                question: $its_question,
                of: Of::Points,
            },)*
        ];
    };
}

#[rustfmt::skip]
kinds! { run {
    Map: "map", "Map", "Where do the forces stand, and where do they go?", map::draw;
    Density: "density", "Density", "Where do the forces stand at the end, over all replicates?", map::draw_density;
    Distance: "distance", "Distance", "How far from the line are the bound forces?", distance::draw;
    Occupancy: "occupancy", "Occupancy of bands", "Who stands in which band of distance?", occupancy::draw;
    Compliance: "compliance", "Compliance", "How far is each clause met, as it is, as recorded, as claimed?", compliance::draw;
    Status: "status", "Status of each clause", "What is the status of each clause, and who says so?", status::draw;
    Caps: "caps", "Use of limits", "How much of each limit is used?", |input| by_clause::CAPS.draw(input);
    Timeline: "timeline", "Time line", "What falls due when, and what is said?", timeline::draw;
    Reach: "reach", "Reach", "Which weapon classes still reach across the line?", reach::draw;
    Deliveries: "deliveries", "Deliveries", "What has been handed over, and accepted?", |input| by_clause::DELIVERIES.draw(input);
    Monitors: "monitors", "Monitors", "What do monitors register, and with how much effort?", monitors::draw;
    Escalation: "escalation", "Escalation", "How tense does it become?", escalation::draw;
    Risks: "risks", "How the agreement ends", "Is it completed, broken later, collapsed or destroyed, and when?", risks::draw;
    Records: "records", "Record", "How does the simulation stand to the record of the real agreement?", records::draw;
} points {
    "difference", "Differences", "What does each variant change against the baseline?";
    "variants", "Variants over time", "How does each variant run?";
    "response", "Response", "How does the outcome move with the parameter?";
    "heatmap", "Heat map", "How does the outcome move with both parameters?";
    "tornado", "One parameter at a time", "Which parameter moves the outcome most, by itself?";
    "sensitivity", "Sensitivity", "Which parameter matters, alone and with its interactions?";
    "morris", "Elementary effects", "Which parameter shifts the outcome, and does it depend on the others?";
} }

impl Kind {
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
