//! Circles of tables that name each other.

use std::collections::{BTreeMap, BTreeSet};

/// Circles of a graph, each as its nodes with the edge taken from each; every node is in
/// at most one of them, and those of `seen` in none.
///
/// Goes through the nodes in order, depth first without recursion: the first circle is the
/// one met when the first edge is followed that leads into any.
pub(super) fn circles<'s, E: Copy, I: Iterator<Item = (&'s str, E)>>(
    nodes: impl IntoIterator<Item = &'s str>,
    edges: impl Fn(&'s str) -> I,
    seen: impl IntoIterator<Item = &'s str>,
) -> Vec<Vec<(&'s str, E)>> {
    let mut done: BTreeSet<&str> = seen.into_iter().collect();
    let mut circles = Vec::new();
    for node in nodes {
        // The path from `node`: where it is, how it goes on, what is left.
        let mut path: Vec<(&str, Option<E>, I)> = Vec::new();
        let mut on_path: BTreeMap<&str, usize> = BTreeMap::new();
        if !done.contains(node) {
            path.push((node, None, edges(node)));
            on_path.insert(node, 0);
        }
        while let Some((id, taken, left)) = path.last_mut() {
            let Some((to, edge)) = left.next() else {
                done.insert(id);
                on_path.remove(id);
                path.pop();
                continue;
            };
            *taken = Some(edge);
            if let Some(at) = on_path.get(to).copied() {
                let circle = path[at..].iter().filter_map(|(id, taken, _)| Some((*id, (*taken)?)));
                let circle: Vec<(&str, E)> = circle.collect();
                done.extend(circle.iter().map(|(id, _)| *id));
                circles.push(circle);
                path.truncate(at);
                on_path.retain(|_, place| *place < at);
            } else if !done.contains(to) {
                on_path.insert(to, path.len());
                path.push((to, None, edges(to)));
            }
        }
    }
    circles
}

/// "`a` follows `b` follows `a`"; of a long circle the first ten.
pub(super) fn in_a_circle(ids: &[&str], link: &str) -> String {
    const MOST: usize = 10;
    let mut words: Vec<String> = ids.iter().take(MOST).map(|id| format!("`{id}`")).collect();
    if ids.len() > MOST {
        words.push(format!("{} more", ids.len() - MOST));
    }
    words.extend(ids.first().map(|id| format!("`{id}`")));
    words.join(&format!(" {link} "))
}
