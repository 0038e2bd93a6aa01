//! Municipalities, kinds of institution and schools.

use std::{fmt, str::FromStr};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::{
    access::Action,
    endpoint,
    ids::*,
    keys::{InstitutionKind, Named},
    words::Line,
};

/// The ISO 3166-2 code of a Lithuanian municipality: `LT-01` to `LT-60`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct MunicipalityCode(u8);

impl MunicipalityCode {
    /// Lithuania has 60 municipalities.
    pub const COUNT: u8 = 60;

    pub const fn new(number: u8) -> Option<Self> {
        if number >= 1 && number <= Self::COUNT { Some(Self(number)) } else { None }
    }

    /// From 1 to 60.
    pub const fn number(self) -> u8 {
        self.0
    }
}

impl fmt::Display for MunicipalityCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LT-{:02}", self.0)
    }
}

impl FromStr for MunicipalityCode {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.strip_prefix("LT-").filter(|digits| digits.len() == 2);
        let number = digits.and_then(|digits| digits.parse().ok());
        number.and_then(Self::new).ok_or("not a municipality: expected LT-01 to LT-60")
    }
}

impl Serialize for MunicipalityCode {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for MunicipalityCode {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(from)?;
        text.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for MunicipalityCode {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "MunicipalityCode".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^LT-(0[1-9]|[1-5][0-9]|60)$" })
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Municipality {
    pub code: MunicipalityCode,
    pub name: String,
    pub county: String,
}

/// How many pupils a school has, in bands of our own: no law of Lithuania divides schools so, and a team that looks for a school
/// like its own needs no finer ones.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SchoolSize {
    /// Up to 120 pupils.
    Small,
    /// 121 to 300 pupils.
    Medium,
    /// 301 to 600 pupils.
    Large,
    /// More than 600 pupils.
    VeryLarge,
}

impl SchoolSize {
    pub const ALL: [SchoolSize; 4] = [SchoolSize::Small, SchoolSize::Medium, SchoolSize::Large, SchoolSize::VeryLarge];

    /// As it is stored and as it stands in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            SchoolSize::Small => "small",
            SchoolSize::Medium => "medium",
            SchoolSize::Large => "large",
            SchoolSize::VeryLarge => "very_large",
        }
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct School {
    pub id: SchoolId,
    pub name: String,
    pub municipality: MunicipalityCode,
    pub municipality_name: String,
    pub kind: InstitutionKind,
    /// None when nobody has said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<SchoolSize>,
    pub version: i64,
}

/// `GET /municipalities`: all 60.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ListMunicipalities {}
endpoint!(Get "/municipalities" ListMunicipalities, Action::Visit => Vec<Municipality>);

/// `GET /institution-kinds`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ListInstitutionKinds {}
endpoint!(Get "/institution-kinds" ListInstitutionKinds, Action::Visit => Vec<Named<InstitutionKind>>);

/// `GET /schools`: by name; at most 2,000.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ListSchools {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub municipality: Option<MunicipalityCode>,
}
endpoint!(Get "/schools" ListSchools, Action::Visit => Vec<School>);

/// `POST /networks/{network}/schools`: by the network's coordinator. A school belongs to one municipality.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CreateSchool {
    pub network: NetworkId,
    pub name: Line<120>,
    pub municipality: MunicipalityCode,
    pub kind: InstitutionKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<SchoolSize>,
}
endpoint!(Post "/networks/{network}/schools" CreateSchool, Action::Coordinate => School);

/// `PUT /schools/{school}`: by administrators and the coordinators of networks in which it has a team. `changed` when `version` is not
/// the latest. Practices of its teams are from then on found by the new size.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EditSchool {
    pub school: SchoolId,
    pub version: i64,
    pub name: Line<120>,
    pub municipality: MunicipalityCode,
    pub kind: InstitutionKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<SchoolSize>,
}
endpoint!(Put "/schools/{school}" EditSchool, Action::EditSchool => School);

/// `POST /institution-kinds`: a kind more; its key is made of the Lithuanian name and stays.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AddInstitutionKind {
    pub lt: Line<80>,
    pub en: Line<80>,
}
endpoint!(Post "/institution-kinds" AddInstitutionKind, Action::Administer => Named<InstitutionKind>);

/// `PUT /institution-kinds/{kind}`: other names for it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EditInstitutionKind {
    pub kind: InstitutionKind,
    pub lt: Line<80>,
    pub en: Line<80>,
}
endpoint!(Put "/institution-kinds/{kind}" EditInstitutionKind, Action::Administer => Named<InstitutionKind>);
