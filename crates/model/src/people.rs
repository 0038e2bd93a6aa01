//! People as those see them who keep the site or a network: their roles, and whether they are suspended.

use std::{borrow::Cow, fmt, str::FromStr};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::{
    access::{Action, Membership, Role},
    accounts::{Email, Profession, SignedIn},
    endpoint,
    endpoint::Done,
    ids::*,
    time::{Millis, Timestamp},
    words::{Line, Secret},
};

/// An invitation to a role works for this long.
pub const ROLE_INVITATION_LIFE: Millis = Millis::days(14);

/// A role in one word, as addresses and forms spell it: `administrator`, `coordinator:` and the id of a network,
/// `municipal_specialist:LT-53`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct RoleWord(pub Role);

impl fmt::Display for RoleWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, scope) = self.0.spelled();
        if scope.is_empty() { f.write_str(name) } else { write!(f, "{name}:{scope}") }
    }
}

impl FromStr for RoleWord {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, scope) = text.split_once(':').unwrap_or((text, ""));
        Role::read(name, scope).filter(|role| RoleWord(*role).to_string() == text).map(Self).ok_or("not a role")
    }
}

impl Serialize for RoleWord {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RoleWord {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Cow::<str>::deserialize(from)?.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for RoleWord {
    fn schema_name() -> Cow<'static, str> {
        "RoleWord".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let id = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
        let scoped = format!("(coordinator|consultant|expert|centre_specialist):{id}");
        let municipal = "municipal_specialist:LT-(0[1-9]|[1-5][0-9]|60)";
        json_schema!({ "type": "string", "pattern": format!("^(administrator|{scoped}|{municipal})$") })
    }
}

/// A role with the name of what it is of; empty for the site.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RoleShown {
    pub role: Role,
    pub scope_name: String,
}

/// Who has a role.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RoleHolder {
    pub person: PersonId,
    pub name: String,
    pub role: RoleShown,
}

/// An invitation that nobody has accepted yet: never the address it was sent to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RoleInvitationShown {
    pub id: InvitationId,
    /// As the one who invites calls them.
    pub name: String,
    pub role: RoleShown,
    pub expires_at: Timestamp,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PersonCard {
    pub id: PersonId,
    pub name: String,
    pub profession: Profession,
    pub suspended: bool,
    pub roles: Vec<RoleShown>,
    pub teams: Vec<Membership>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PersonPage {
    pub person: PersonCard,
    pub since: Timestamp,
    pub suspended_at: Option<Timestamp>,
    /// Roles that could be given, each with the name of its scope.
    pub givable: Vec<RoleShown>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PeoplePage {
    /// By name, a hundred at a time.
    pub people: Vec<PersonCard>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// How many there are, shown or not.
    pub count: i64,
    pub invitations: Vec<RoleInvitationShown>,
    pub givable: Vec<RoleShown>,
}

/// `GET /people`: those whose name holds `q`, whatever its diacritics.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ListPeople {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-text" = "key"))]
    pub q: Option<Line<80>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-text" = "key"))]
    pub cursor: Option<Line<800>>,
}
endpoint!(Get "/people" ListPeople, Action::Administer => PeoplePage);

/// `GET /people/{person}`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReadPerson {
    pub person: PersonId,
}
endpoint!(Get "/people/{person}" ReadPerson, Action::Administer => PersonPage);

/// `POST /people/{person}/roles`: gives a role at once. `field.wrong` at `role` for a scope that is not there or is archived.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GiveRole {
    pub person: PersonId,
    pub role: RoleWord,
}
endpoint!(Post "/people/{person}/roles" GiveRole, Action::GiveRole => Done);

/// `DELETE /people/{person}/roles/{role}`: takes it away at once, from open live rooms too. `role.last` for the last administrator.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TakeRole {
    pub person: PersonId,
    pub role: RoleWord,
}
endpoint!(Delete "/people/{person}/roles/{role}" TakeRole, Action::GiveRole => Done);

/// `POST /people/{person}/suspend`: from then on they read what is their own and what is public. `person.self` for oneself.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SuspendPerson {
    pub person: PersonId,
}
endpoint!(Post "/people/{person}/suspend" SuspendPerson, Action::Administer => PersonPage);

/// `POST /people/{person}/return`: ends a suspension; roles and teams are as they were.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReturnPerson {
    pub person: PersonId,
}
endpoint!(Post "/people/{person}/return" ReturnPerson, Action::Administer => PersonPage);

/// `POST /role-invitations`: sends a link to an address, whether or not it has an account, and says no more than that.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct InviteToRole {
    pub role: RoleWord,
    pub name: Line<80>,
    pub email: Email,
}
endpoint!(Post "/role-invitations" InviteToRole, Action::GiveRole => RoleInvitationShown);

/// `DELETE /role-invitations/{invitation}`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RevokeRoleInvitation {
    pub invitation: InvitationId,
}
endpoint!(Delete "/role-invitations/{invitation}" RevokeRoleInvitation, Action::GiveRole => Done);

/// `GET /role-invitations/{token}`: what one is invited to. Unknown, revoked, used and expired links are all `link.used`, and so is
/// one whose sender may not give the role any more.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReadRoleInvitation {
    #[schemars(extend("x-text" = "key"))]
    pub token: Line<64>,
}
endpoint!(Get "/role-invitations/{token}" ReadRoleInvitation, Action::Visit => RoleOffer);

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RoleOffer {
    pub role: RoleShown,
    pub name: String,
    pub expires_at: Timestamp,
}

/// `POST /role-invitations/{token}/join`: a new account of the address that the link was sent to, with the role.
/// `email.taken` when the address has one: then one signs in and accepts.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct JoinByRole {
    #[schemars(extend("x-text" = "key"))]
    pub token: Line<64>,
    pub name: Line<80>,
    pub password: Secret,
    pub profession: Profession,
}
endpoint!(Post "/role-invitations/{token}/join" JoinByRole, Action::Visit => RoleAccepted);

/// `POST /role-invitations/{token}/accept`: takes the role with the account one is signed in with.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AcceptRole {
    #[schemars(extend("x-text" = "key"))]
    pub token: Line<64>,
}
endpoint!(Post "/role-invitations/{token}/accept" AcceptRole, Action::OwnAccount => RoleAccepted);

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RoleAccepted {
    pub role: Role,
    pub signed_in: SignedIn,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_has_one_word() {
        let id = "0192f0c1-2b3c-7d4e-8f50-0123456789ab";
        let words = ["coordinator", "consultant", "expert", "centre_specialist"].map(|name| format!("{name}:{id}"));
        for word in words.iter().map(String::as_str).chain(["administrator", "municipal_specialist:LT-53"]) {
            assert_eq!(word.parse::<RoleWord>().unwrap().to_string(), word);
        }
        for bad in [
            "",
            "administrator:",
            "administrator:x",
            "coordinator",
            "expert:LT-53",
            "municipal_specialist:LT-61",
            "king",
        ] {
            assert!(bad.parse::<RoleWord>().is_err(), "{bad}");
        }
    }
}
