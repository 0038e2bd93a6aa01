//! Where a session is seen and heard: an address elsewhere. Nothing of it passes through this site.

use std::{borrow::Cow, fmt, str::FromStr};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, de};

/// An `https` address of at most 300 characters, in ASCII, with the host in lower case; never with a name or a password before the host,
/// which would make it look like another one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub struct VideoLink(String);

const MAX: usize = 300;

impl VideoLink {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What a reader is shown before they go there.
    pub fn host(&self) -> &str {
        let rest = self.0.strip_prefix("https://").unwrap_or(&self.0);
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        authority.split(':').next().unwrap_or_default()
    }
}

impl FromStr for VideoLink {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = "not an https address of a meeting";
        let text = text.trim();
        // What browsers read as a slash or drop is refused, so that the host shown is the host gone to.
        let plain = |byte: u8| {
            byte.is_ascii_graphic() && !matches!(byte, b'\\' | b'"' | b'<' | b'>' | b'`' | b'{' | b'}' | b'|' | b'^')
        };
        if text.len() > MAX || !text.bytes().all(plain) {
            return Err(wrong);
        }
        let (scheme, rest) = text.split_once("://").ok_or(wrong)?;
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        let (host, port) = authority.split_once(':').unwrap_or((authority, "443"));
        let label = |label: &str| {
            !label.is_empty()
                && label.len() <= 63
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let real = scheme.eq_ignore_ascii_case("https")
            && host.contains('.')
            && host.split('.').all(label)
            && (1..=5).contains(&port.len())
            && port.bytes().all(|byte| byte.is_ascii_digit());
        if !real {
            return Err(wrong);
        }
        let authority = authority.to_ascii_lowercase();
        Ok(Self(format!("https://{authority}{path}")))
    }
}

impl fmt::Display for VideoLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for VideoLink {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Cow::<str>::deserialize(from)?.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for VideoLink {
    fn schema_name() -> Cow<'static, str> {
        "VideoLink".into()
    }

    fn inline_schema() -> bool {
        true
    }

    // Its numbers are those of a meeting and no person's: the guard does not look at it.
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "video", "minLength": 1, "maxLength": MAX, "x-text": "key" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_that_is_shown_is_the_one_that_is_gone_to() {
        for (typed, host) in [
            ("https://meet.tinklaveika.example/slenkstis", "meet.tinklaveika.example"),
            (" HTTPS://Meet.Tinklaveika.example:8443?x=1#y@z ", "meet.tinklaveika.example"),
            ("https://a.b/https://c.d", "a.b"),
        ] {
            assert_eq!(typed.parse::<VideoLink>().unwrap().host(), host);
        }
    }

    #[test]
    fn an_address_that_misleads_or_is_not_safe_is_refused() {
        for bad in [
            "http://meet.tinklaveika.example/a",
            "javascript:alert(1)",
            "data:text/html,x",
            "//meet.tinklaveika.example",
            "https://",
            "https://localhost/a",
            "https://meet.tinklaveika.example@kitur.example/a",
            "https://vardas:slaptas@meet.tinklaveika.example/a",
            "https://meet.tinklaveika.example\\@kitur.example/a",
            "https://meet.tinklaveika.example\r\nX: 1",
            "https://meet.tinklaveika.example/a b",
            "https://meet..example/a",
            "https://-meet.example/a",
            "https://meet.example:/a",
            "https://meet.example:123456/a",
            "https://susitikimas.lietuvą.example/a",
            "https://meet.example/\u{202E}a",
            "https://[::1]/a",
            "",
        ] {
            assert!(bad.parse::<VideoLink>().is_err(), "{bad}");
        }
        assert!(format!("https://meet.example/{}", "a".repeat(279)).parse::<VideoLink>().is_ok());
        assert!(format!("https://meet.example/{}", "a".repeat(280)).parse::<VideoLink>().is_err());
    }
}
