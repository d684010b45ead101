//! Which process of the engine changes which part of the state, as its code says it: the
//! list stands in `docs/state.md`, and a process that begins to change what it did not
//! shows there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use syn::visit::{self, Visit};
use syn::{Attribute, Expr, FnArg, Local, Pat, Type};

/// Parts of the world that are many things of one kind: their fields are listed each.
const THINGS: [&str; 9] =
    ["beliefs", "bodies", "changes", "clauses", "conflict", "forces", "monitors", "today", "units"];

/// What a mutable reference to a type is a part of.
const PARTS: [(&str, &str); 4] = [
    ("AbstainState", "clauses.abstain"),
    ("ClauseState", "clauses"),
    ("MonitorState", "monitors"),
    ("SourceState", "conflict.sources"),
];

/// Methods that change what they are called on.
const CHANGING: [&str; 27] = [
    "add",
    "append",
    "as_mut",
    "clear",
    "difference_with",
    "drain",
    "extend",
    "fill",
    "get_mut",
    "get_or_insert",
    "insert",
    "iter_mut",
    "last_mut",
    "pop",
    "pop_back",
    "pop_front",
    "push",
    "push_back",
    "put",
    "remove",
    "replace",
    "retain",
    "sort_by",
    "take",
    "take_into",
    "truncate",
    "union_with",
];

/// What one file changes.
#[derive(Default)]
struct Changes {
    /// In the methods of the world, `self` is it.
    in_world: bool,
    /// Names that stand for a part, in the function at hand.
    names: BTreeMap<String, String>,
    found: BTreeSet<String>,
}

impl Changes {
    /// The part of the world that an expression is: `clauses.spells` for
    /// `world.clauses[clause].spells[at]`.
    fn part(&self, expression: &Expr) -> Option<String> {
        match expression {
            Expr::Path(path) => {
                let name = path.path.get_ident()?.to_string();
                match name.as_str() {
                    "world" => Some(String::new()),
                    "self" if self.in_world => Some(String::new()),
                    _ => self.names.get(&name).cloned(),
                }
            }
            Expr::Field(field) => {
                let whole = self.part(&field.base)?;
                let syn::Member::Named(name) = &field.member else {
                    return Some(whole);
                };
                let names_its_fields = THINGS.contains(&whole.as_str());
                Some(match whole.as_str() {
                    "" => name.to_string(),
                    _ if names_its_fields => format!("{whole}.{name}"),
                    _ => whole,
                })
            }
            Expr::Index(index) => self.part(&index.expr),
            Expr::Paren(paren) => self.part(&paren.expr),
            Expr::Reference(reference) => self.part(&reference.expr),
            Expr::Unary(unary) => self.part(&unary.expr),
            Expr::MethodCall(call) if call.method != "clone" => {
                self.part(&call.receiver).filter(|part| !part.is_empty())
            }
            _ => None,
        }
    }

    fn changes(&mut self, expression: &Expr) {
        self.found.extend(self.part(expression).filter(|part| !part.is_empty()));
    }
}

impl Visit<'_> for Changes {
    fn visit_item_mod(&mut self, item: &syn::ItemMod) {
        if !is_test(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_impl(&mut self, item: &syn::ItemImpl) {
        let of_world = matches!(&*item.self_ty, Type::Path(path) if path.path.is_ident("World"));
        let before = std::mem::replace(&mut self.in_world, of_world);
        visit::visit_item_impl(self, item);
        self.in_world = before;
    }

    fn visit_signature(&mut self, signature: &syn::Signature) {
        self.names.clear();
        for argument in &signature.inputs {
            let FnArg::Typed(argument) = argument else { continue };
            if let (Pat::Ident(name), Type::Reference(reference)) = (&*argument.pat, &*argument.ty)
                && let (Some(_), Type::Path(of)) = (&reference.mutability, &*reference.elem)
                && let Some((_, part)) = PARTS.iter().find(|(name, _)| of.path.is_ident(name))
            {
                self.names.insert(name.ident.to_string(), (*part).to_owned());
            }
        }
    }

    fn visit_local(&mut self, local: &Local) {
        if let (Pat::Ident(name), Some(init)) = (&local.pat, &local.init)
            && let Expr::Reference(reference) = &*init.expr
            && let Some(part) = self.part(&reference.expr).filter(|part| !part.is_empty())
        {
            // What is changed through the name is what counts.
            self.names.insert(name.ident.to_string(), part.clone());
            if reference.mutability.is_some() && !THINGS.contains(&part.as_str()) {
                self.found.insert(part);
            }
            return;
        }
        visit::visit_local(self, local);
    }

    fn visit_expr_assign(&mut self, assign: &syn::ExprAssign) {
        self.changes(&assign.left);
        visit::visit_expr_assign(self, assign);
    }

    fn visit_expr_binary(&mut self, binary: &syn::ExprBinary) {
        use syn::BinOp::{
            AddAssign, BitAndAssign, BitOrAssign, BitXorAssign, DivAssign, MulAssign, SubAssign,
        };
        if matches!(
            binary.op,
            AddAssign(_)
                | SubAssign(_)
                | MulAssign(_)
                | DivAssign(_)
                | BitAndAssign(_)
                | BitOrAssign(_)
                | BitXorAssign(_)
        ) {
            self.changes(&binary.left);
        }
        visit::visit_expr_binary(self, binary);
    }

    fn visit_expr_reference(&mut self, reference: &syn::ExprReference) {
        if reference.mutability.is_some() {
            self.changes(&reference.expr);
        }
        visit::visit_expr_reference(self, reference);
    }

    fn visit_expr_method_call(&mut self, call: &syn::ExprMethodCall) {
        if CHANGING.contains(&&*call.method.to_string()) {
            self.changes(&call.receiver);
        }
        visit::visit_expr_method_call(self, call);
    }
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("test"))
    })
}

/// By part of the state, the processes that change it.
fn owners() -> BTreeMap<String, BTreeSet<String>> {
    let engine = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/engine");
    let mut owners: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let processes = fs::read_dir(engine.join("step")).unwrap();
    let processes = processes.map(|entry| entry.unwrap().path());
    for path in processes.chain([engine.join("step.rs")]) {
        let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let parsed = syn::parse_file(&fs::read_to_string(&path).unwrap()).unwrap();
        let mut changes = Changes::default();
        changes.visit_file(&parsed);
        for part in changes.found {
            owners.entry(part).or_default().insert(stem.clone());
        }
    }
    owners
}

#[test]
fn the_page_says_which_process_changes_what() {
    let owners = owners();
    assert!(owners.len() > 80, "only {} parts found: does the search still work?", owners.len());
    let mut page = String::from(
        "# Who changes what\n\n\
         The state of a run by its parts (`engine/state/`), and the processes of a day \
         (`engine/step/`) that change each. Everyone else reads. What follows from a change is \
         noted as a fact (`engine/state/changes.rs`).\n\n\
         | part of the state | changed by |\n|---|---|\n",
    );
    for (part, processes) in &owners {
        let processes: Vec<String> = processes.iter().map(|name| format!("`{name}`")).collect();
        page += &format!("| `{part}` | {} |\n", processes.join(", "));
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/state.md");
    if std::env::var_os("RENEW").is_some() {
        fs::write(&file, &page).unwrap();
    }
    let written = fs::read_to_string(&file).unwrap_or_default();
    assert!(written == page, "docs/state.md is not what the code says; RENEW=1 writes it anew");
}

#[test]
fn most_parts_are_changed_by_one_process() {
    let owners = owners();
    let alone = owners.values().filter(|processes| processes.len() == 1).count();
    assert!(alone * 10 >= owners.len() * 7, "{alone} of {} parts have one owner", owners.len());
}
