//! A set of words.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, ItemEnum, LitStr, Token};

use crate::key::{described, kebab};

/// What is said of the set.
pub(crate) struct Args {
    stand_in: Ident,
    such_as: Option<LitStr>,
}

impl Parse for Args {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let (mut stand_in, mut such_as) = (None, None);
        while !input.is_empty() {
            let name: Ident = input.parse()?;
            input.parse::<Token![=]>()?;
            if name == "stand_in" {
                stand_in = Some(input.parse()?);
            } else if name == "such_as" {
                such_as = Some(input.parse()?);
            } else {
                return Err(syn::Error::new(name.span(), "`stand_in` or `such_as`"));
            }
            let _ = input.parse::<Token![,]>();
        }
        let stand_in = stand_in.ok_or_else(|| input.error("say `stand_in = Variant`"))?;
        Ok(Self { stand_in, such_as })
    }
}

/// The enumeration with what reads, writes and describes its words.
pub(crate) fn declare(args: &Args, item: &ItemEnum) -> syn::Result<TokenStream> {
    let (name, stand_in) = (&item.ident, &args.stand_in);
    let text = name.to_string();
    let doc = described(&item.attrs);
    let variants: Vec<&Ident> = item.variants.iter().map(|variant| &variant.ident).collect();
    let words: Vec<String> = variants.iter().map(|variant| kebab(variant)).collect();
    let docs = item.variants.iter().map(|variant| described(&variant.attrs));
    let expected = match (&args.such_as, words.split_last()) {
        (Some(such_as), _) => such_as.value(),
        (None, Some((last, rest))) => format!("\"{}\" or \"{last}\"", rest.join("\", \"")),
        (None, None) => return Err(syn::Error::new(name.span(), "no words")),
    };
    Ok(quote! {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #item

        impl #name {
            /// Its word in files and tables.
            pub fn word(self) -> &'static str {
                match self {
                    #(Self::#variants => #words,)*
                }
            }
        }

        impl crate::model::Words for #name {
            const NAME: &'static str = #text;
            const DOC: &'static str = #doc;
            const EXPECTED: &'static str = #expected;
            const WORDS: &'static [(&'static str, Self)] = &[#((#words, Self::#variants)),*];
            const DOCS: &'static [&'static str] = &[#(#docs),*];
            const STAND_IN: Self = Self::#stand_in;
        }
    })
}
