//! Tables that a `kind` chooses among.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Ident, ItemEnum, Path, Token, parse_quote};

use crate::key::kebab;

/// What every kind is besides: the name of the method that says so, and the trait.
pub(crate) struct Args(Option<(Ident, Path)>);

impl Parse for Args {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.is_empty() {
            return Ok(Self(None));
        }
        let method = input.parse()?;
        input.parse::<Token![:]>()?;
        Ok(Self(Some((method, input.parse()?))))
    }
}

/// The enumeration with what reads and describes its kinds.
pub(crate) fn declare(args: Args, mut item: ItemEnum) -> syn::Result<TokenStream> {
    let name = item.ident.clone();
    let (mut variants, mut words, mut types) = (Vec::new(), Vec::new(), Vec::new());
    let mut only_if: Vec<Vec<Attribute>> = Vec::new();
    for variant in &mut item.variants {
        let Some(field) = variant.fields.iter().next() else {
            return Err(syn::Error::new(variant.ident.span(), "write Kind(Table)"));
        };
        let conditions = variant.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg"));
        only_if.push(conditions.cloned().collect());
        let word = kebab(&variant.ident);
        let doc = format!("`kind = \"{word}\"`.");
        variant.attrs.push(parse_quote!(#[doc = #doc]));
        types.push(field.ty.clone());
        variants.push(variant.ident.clone());
        words.push(word);
    }
    let besides = args.0.map(|(method, of)| {
        quote! {
            impl #name {
                /// What its kind says of itself.
                pub fn #method(&self) -> &dyn #of {
                    match self {
                        #(#(#only_if)* Self::#variants(table) => table,)*
                    }
                }
            }
        }
    });
    Ok(quote! {
        #[derive(Debug, Clone)]
        #item

        #besides

        impl #name {
            /// Its kind, as a file says it.
            pub fn word(&self) -> &'static str {
                match self {
                    #(#(#only_if)* Self::#variants(_) => #words,)*
                }
            }
        }

        const _: () = {
            use crate::scenario::read::declared::*;

            impl Keys for #name {
                const DOC: &'static str = "";

                fn read(table: &mut Table<'_>) -> Option<Self> {
                    let kind = table.kind(&[#(#(#only_if)* #words),*])?;
                    #(#(#only_if)* {
                        if kind == #words {
                            return Keys::read(table).map(Self::#variants);
                        }
                    })*
                    None
                }

                fn describe(schemas: &mut Schemas, outline: &mut Outline) {
                    #(#(#only_if)* outline.kind::<#types>(#words, schemas);)*
                }

                fn refer<'s>(&'s self, spans: &'s Spans, found: &mut Vec<Reference<'s>>) {
                    match self {
                        #(#(#only_if)* Self::#variants(table) => table.refer(spans, found),)*
                    }
                }

                fn drawn(&self) -> u64 {
                    match self {
                        #(#(#only_if)* Self::#variants(table) => table.drawn(),)*
                    }
                }
            }
        };
    })
}
