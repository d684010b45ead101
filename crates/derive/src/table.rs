//! A table, or keys that several tables share.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{Field, Fields, Ident, ItemStruct, LitStr, Token, parenthesized, parse_quote};

use crate::key::{Key, described, kebab};

/// What a table is.
#[derive(Default)]
enum What {
    /// `[[key]]` with an id, of a kind of tables.
    Entry(Ident),
    /// `[name]`.
    Section(LitStr),
    /// In braces, with what messages call it.
    Inline(LitStr),
    /// Keys of another table.
    #[default]
    Part,
    /// The whole file.
    Document,
}

/// What is said of a table.
#[derive(Default)]
pub(crate) struct Args {
    what: What,
    such_as: String,
    titled: bool,
    sourced: bool,
    default: bool,
    open: bool,
}

impl Parse for Args {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut args = Self::default();
        while !input.is_empty() {
            let word: Ident = input.parse()?;
            match word.to_string().as_str() {
                "entry" => {
                    let kind;
                    parenthesized!(kind in input);
                    args.what = What::Entry(kind.parse()?);
                }
                "section" => args.what = What::Section(text(input)?),
                "inline" => args.what = What::Inline(text(input)?),
                "such_as" => args.such_as = text(input)?.value(),
                "part" => args.what = What::Part,
                "document" => args.what = What::Document,
                "titled" => args.titled = true,
                "sourced" => args.sourced = true,
                "default" => args.default = true,
                "open" => args.open = true,
                _ => return Err(syn::Error::new(word.span(), "no such word of a table")),
            }
            let _ = input.parse::<Token![,]>();
        }
        Ok(args)
    }
}

fn text(input: ParseStream<'_>) -> syn::Result<LitStr> {
    input.parse::<Token![=]>()?;
    input.parse()
}

/// The struct with its common fields, and what reads, describes and follows its keys.
pub(crate) fn declare(args: Args, mut item: ItemStruct) -> syn::Result<TokenStream> {
    let Fields::Named(fields) = &mut item.fields else {
        return Err(syn::Error::new(item.ident.span(), "a table has named fields"));
    };
    let own = std::mem::take(&mut fields.named);
    let (before, after) = common_fields(&args);
    fields.named = before.into_iter().chain(own).chain(after).collect();
    let keys = fields.named.iter_mut().map(Key::take).collect::<syn::Result<Vec<Key>>>()?;
    let header = match &args.what {
        What::Part => None,
        What::Document => Some("the file".to_owned()),
        What::Entry(kind) => Some(format!("[[{}]]", kebab(kind))),
        What::Section(name) => Some(format!("[{}]", name.value())),
        What::Inline(name) => Some(name.value()),
    };
    fields.named.extend(header.is_some().then(|| -> Field {
        parse_quote! {
            #[doc(hidden)]
            pub spans: crate::scenario::Spans
        }
    }));
    let keyed = keyed(&item, &keys, &args.what);
    let whole = header.map(|header| whole(&item.ident, &header, args.open));
    let own = match &args.what {
        What::Part => quote!(),
        What::Document => document(&item.ident, &keys),
        What::Entry(kind) => entry(&item.ident, kind),
        What::Section(_) | What::Inline(_) => value(&item.ident, &keys, &args),
    };
    Ok(quote! {
        #[derive(Debug, Clone)]
        #item

        const _: () = {
            use crate::scenario::read::declared::*;

            #keyed
            #whole
            #own
        };
    })
}

/// The fields that all tables of a kind have, before and after a table's own.
fn common_fields(args: &Args) -> (Vec<Field>, Vec<Field>) {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    if matches!(args.what, What::Entry(_)) {
        before.push(parse_quote! {
            /// Lower-case letters, digits and hyphens. Made from the title, or else from the kind
            /// and the place in the file, if left out.
            pub id: String
        });
    }
    if args.titled {
        before.push(parse_quote! {
            /// What charts and tables call it; the id by default.
            pub title: Option<String>
        });
    }
    if args.sourced {
        after.push(parse_quote! {
            /// Where the numbers come from.
            #[key(part)]
            pub provenance: crate::scenario::Provenance
        });
    }
    (before, after)
}

/// What reads, describes and follows the keys of a struct.
fn keyed(item: &ItemStruct, keys: &[Key], what: &What) -> TokenStream {
    let (name, doc) = (&item.ident, described(&item.attrs));
    let text = name.to_string();
    // After an unknown kind nothing more can be read: it comes last.
    let (last, first): (Vec<&Key>, Vec<&Key>) = keys.iter().partition(|key| key.is_kind());
    let reads = first.into_iter().chain(last).map(|key| {
        let (field, read) = (key.field(), key.read());
        quote!(let #field = #read;)
    });
    let fields = keys.iter().map(Key::field);
    let spanned = !matches!(what, What::Part);
    let spans = spanned.then(|| quote!(spans: Default::default(),));
    let makes_ids = matches!(what, What::Entry(_));
    let describes = keys.iter().map(|key| key.describe(makes_ids));
    let bounded = keys.iter().filter_map(Key::bounded);
    let refers = keys.iter().map(Key::refer);
    let drawn = keys.iter().filter_map(Key::drawn);
    quote! {
        impl Keys for #name {
            const NAME: &'static str = #text;
            const DOC: &'static str = #doc;

            fn read(table: &mut Table<'_>) -> Option<Self> {
                let _ = &table;
                #(#bounded)*
                #(#reads)*
                Some(Self { #(#fields,)* #spans })
            }

            fn describe(schemas: &mut Schemas, outline: &mut Outline) {
                let _ = (&schemas, &outline);
                #(#describes)*
            }

            fn refer<'s>(&'s self, spans: &'s Spans, found: &mut Vec<Reference<'s>>) {
                let _ = (&spans, &found);
                #(#refers)*
            }

            fn drawn(&self) -> u64 {
                0 #(+ #drawn)*
            }
        }
    }
}

/// What closes a table that is read whole.
fn whole(name: &Ident, header: &str, open: bool) -> TokenStream {
    let finish = if open { quote!(into_spans) } else { quote!(finish) };
    quote! {
        impl Whole for #name {
            const HEADER: &'static str = #header;

            fn close(&mut self, table: Table<'_>) {
                self.spans = table.#finish();
            }
        }
    }
}

/// The tables with ids of the whole file, in order.
fn document(name: &Ident, keys: &[Key]) -> TokenStream {
    let lists = keys.iter().filter(|key| key.is_entries()).map(Key::field);
    quote! {
        impl #name {
            /// How many numbers of the file each replicate draws anew: ranges and
            /// distributions of more than one value.
            pub fn drawn(&self) -> u64 {
                Keys::drawn(self)
            }

            /// Every table that has an id of its own.
            pub(crate) fn entries(&self) -> impl Iterator<Item = &dyn Entry> {
                let mut all: Vec<&dyn Entry> = Vec::new();
                #(all.extend(self.#lists.iter().map(|entry| entry as &dyn Entry));)*
                all.into_iter()
            }
        }
    }
}

/// `[[key]]`, which has an id.
fn entry(name: &Ident, kind: &Ident) -> TokenStream {
    quote! {
        impl Entry for #name {
            fn kind(&self) -> Kind {
                Kind::#kind
            }

            fn id(&self) -> &str {
                &self.id
            }

            fn spans(&self) -> &Spans {
                &self.spans
            }

            fn references(&self) -> Vec<Reference<'_>> {
                let mut found = Vec::new();
                Keys::refer(self, &self.spans, &mut found);
                found
            }
        }
    }
}

/// `[name]`, or a table in braces: a value of one key.
fn value(name: &Ident, keys: &[Key], args: &Args) -> TokenStream {
    let such_as = &args.such_as;
    let section = matches!(args.what, What::Section(_));
    let fields = keys.iter().map(Key::field);
    let values = keys.iter().map(Key::placeholder);
    let stand_in = quote!(Self { #(#fields: #values,)* spans: Default::default() });
    let default = args.default.then(|| {
        quote! {
            impl Default for #name {
                fn default() -> Self {
                    #stand_in
                }
            }
        }
    });
    quote! {
        impl Value for #name {
            const EXPECTED: &'static str = #such_as;
            const SECTION: bool = #section;

            fn placeholder() -> Self {
                #stand_in
            }

            fn read(value: &Written<'_>, at: &At<'_>) -> Self {
                whole(value, at).unwrap_or_else(Self::placeholder)
            }

            fn schema(schemas: &mut Schemas, _: Option<Bounds>) -> serde_json::Value {
                schemas.table::<Self>()
            }

            fn refer<'s>(&'s self, _: Place<'s>, found: &mut Vec<Reference<'s>>) {
                Keys::refer(self, &self.spans, found);
            }

            fn drawn(&self) -> u64 {
                Keys::drawn(self)
            }
        }

        #default
    }
}
