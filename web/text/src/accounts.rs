//! Words of accounts and sign-ins.

texts! {
    sign_in: "Prisijungti", "Sign in";
    sign_out: "Atsijungti", "Sign out";
}
