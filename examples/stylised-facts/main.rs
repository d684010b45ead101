//! The page docs/stylised-facts.md: patterns that studies of real agreements have found,
//! each beside what the model shows.
//!
//! ```console
//! cargo run --release --example stylised-facts > docs/stylised-facts.md
//! ```

mod everywhere;
mod measure;
mod minsk;
mod two_banks;

use std::fmt::Write as _;
use std::io::Write as _;

use disengage::stats::Interval;

use measure::{Failed, SEED, shown, table};

/// What is asked of a number, so that a fact is met.
pub(crate) struct Asked {
    low: f64,
    high: f64,
}

impl Asked {
    pub(crate) fn between(low: f64, high: f64) -> Self {
        Self { low, high }
    }

    pub(crate) fn under(high: f64) -> Self {
        Self { low: f64::NEG_INFINITY, high }
    }

    pub(crate) fn over(low: f64) -> Self {
        Self { low, high: f64::INFINITY }
    }

    fn words(&self) -> String {
        match (self.low.is_finite(), self.high.is_finite()) {
            (true, true) => format!("{} to {}", self.low, self.high),
            (true, false) => format!("over {}", self.low),
            (false, _) => format!("under {}", self.high),
        }
    }

    fn holds(&self, value: f64) -> bool {
        value >= self.low && value <= self.high
    }
}

/// A pattern of the literature and what the model shows of it.
pub(crate) struct Fact {
    pub(crate) pattern: &'static str,
    /// Who found it, and what.
    pub(crate) says: &'static str,
    pub(crate) measured: &'static str,
    pub(crate) runs: String,
    /// What the number is.
    pub(crate) what: &'static str,
    pub(crate) asked: Asked,
    pub(crate) found: Interval,
    pub(crate) table: String,
    /// What was found on looking, where something stays to be said.
    pub(crate) remark: &'static str,
}

impl Fact {
    /// The whole interval is asked to lie where the number should.
    fn verdict(&self) -> &'static str {
        let it = &self.found;
        match () {
            () if self.asked.holds(it.low) && self.asked.holds(it.high) => "met",
            () if self.asked.holds(it.estimate) => "not shown",
            () => "not met",
        }
    }
}

const SOURCES: &str = "\
- Clayton & Sticher (2021). The logic of ceasefires in civil war. *International Studies
  Quarterly* 65. Abstract read.
- Collier, Hoeffler & Söderbom (2008). Post-conflict risks. *Journal of Peace Research* 45.
  Abstract read.
- Fortna (2003). Scraps of paper? Agreements and the durability of peace. *International
  Organization* 57. Abstract read.
- Fortna (2004). Does peacekeeping keep peace? International intervention and the duration of
  peace after civil war. *International Studies Quarterly* 48. Abstract read; its numbers are
  second-hand.
- Werner & Yuen (2005). Making and keeping peace. *International Organization* 59. Abstract read.
- LB.ua, 9 August 2018; UCMC, 2 November 2017 and July 2018; Ukrinform, 5 July 2018: the
  OSCE's briefings, with their addresses in
  [minsk-2015.toml](../scenarios/minsk-2015.toml). UCMC, 22 December 2017
  (https://uacrisis.org/en/63399-osce-75/amp); Kyiv Post, 15 February 2021
  (https://www.kyivpost.com/post/9363); UNIAN, 19 January 2021
  (https://www.unian.info/war/osce-smm-records-91-ceasefire-violations-in-donbas-over-weekend-11289578.html).
- Russian ministry of defence, daily bulletins on the truce in Syria, 2017. From memory.
";

/// In lines of a page's width.
fn wrapped(text: &str) -> String {
    let options = textwrap::Options::new(92).break_words(false);
    textwrap::fill(text, options.word_splitter(textwrap::WordSplitter::NoHyphenation))
}

fn main() -> Result<(), Failed> {
    let mut facts = two_banks::facts()?;
    if let Some(watched) = facts.first_mut() {
        write!(watched.table, "\n{}", everywhere::unwatched()?)?;
    }
    facts.extend(minsk::facts()?);
    facts.extend(everywhere::facts()?);
    let mut page = format!(
        "# Stylised facts\n\n\
         Patterns that those who study real agreements have found, each beside what the model shows.\n\
         Made by\n\n```console\n\
         $ cargo run --release --example stylised-facts > docs/stylised-facts.md\n```\n\n\
         (seed {SEED}; some minutes; the slow checks hold the page against it). Nothing was moved so\n\
         that a fact comes true, but where a number of a scenario was set by the same record, the fact\n\
         is no test, and it says so. Facts 1 to 6 ask for ten years of an agreement, which no bundled\n\
         scenario has; they are looked for in [two-banks.toml](two-banks.toml), two parties alike in\n\
         everything with round numbers, whose sizes stand for nothing: what they show is that the model\n\
         brings such patterns forth, not how large they are anywhere.\n\n\
         A fact is *met* if the whole 95 % interval (over replicates of the file) lies where it is\n\
         asked to lie, *not shown* if the number does and its interval reaches beyond, and else *not\n\
         met*. Intervals are Student's, over pseudo-values of a jackknife by twenty groups of\n\
         replicates; ratios go by logarithms. Arms of a comparison share their draws.\n\n"
    );
    let rows: Vec<Vec<String>> = (1..)
        .zip(&facts)
        .map(|(at, it)| {
            vec![
                at.to_string(),
                it.pattern.into(),
                it.what.into(),
                it.asked.words(),
                shown(&it.found),
                format!("**{}**", it.verdict()),
            ]
        })
        .collect();
    page += &table(&["", "pattern", "number", "asked for", "in the model [95 %]", ""], &rows);
    for (at, it) in (1..).zip(&facts) {
        let measured = format!("**In the model.** {} {}", it.measured, it.runs);
        let (verdict, what, asked) = (it.verdict(), it.what, it.asked.words());
        let found = format!("**{verdict}: {what} {}**, asked for {asked}. ", shown(&it.found));
        write!(
            page,
            "\n## {at}. {}\n\n{}\n\n{}\n\n{}\n{}\n",
            it.pattern,
            wrapped(it.says),
            wrapped(&measured),
            it.table,
            wrapped(&(found + it.remark)),
        )?;
    }
    write!(page, "\n## Sources\n{SOURCES}")?;
    std::io::stdout().lock().write_all(page.as_bytes())?;
    Ok(())
}
