//! What the model cannot tell, out of the page of the docs that says so.

/// The page.
const PAGE: &str = include_str!("../../docs/limits.md");

/// A point: what is said first, in bold, and the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Limit {
    /// In bold.
    pub(super) head: String,
    /// After it.
    pub(super) body: String,
}

/// The points under a heading of the page.
pub(super) fn under(heading: &str) -> Vec<Limit> {
    let start = format!("## {heading}\n");
    let section = PAGE.split_once(&start).map_or("", |(_, rest)| rest);
    let section = section.split("\n## ").next().unwrap_or("");
    let points = section.split("\n- ").map(|it| it.trim_start_matches("- "));
    points
        .map(|point| point.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|point| !point.is_empty())
        .map(|point| {
            let point = point.replace('`', "");
            let bold = point.strip_prefix("**").and_then(|it| it.split_once("**"));
            let (head, body) = bold.unwrap_or(("", &point));
            Limit { head: head.to_owned(), body: body.trim().replace('*', "") }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_has_the_sections_that_are_told() {
        for (heading, least) in [("What it cannot tell", 4), ("Misuse", 4)] {
            let points = under(heading);
            assert!(points.len() >= least, "{heading}: {points:?}");
            assert!(points.iter().all(|it| !it.head.is_empty()), "{points:?}");
            let text = format!("{points:?}");
            assert!(!text.contains("**") && !text.contains("##"), "{text}");
        }
        assert!(under("Nothing of the kind").is_empty());
    }
}
