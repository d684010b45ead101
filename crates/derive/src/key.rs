//! A key: a field with its attributes, and the code that comes of it.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::ParseStream;
use syn::punctuated::Punctuated;
use syn::{
    Attribute, Expr, ExprLit, Field, GenericArgument, Ident, Lit, LitInt, LitStr, Meta, Path,
    PathArguments, Token, Type, parenthesized,
};

/// How a key is read.
#[derive(Default)]
enum Way {
    /// By its type.
    #[default]
    Value,
    /// As an array of tables.
    Tables,
    /// With the keys of another struct.
    Part,
    /// By the `kind`.
    Kind,
    /// By a function.
    With(Path),
    /// Not at all.
    Skip,
}

/// A field of a table.
pub(crate) struct Key {
    field: Ident,
    ty: Type,
    doc: String,
    name: String,
    said: Said,
}

/// What `#[key(…)]` says of it.
#[derive(Default)]
struct Said {
    way: Way,
    /// `default`, and the value if it says one.
    default: Option<Option<Expr>>,
    /// One of the bounds of the format, by name.
    bounds: Option<Ident>,
    least: Option<LitInt>,
    most: Option<LitInt>,
    /// How many elements, at least and at most.
    items: Option<(LitInt, Option<LitInt>)>,
    /// Whether an empty list, or a number that is 0, is told.
    some: bool,
    refers: Option<TokenStream>,
    /// Whether what it refers to depends on other keys.
    refers_vary: bool,
    values: Option<TokenStream>,
    as_of: Option<LitStr>,
    schema: Option<Expr>,
    /// Whether the ids of its tables are those of other tables.
    aside: bool,
}

impl Key {
    /// Reads a field, and takes `#[key(…)]` off it.
    pub(crate) fn take(field: &mut Field) -> syn::Result<Self> {
        let mut key = Self::of(field)?;
        for attribute in &field.attrs {
            if attribute.path().is_ident("key") {
                key.attribute(attribute)?;
            }
        }
        field.attrs.retain(|attribute| !attribute.path().is_ident("key"));
        Ok(key)
    }

    fn of(field: &Field) -> syn::Result<Self> {
        let Some(ident) = field.ident.clone() else {
            return Err(syn::Error::new_spanned(&field.ty, "a key has a name"));
        };
        Ok(Self {
            ty: field.ty.clone(),
            doc: described(&field.attrs),
            name: ident.to_string(),
            field: ident,
            said: Said::default(),
        })
    }

    fn attribute(&mut self, attribute: &Attribute) -> syn::Result<()> {
        attribute.parse_nested_meta(|meta| {
            let is = |word: &str| meta.path.is_ident(word);
            if is("default") {
                let value = meta.input.peek(Token![=]).then(|| meta.value()?.parse());
                self.said.default = Some(value.transpose()?);
            } else if is("bounds") {
                self.said.bounds = Some(meta.value()?.parse()?);
            } else if is("least") {
                self.said.least = Some(meta.value()?.parse()?);
            } else if is("most") {
                self.said.most = Some(meta.value()?.parse()?);
            } else if is("some") {
                self.said.some = true;
                let one = LitInt::new("1", self.field.span());
                if inner(&self.ty, "Vec").is_some() {
                    self.said.items = Some((one, None));
                } else {
                    self.said.least = Some(one);
                }
            } else if is("items") {
                let inner;
                parenthesized!(inner in meta.input);
                let least = inner.parse()?;
                let more = inner.parse::<Option<Token![,]>>()?;
                let most = more.map(|_| inner.parse()).transpose()?;
                self.said.items = Some((least, most));
            } else if is("refers") {
                self.said.refers = Some(if meta.input.peek(Token![=]) {
                    let kinds: Expr = meta.value()?.parse()?;
                    self.said.refers_vary = true;
                    quote!(#kinds)
                } else {
                    tables_of(meta.input)?
                });
            } else if is("values") {
                self.said.values = Some(tables_of(meta.input)?);
            } else if is("name") {
                self.name = meta.value()?.parse::<LitStr>()?.value();
            } else if is("tables") {
                self.name = meta.value()?.parse::<LitStr>()?.value();
                self.said.way = Way::Tables;
            } else if is("as_of") {
                self.said.as_of = Some(meta.value()?.parse()?);
            } else if is("schema") {
                self.said.schema = Some(meta.value()?.parse()?);
            } else if is("with") {
                self.said.way = Way::With(meta.value()?.parse()?);
            } else if is("part") {
                self.said.way = Way::Part;
            } else if is("kind") {
                self.said.way = Way::Kind;
            } else if is("aside") {
                self.said.aside = true;
            } else if is("skip") {
                self.said.way = Way::Skip;
            } else {
                return Err(meta.error("no such word of a key"));
            }
            Ok(())
        })
    }

    /// The field.
    pub(crate) fn field(&self) -> &Ident {
        &self.field
    }

    /// Whether the `kind` chooses it, so that it is read last.
    pub(crate) fn is_kind(&self) -> bool {
        matches!(self.said.way, Way::Kind)
    }

    /// Whether it is an array of tables with ids of their own.
    pub(crate) fn is_entries(&self) -> bool {
        matches!(self.said.way, Way::Tables) && !self.said.aside
    }

    fn is_id(&self) -> bool {
        self.field == "id"
    }

    fn optional(&self) -> Option<&Type> {
        inner(&self.ty, "Option")
    }

    /// The value of a key that is left out.
    fn fallback(&self) -> Option<TokenStream> {
        let default = self.said.default.as_ref()?;
        let drawn = matches!(&self.ty, Type::Path(path) if path.path.is_ident("Quantity"));
        Some(match default {
            Some(value) if drawn => quote!(crate::scenario::Quantity::fixed(#value)),
            Some(value) => quote!(#value),
            None => quote!(Default::default()),
        })
    }

    /// What reads the key from `table`.
    pub(crate) fn read(&self) -> TokenStream {
        let (name, ty) = (&self.name, &self.ty);
        match &self.said.way {
            Way::Skip => return quote!(Default::default()),
            Way::Part | Way::Kind => {
                return quote!(<#ty as Keys>::read(table)?);
            }
            Way::With(with) => return quote!(#with(table)),
            Way::Tables => {
                let header = self.header();
                return quote!(table.tables(#name, #header));
            }
            Way::Value if self.is_id() => return quote!(table.id()),
            Way::Value => {}
        }
        let key = match &self.said.bounds {
            Some(bounds) => quote!((#name, crate::scenario::bounds::#bounds)),
            None => quote!(#name),
        };
        if self.optional().is_some() {
            return quote!(table.opt(#key));
        }
        match self.fallback() {
            Some(default) => quote!(table.or(#key, #default)),
            None => quote!(table.req(#key)),
        }
    }

    /// What messages call an array of tables.
    fn header(&self) -> String {
        match &self.said.as_of {
            Some(own) => own.value(),
            None => format!("[[{}]]", self.name),
        }
    }

    /// A number without bounds does not compile.
    pub(crate) fn bounded(&self) -> Option<TokenStream> {
        if !matches!(self.said.way, Way::Value) || self.said.bounds.is_some() {
            return None;
        }
        let ty = self.optional().unwrap_or(&self.ty);
        let message = format!("the number `{}` has no bounds", self.name);
        Some(quote! {
            const { assert!(!<#ty as Value>::BOUNDED, #message) };
        })
    }

    /// The value that stands in for one that could not be read.
    pub(crate) fn placeholder(&self) -> TokenStream {
        if self.optional().is_some() || matches!(self.said.way, Way::Tables | Way::Part | Way::Skip)
        {
            return quote!(Default::default());
        }
        self.fallback().unwrap_or_else(|| quote!(Value::placeholder()))
    }

    /// What adds the key to `outline`; whether an id is made for a table without one.
    pub(crate) fn describe(&self, makes_ids: bool) -> TokenStream {
        let (name, ty) = (&self.name, &self.ty);
        match self.said.way {
            Way::Skip => return quote!(),
            Way::Part | Way::Kind => {
                return quote!(<#ty as Keys>::describe(schemas, outline););
            }
            Way::Tables => {
                let table = inner(ty, "Vec");
                let doc = &self.doc;
                return quote!(outline.tables::<#table>(#name, #doc, schemas););
            }
            Way::Value | Way::With(_) => {}
        }
        let value = self.optional().unwrap_or(ty);
        let bounds = match &self.said.bounds {
            Some(bounds) => quote!(Some(crate::scenario::bounds::#bounds)),
            None => quote!(None),
        };
        let schema = match &self.said.schema {
            Some(own) => quote!(#own),
            None if self.is_id() => quote!(id()),
            None => quote!(<#value as Value>::schema(schemas, #bounds)),
        };
        let made = self.is_id() && makes_ids;
        let required = self.optional().is_none() && self.said.default.is_none() && !made;
        let default = match (self.optional(), self.fallback()) {
            (None, Some(default)) => {
                quote!(Some(Value::json(&{ let it: #ty = #default; it })))
            }
            _ => quote!(None),
        };
        let (fewest, most) = match &self.said.items {
            Some((fewest, most)) => (Some(fewest), most.as_ref()),
            None => (None, None),
        };
        let ends = [
            ("minimum", self.said.least.as_ref()),
            ("maximum", self.said.most.as_ref()),
            ("minItems", fewest),
            ("maxItems", most),
        ];
        let ends = ends.into_iter().filter_map(|(word, end)| end.map(|end| quote!((#word, #end))));
        let states = matches!(self.said.default, Some(Some(_)));
        let doc = &self.doc;
        let [kinds, values] = self.referred();
        let kinds = if self.said.refers_vary { quote!(&[]) } else { kinds };
        quote! {
            outline.key(Key {
                name: #name,
                doc: #doc,
                required: #required,
                default: #default,
                states_default: #states,
                ends: &[#(#ends),*],
                refers: #kinds,
                values: #values,
                schema: #schema,
            });
        }
    }

    /// Which tables the key, and the values of a table there, refer to.
    fn referred(&self) -> [TokenStream; 2] {
        [&self.said.refers, &self.said.values]
            .map(|stated| stated.clone().unwrap_or_else(|| quote!(&[])))
    }

    /// What finds the ids that the key names.
    pub(crate) fn refer(&self) -> TokenStream {
        let (field, name) = (&self.field, &self.name);
        match self.said.way {
            Way::Part | Way::Kind => {
                return quote!(Keys::refer(&self.#field, spans, found););
            }
            Way::Value | Way::With(_) => {}
            Way::Skip | Way::Tables => return quote!(),
        }
        let [kinds, values] = self.referred();
        let called = self.said.as_of.as_ref().map_or_else(|| name.clone(), LitStr::value);
        let place = quote! {
            Place::new(#name, #called, spans, #kinds, #values)
        };
        let empty = self.said.some.then(|| {
            quote!(if let Some(wanted) = Value::lacks(&self.#field) {
                found.push(#place.nothing(wanted));
            })
        });
        match self.optional() {
            Some(_) => quote! {
                if let Some(value) = &self.#field {
                    Value::refer(value, #place, found);
                }
            },
            None => quote!(Value::refer(&self.#field, #place, found); #empty),
        }
    }

    /// How many numbers of the key are drawn.
    pub(crate) fn drawn(&self) -> Option<TokenStream> {
        let field = &self.field;
        Some(match self.said.way {
            Way::Skip => return None,
            Way::Part | Way::Kind => quote!(Keys::drawn(&self.#field)),
            Way::Tables => quote!(self.#field.iter().map(Keys::drawn).sum::<u64>()),
            Way::Value | Way::With(_) => match self.optional() {
                Some(_) => quote!(self.#field.as_ref().map_or(0, Value::drawn)),
                None => quote!(Value::drawn(&self.#field)),
            },
        })
    }
}

/// `(Party, Clause)`, as kinds of tables.
fn tables_of(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let inner;
    parenthesized!(inner in input);
    let kinds = Punctuated::<Ident, Token![,]>::parse_terminated(&inner)?;
    let kinds = kinds.iter();
    Ok(quote!(&[#(Kind::#kinds),*]))
}

/// The `T` of `Outer<T>`.
pub(crate) fn inner<'t>(ty: &'t Type, outer: &str) -> Option<&'t Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == outer)?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first() {
        Some(GenericArgument::Type(inner)) => Some(inner),
        _ => None,
    }
}

/// A doc comment as one text.
pub(crate) fn described(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(doc) if doc.path.is_ident("doc") => match &doc.value {
            Expr::Lit(ExprLit { lit: Lit::Str(line), .. }) => Some(line.value()),
            _ => None,
        },
        _ => None,
    });
    let lines: Vec<String> =
        lines.map(|line| line.strip_prefix(' ').unwrap_or(&line).to_owned()).collect();
    lines.join("\n").trim().to_owned()
}

/// `KeepDistance` as `keep-distance`.
pub(crate) fn kebab(name: &Ident) -> String {
    let mut word = String::new();
    for letter in name.to_string().chars() {
        if letter.is_uppercase() && !word.is_empty() {
            word.push('-');
        }
        word.extend(letter.to_lowercase());
    }
    word
}
