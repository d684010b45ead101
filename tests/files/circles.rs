//! No more than three files of `src/` import each other in a circle. What a folder's
//! `mod.rs` hands on is no import: whoever names it imports the file that defines it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use syn::visit::{self, Visit};
use syn::{Attribute, ItemEnum, ItemMod, ItemStruct, ItemUse, UseTree};

/// The most files that may import each other.
const MAX_CIRCLE: usize = 3;

/// A file: every path that it names, and the names that it hands on.
#[derive(Default)]
struct Module {
    file: String,
    paths: Vec<Vec<String>>,
    handed_on: BTreeMap<String, Vec<String>>,
    /// Modules all of whose names it hands on.
    all_of: Vec<Vec<String>>,
    /// The types that it defines.
    types: BTreeSet<String>,
}

impl Visit<'_> for Module {
    fn visit_item_mod(&mut self, item: &ItemMod) {
        if !is_test(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &ItemUse) {
        let mut found = Vec::new();
        flatten(&item.tree, &mut Vec::new(), &mut found);
        for (path, name) in found {
            match item.vis {
                syn::Visibility::Inherited => self.paths.push(path),
                _ if name == "*" => self.all_of.push(path),
                _ => _ = self.handed_on.insert(name, path),
            }
        }
    }

    fn visit_item_struct(&mut self, item: &ItemStruct) {
        self.types.insert(item.ident.to_string());
        visit::visit_item_struct(self, item);
    }

    fn visit_item_enum(&mut self, item: &ItemEnum) {
        self.types.insert(item.ident.to_string());
        visit::visit_item_enum(self, item);
    }

    // `pub(super)` imports nothing.
    fn visit_visibility(&mut self, _: &syn::Visibility) {}

    fn visit_path(&mut self, path: &syn::Path) {
        let words: Vec<String> =
            path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if ["crate", "super"].contains(&words[0].as_str()) {
            self.paths.push(words);
        }
        visit::visit_path(self, path);
    }
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("test"))
    })
}

/// Every path of a tree of imports, with the name that it has here.
fn flatten(tree: &UseTree, before: &mut Vec<String>, found: &mut Vec<(Vec<String>, String)>) {
    match tree {
        UseTree::Path(path) => {
            before.push(path.ident.to_string());
            flatten(&path.tree, before, found);
            before.pop();
        }
        UseTree::Group(group) => group.items.iter().for_each(|tree| flatten(tree, before, found)),
        UseTree::Name(name) => {
            let mut path = before.clone();
            if name.ident != "self" {
                path.push(name.ident.to_string());
            }
            found.push((path, name.ident.to_string()));
        }
        UseTree::Rename(name) => {
            let path = [before.as_slice(), &[name.ident.to_string()]].concat();
            found.push((path, name.rename.to_string()));
        }
        UseTree::Glob(_) => found.push((before.clone(), "*".into())),
    }
}

type Modules = BTreeMap<Vec<String>, Module>;

fn read(folder: &Path, at: &[String], modules: &mut Modules) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            read(&path, &[at, &[stem]].concat(), modules);
            continue;
        }
        if path.extension().is_none_or(|ending| ending != "rs") || stem == "main" {
            continue;
        }
        let name = match &*stem {
            "mod" | "lib" => at.to_vec(),
            _ => [at, std::slice::from_ref(&stem)].concat(),
        };
        let parsed = syn::parse_file(&fs::read_to_string(&path).unwrap()).unwrap();
        let mut module = Module { file: path.display().to_string(), ..Module::default() };
        for item in &parsed.items {
            module.visit_item(item);
        }
        modules.insert(name, module);
    }
}

/// The module in which the name at the end of a path is defined.
fn defined(
    modules: &Modules,
    from: &[String],
    path: &[String],
    depth: usize,
) -> Option<Vec<String>> {
    let mut at = from.to_vec();
    let mut words = path.iter().peekable();
    match path[0].as_str() {
        "crate" => {
            at.clear();
            words.next();
        }
        "self" => {
            words.next();
        }
        "super" => {
            while words.next_if(|word| *word == "super").is_some() {
                at.pop();
            }
        }
        // A module beside it, as in a file that hands names on.
        first if modules.contains_key(&[from, &[first.to_owned()]].concat()) => {}
        _ => return None,
    }
    while let Some(word) = words.peek() {
        let inner = [at.as_slice(), &[(*word).clone()]].concat();
        if !modules.contains_key(&inner) {
            break;
        }
        at = inner;
        words.next();
    }
    let module = modules.get(&at)?;
    let Some(name) = words.next().filter(|_| depth < 8) else { return Some(at) };
    if let Some(further) = module.handed_on.get(name) {
        return defined(modules, &at, further, depth + 1).or(Some(at));
    }
    let further = module.all_of.iter().filter_map(|all| {
        let path = [all.as_slice(), std::slice::from_ref(name)].concat();
        defined(modules, &at, &path, depth + 1)
    });
    let mut defining =
        further.filter(|it| modules.get(it).is_some_and(|it| it.types.contains(name)));
    defining.next().or(Some(at))
}

#[test]
fn no_circle_of_imports_is_long() {
    let mut modules = Modules::new();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &[], &mut modules);
    let edges: BTreeMap<&Vec<String>, BTreeSet<Vec<String>>> = modules
        .iter()
        .map(|(name, module)| {
            let to = module.paths.iter().filter_map(|path| defined(&modules, name, path, 0));
            let to = to.filter(|to| to != name);
            (name, to.collect())
        })
        .collect();
    let arrows: usize = edges.values().map(BTreeSet::len).sum();
    assert!(arrows > 500, "only {arrows} imports found: does the search still work?");
    let reached: BTreeMap<&Vec<String>, BTreeSet<&Vec<String>>> = edges
        .keys()
        .map(|from| {
            let (mut seen, mut next) = (BTreeSet::new(), vec![*from]);
            while let Some(name) = next.pop() {
                for (to, _) in edges[name].iter().filter_map(|to| edges.get_key_value(to)) {
                    if seen.insert(*to) {
                        next.push(to);
                    }
                }
            }
            (*from, seen)
        })
        .collect();
    let mut circles = BTreeSet::new();
    for (from, to) in &reached {
        let circle: BTreeSet<&str> = to
            .iter()
            .filter(|name| reached[*name].contains(*from))
            .map(|name| &*modules[*name].file)
            .collect();
        if circle.len() > MAX_CIRCLE {
            circles.insert(circle);
        }
    }
    assert!(circles.is_empty(), "files that import each other: {circles:#?}");
}
