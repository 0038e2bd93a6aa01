//! People, their sign-ins and what is their own.

use std::{borrow::Cow, fmt, str::FromStr};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, de};

use crate::{
    access::{Action, Membership, Role},
    endpoint,
    endpoint::Done,
    ids::*,
    refusal::{Code, Refusal},
    time::{Millis, Timestamp},
    words::{Line, Secret, is_forbidden},
};

/// A sign-in ends after this long without use.
pub const SIGN_IN_IDLE: Millis = Millis::hours(12);
/// A sign-in ends after this long in any case; an administrator's after half of it.
pub const SIGN_IN_LIFE: Millis = Millis::days(14);
/// On a computer that others use too, a sign-in ends after this long without use.
pub const SIGN_IN_IDLE_SHARED: Millis = Millis::minutes(30);
/// Whether a sign-in that was begun at `since` and last used at `seen` still holds.
pub fn holds(since: Timestamp, seen: Timestamp, now: Timestamp, shared_computer: bool, administers: bool) -> bool {
    let idle = if shared_computer { SIGN_IN_IDLE_SHARED } else { SIGN_IN_IDLE };
    let life = if administers { Millis(SIGN_IN_LIFE.ms() / 2) } else { SIGN_IN_LIFE };
    now.since(seen) < idle && now.since(since) < life
}

/// The set-up link of an empty site works for this long after its printing.
pub const SET_UP_LIFE: Millis = Millis::days(1);
/// The link that verifies an address works for this long.
pub const VERIFY_LIFE: Millis = Millis::days(7);

/// The link by which a forgotten password is replaced works for this long.
pub const RESET_LIFE: Millis = Millis::minutes(30);

/// Fewest and most characters of a password (NIST SP 800-63B and OWASP ASVS 5.0, 6.2).
pub const PASSWORD_LENGTH: std::ops::RangeInclusive<usize> = 12..=128;

/// An e-mail address as its owner spelled it: 3 to 254 characters, one `@`, a domain, no blanks. It is shown to nobody but its owner.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Email(String);

impl Email {
    /// What makes two addresses the same: all in lower case.
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Email {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        let plain = |c: char| !(c.is_whitespace() || is_forbidden(c) || c.is_control() || "<>()[],;:\\\"".contains(c));
        let good = text.len() <= 254
            && text.chars().all(plain)
            && text.split_once('@').is_some_and(|(name, domain)| {
                !name.is_empty()
                    && name.len() <= 64
                    && !domain.contains('@')
                    && !domain.is_empty()
                    && domain
                        .split('.')
                        .all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'))
            });
        if good { Ok(Self(text.to_owned())) } else { Err(Refusal::of(Code::EmailWrong)) }
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(…)")
    }
}

impl<'de> Deserialize<'de> for Email {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Cow::<str>::deserialize(from)?.parse().map_err(|_| de::Error::custom("not an e-mail address"))
    }
}

impl JsonSchema for Email {
    fn schema_name() -> Cow<'static, str> {
        "Email".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "email", "minLength": 3, "maxLength": 254, "x-text": "email" })
    }
}

/// What a person does at school, as far as it matters to colleagues.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Profession {
    Teacher,
    ClassHead,
    PupilSupport,
    Head,
    DeputyHead,
    Specialist,
    Other,
}

impl Profession {
    pub const ALL: [Profession; 7] = [
        Profession::Teacher,
        Profession::ClassHead,
        Profession::PupilSupport,
        Profession::DeputyHead,
        Profession::Head,
        Profession::Specialist,
        Profession::Other,
    ];
}

/// `POST /sign-in`. Refused with `sign_in.wrong` alike for an unknown address and a wrong password, and with `sign_in.slow`
/// when too many were tried (`seconds` tells how long to wait).
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SignIn {
    pub email: Email,
    pub password: Secret,
    /// Others use this computer too: the sign-in ends after half an hour without use.
    #[serde(default)]
    pub shared_computer: bool,
}
endpoint!(Post "/sign-in" SignIn, Action::Visit => SignedIn);

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SignedIn {
    pub person: PersonId,
    pub name: String,
}

/// `POST /sign-out`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct SignOut {}
endpoint!(Post "/sign-out" SignOut, Action::OwnRead => Done);

/// `POST /set-up/{token}`: makes the first administrator of an empty site. A used, expired or unknown link is `link.used`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SetUp {
    #[schemars(extend("x-text" = "key"))]
    pub token: Line<64>,
    pub name: Line<80>,
    pub email: Email,
    pub password: Secret,
}
endpoint!(Post "/set-up/{token}" SetUp, Action::Visit => SignedIn);

/// `GET /me`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ReadMe {}
endpoint!(Get "/me" ReadMe, Action::OwnRead => MyAccount);

/// One's own account; the only answer that holds an e-mail address.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MyAccount {
    pub id: PersonId,
    pub name: String,
    pub email: String,
    pub email_verified: bool,
    pub profession: Profession,
    pub suspended: bool,
    pub roles: Vec<Role>,
    pub teams: Vec<Membership>,
}

/// `GET /me/sign-ins`: where one is signed in now, the latest used first.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ListSignIns {}
endpoint!(Get "/me/sign-ins" ListSignIns, Action::OwnRead => Vec<SignInShown>);

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SignInShown {
    pub id: SignInId,
    /// Browser and system in a few words, as the browser told them.
    pub device: String,
    pub since: Timestamp,
    /// To the minute.
    pub last_seen: Timestamp,
    pub current: bool,
}

/// `DELETE /me/sign-ins/{sign_in}`: ends one; its open live rooms close too.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EndSignIn {
    pub sign_in: SignInId,
}
endpoint!(Delete "/me/sign-ins/{sign_in}" EndSignIn, Action::OwnRead => Done);

/// `DELETE /me/sign-ins`: ends all but the one that asks.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct EndOtherSignIns {}
endpoint!(Delete "/me/sign-ins" EndOtherSignIns, Action::OwnRead => Done);

/// `PUT /me/password`: needs the current one (`sign_in.wrong` at `current`); ends all other sign-ins.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ChangePassword {
    pub current: Secret,
    pub new: Secret,
}
endpoint!(Put "/me/password" ChangePassword, Action::OwnAccount => Done);

/// `POST /verify/{token}`: the owner of the address opened the link that was sent to it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct VerifyEmail {
    #[schemars(extend("x-text" = "key"))]
    pub token: Line<64>,
}
endpoint!(Post "/verify/{token}" VerifyEmail, Action::Visit => Done);

/// `POST /me/verification`: sends the link that verifies one's address once more, at most once in ten minutes.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct AskVerification {}
endpoint!(Post "/me/verification" AskVerification, Action::OwnAccount => Done);

/// `POST /password-resets`: sends a link to the address if it has an account. The answer is the same for every address.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AskReset {
    pub email: Email,
}
endpoint!(Post "/password-resets" AskReset, Action::Visit => Done);

/// `POST /password-resets/{token}`: a new password by the link that was sent. Ends all sign-ins; an unknown, used or expired link
/// is `link.used`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ResetPassword {
    #[schemars(extend("x-text" = "key"))]
    pub token: Line<64>,
    pub password: Secret,
}
endpoint!(Post "/password-resets/{token}" ResetPassword, Action::Visit => Done);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_name_and_a_domain() {
        for good in ["a@b", "Rasa.J@mokykla.lt", "šarūnė@mokykla.lt", " a+b@c.d "] {
            assert!(good.parse::<Email>().is_ok(), "{good}");
        }
        for bad in ["", "a", "@b", "a@", "a@@b", "a b@c", "a@b..c", "a@-b", "a\r\nBcc: x@y", "a@b\0", "<a@b>"] {
            assert!(bad.parse::<Email>().is_err(), "{bad}");
        }
    }
}
