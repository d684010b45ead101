//! Tables that a `kind` chooses among.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{ItemEnum, parse_quote};

use crate::key::kebab;

/// The enumeration with what reads and describes its kinds.
pub(crate) fn declare(mut item: ItemEnum) -> syn::Result<TokenStream> {
    let name = item.ident.clone();
    let (mut variants, mut words, mut types) = (Vec::new(), Vec::new(), Vec::new());
    for variant in &mut item.variants {
        let Some(field) = variant.fields.iter().next() else {
            return Err(syn::Error::new(variant.ident.span(), "write Kind(Table)"));
        };
        let word = kebab(&variant.ident);
        let doc = format!("`kind = \"{word}\"`.");
        variant.attrs.push(parse_quote!(#[doc = #doc]));
        types.push(field.ty.clone());
        variants.push(variant.ident.clone());
        words.push(word);
    }
    Ok(quote! {
        #[derive(Debug, Clone)]
        #item

        const _: () = {
            use crate::scenario::read::declared::*;

            impl Keys for #name {
                const DOC: &'static str = "";

                fn read(table: &mut Table<'_>) -> Option<Self> {
                    let kind = table.kind(&[#(#words),*])?;
                    #(if kind == #words {
                        return Keys::read(table).map(Self::#variants);
                    })*
                    None
                }

                fn describe(schemas: &mut Schemas, outline: &mut Outline) {
                    #(outline.kind::<#types>(#words, schemas);)*
                }

                fn refer<'s>(&'s self, spans: &'s Spans, found: &mut Vec<Reference<'s>>) {
                    match self {
                        #(Self::#variants(table) => table.refer(spans, found),)*
                    }
                }
            }
        };
    })
}
