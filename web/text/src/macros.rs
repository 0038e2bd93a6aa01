/// Declares texts: the name, what it speaks of, Lithuanian, English.
///
/// ```text
/// texts! {
///     sign_in: "Prisijungti", "Sign in";
///     welcome(name): "Sveiki, {name}", "Welcome, {name}";
/// }
/// ```
/// The first becomes `const fn sign_in(Lang) -> &'static str`, the second `fn welcome(Lang, impl Display) -> String`.
macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident $(($($part:ident),+))? : $lt:literal, $en:literal;)*) => {
        $(text_of! { $(#[$doc])* $name $(($($part),+))? $lt $en })*
    };
}

macro_rules! text_of {
    ($(#[$doc:meta])* $name:ident $lt:literal $en:literal) => {
        $(#[$doc])*
        pub const fn $name(lang: $crate::Lang) -> &'static str {
            match lang {
                $crate::Lang::Lt => $lt,
                $crate::Lang::En => $en,
            }
        }
    };
    ($(#[$doc:meta])* $name:ident ($($part:ident),+) $lt:literal $en:literal) => {
        $(#[$doc])*
        pub fn $name(lang: $crate::Lang, $($part: impl std::fmt::Display),+) -> String {
            match lang {
                $crate::Lang::Lt => format!($lt),
                $crate::Lang::En => format!($en),
            }
        }
    };
}

/// Declares texts that count: Lithuanian one, few, many (fractions) and other; English one and other.
///
/// ```text
/// counted! { members: "{n} narys", "{n} nariai", "{n} nario", "{n} narių"; "{n} member", "{n} members"; }
/// ```
/// becomes `fn members(Lang, impl Into<Number>) -> String`.
macro_rules! counted {
    ($($(#[$doc:meta])* $name:ident:
        $one:literal, $few:literal, $many:literal, $other:literal;
        $en_one:literal, $en_other:literal;)*) => { $(
        $(#[$doc])*
        pub fn $name(lang: $crate::Lang, n: impl Into<$crate::Number>) -> String {
            use $crate::plural::Form;
            let number: $crate::Number = n.into();
            let n = number.shown(lang);
            match (lang, number.form(lang)) {
                ($crate::Lang::Lt, Form::One) => format!($one, n = n),
                ($crate::Lang::Lt, Form::Few) => format!($few, n = n),
                ($crate::Lang::Lt, Form::Many) => format!($many, n = n),
                ($crate::Lang::Lt, Form::Other) => format!($other, n = n),
                ($crate::Lang::En, Form::One) => format!($en_one, n = n),
                ($crate::Lang::En, _) => format!($en_other, n = n),
            }
        }
    )* };
}
