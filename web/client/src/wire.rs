//! Reading JSON into the model's types.
//!
//! Serde's own reader is compiled once for every shape that it reads; this one parses into a plain tree first, and only walks it by
//! shape. It tells no reason when a text is not of the shape: nobody would see it.

use std::fmt;

use serde::{
    de::{
        self, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor,
    },
    forward_to_deserialize_any,
};

/// The value that a JSON text spells; none when it spells no such value.
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    T::deserialize(&parse(text)?).ok()
}

#[derive(Clone, PartialEq, Debug)]
enum Json {
    Null,
    Bool(bool),
    /// Nothing that travels has fractions; a number that does is cut.
    Int(i64),
    Text(String),
    List(Vec<Json>),
    Map(Vec<(String, Json)>),
}

const DEPTH: usize = 64;

fn parse(text: &str) -> Option<Json> {
    let mut parser = Parser { rest: text, depth: 0 };
    let value = parser.value()?;
    parser.space();
    parser.rest.is_empty().then_some(value)
}

struct Parser<'a> {
    rest: &'a str,
    depth: usize,
}

impl Parser<'_> {
    fn space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\n', '\r', '\t']);
    }

    fn take(&mut self, word: &str) -> bool {
        self.space();
        let rest = self.rest.strip_prefix(word);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn value(&mut self) -> Option<Json> {
        self.space();
        match self.rest.as_bytes().first()? {
            b'{' => self.map(),
            b'[' => self.list(),
            b'"' => self.text().map(Json::Text),
            b't' => self.take("true").then_some(Json::Bool(true)),
            b'f' => self.take("false").then_some(Json::Bool(false)),
            b'n' => self.take("null").then_some(Json::Null),
            _ => self.number(),
        }
    }

    fn enter(&mut self) -> Option<()> {
        self.depth += 1;
        (self.depth < DEPTH).then_some(())
    }

    fn map(&mut self) -> Option<Json> {
        self.enter()?;
        self.take("{");
        let mut pairs = Vec::new();
        while !self.take("}") {
            if !pairs.is_empty() && !self.take(",") {
                return None;
            }
            self.space();
            let name = self.text()?;
            if !self.take(":") {
                return None;
            }
            pairs.push((name, self.value()?));
        }
        self.depth -= 1;
        Some(Json::Map(pairs))
    }

    fn list(&mut self) -> Option<Json> {
        self.enter()?;
        self.take("[");
        let mut items = Vec::new();
        while !self.take("]") {
            if !items.is_empty() && !self.take(",") {
                return None;
            }
            items.push(self.value()?);
        }
        self.depth -= 1;
        Some(Json::List(items))
    }

    fn number(&mut self) -> Option<Json> {
        let end =
            self.rest.find(|c: char| !matches!(c, '0'..='9' | '-' | '+' | '.' | 'e' | 'E')).unwrap_or(self.rest.len());
        let (number, rest) = self.rest.split_at(end);
        self.rest = rest;
        let whole = number.split('.').next()?;
        whole.parse().ok().map(Json::Int)
    }

    fn text(&mut self) -> Option<String> {
        self.rest = self.rest.strip_prefix('"')?;
        let mut text = String::new();
        loop {
            let stop = self.rest.find(['"', '\\'])?;
            text.push_str(&self.rest[..stop]);
            let escaped = self.rest.as_bytes()[stop] == b'\\';
            self.rest = &self.rest[stop + 1..];
            if !escaped {
                return Some(text);
            }
            text.push(self.escaped()?);
        }
    }

    fn escaped(&mut self) -> Option<char> {
        let mut chars = self.rest.chars();
        let letter = chars.next()?;
        self.rest = chars.as_str();
        Some(match letter {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'u' => {
                let first = self.unit()?;
                if !(0xd800..0xdc00).contains(&first) {
                    return char::from_u32(first);
                }
                self.rest = self.rest.strip_prefix("\\u")?;
                let second = self.unit()?.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
                return char::from_u32(0x10000 + ((first - 0xd800) << 10) + second);
            }
            other => other,
        })
    }

    fn unit(&mut self) -> Option<u32> {
        let (digits, rest) = self.rest.split_at_checked(4)?;
        self.rest = rest;
        u32::from_str_radix(digits, 16).ok()
    }
}

/// Not of the shape that was asked for.
#[derive(Debug)]
struct Misshapen;

impl fmt::Display for Misshapen {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Misshapen {}

impl de::Error for Misshapen {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// A walk over the tree by reference, so that nothing is moved or dropped on the way.
impl<'de> Deserializer<'de> for &Json {
    type Error = Misshapen;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misshapen> {
        match self {
            Json::Null => visitor.visit_unit(),
            Json::Bool(value) => visitor.visit_bool(*value),
            Json::Int(value) => visitor.visit_i64(*value),
            Json::Text(value) => visitor.visit_str(value),
            Json::List(items) => visitor.visit_seq(Items(items)),
            Json::Map(pairs) => visitor.visit_map(Pairs(pairs)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misshapen> {
        if *self == Json::Null { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Misshapen> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misshapen> {
        let Json::Map(pairs) = self else { return Err(Misshapen) };
        visitor.visit_map(Pairs(pairs))
    }

    /// Of a map alone: what travels spells no struct as a list. Its fields are handed over in the order in which the struct has them, so
    /// that neither the code that finds a field by its name nor the code that gathers them is compiled for each struct.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misshapen> {
        let Json::Map(pairs) = self else { return Err(Misshapen) };
        visitor.visit_seq(Fields { pairs, names })
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misshapen> {
        let Json::List(items) = self else { return Err(Misshapen) };
        visitor.visit_seq(Items(items))
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misshapen> {
        let Json::Text(text) = self else { return Err(Misshapen) };
        visitor.visit_str(text)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misshapen> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misshapen> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misshapen> {
        let Json::Bool(value) = self else { return Err(Misshapen) };
        visitor.visit_bool(*value)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misshapen> {
        let Json::Int(value) = self else { return Err(Misshapen) };
        visitor.visit_i64(*value)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misshapen> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misshapen> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misshapen> {
        visitor.visit_unit()
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misshapen> {
        match self {
            Json::Text(name) => visitor.visit_enum(Variant { name, content: &Json::Null }),
            Json::Map(pairs) => match pairs.as_slice() {
                [(name, content)] => visitor.visit_enum(Variant { name, content }),
                _ => Err(Misshapen),
            },
            _ => Err(Misshapen),
        }
    }

    forward_to_deserialize_any! {
        i8 i16 i32 u8 u16 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct
    }
}

struct Items<'a>(&'a [Json]);

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Misshapen;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Misshapen> {
        let Some((first, rest)) = self.0.split_first() else { return Ok(None) };
        self.0 = rest;
        seed.deserialize(first).map(Some)
    }
}

/// The fields of a struct in its own order. One that is missing counts as such only where it has a default, which an `Option` must
/// therefore name.
struct Fields<'a> {
    pairs: &'a [(String, Json)],
    names: &'static [&'static str],
}

impl<'de> SeqAccess<'de> for Fields<'_> {
    type Error = Misshapen;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Misshapen> {
        match self.next() {
            Some(value) => seed.deserialize(value).map(Some),
            None => Ok(None),
        }
    }
}

impl<'a> Fields<'a> {
    fn next(&mut self) -> Option<&'a Json> {
        let (first, rest) = self.names.split_first()?;
        self.names = rest;
        self.pairs.iter().find(|(name, _)| name == first).map(|(_, value)| value)
    }
}

/// The pairs that are ahead; the first one's value is asked for right after its name.
struct Pairs<'a>(&'a [(String, Json)]);

impl<'de> MapAccess<'de> for Pairs<'_> {
    type Error = Misshapen;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Misshapen> {
        match self.0.first() {
            Some((name, _)) => seed.deserialize(Name(name)).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Misshapen> {
        let Some(((_, value), rest)) = self.0.split_first() else { return Err(Misshapen) };
        self.0 = rest;
        seed.deserialize(value)
    }
}

/// The name of a field or of a variant, or the key of a map, which may be an enum of its own.
struct Name<'a>(&'a str);

impl<'de> Deserializer<'de> for Name<'_> {
    type Error = Misshapen;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misshapen> {
        visitor.visit_str(self.0)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misshapen> {
        visitor.visit_enum(Variant { name: self.0, content: &Json::Null })
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Misshapen> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct seq tuple tuple_struct
        map struct identifier ignored_any
    }
}

struct Variant<'a> {
    name: &'a str,
    content: &'a Json,
}

impl<'a, 'de> EnumAccess<'de> for Variant<'a> {
    type Error = Misshapen;
    type Variant = Content<'a>;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Content<'a>), Misshapen> {
        Ok((seed.deserialize(Name(self.name))?, Content(self.content)))
    }
}

struct Content<'a>(&'a Json);

impl<'de> VariantAccess<'de> for Content<'_> {
    type Error = Misshapen;

    fn unit_variant(self) -> Result<(), Misshapen> {
        Ok(())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Misshapen> {
        seed.deserialize(self.0)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Misshapen> {
        self.0.deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misshapen> {
        self.0.deserialize_struct("", names, visitor)
    }
}

#[cfg(test)]
mod tests {
    use model::{
        ids::{CommandId, MessageId, PersonId, StepId, TeamId},
        live::{Event, NewStep, Participant, Reaction, Room, ServerFrame, Standing, TeamCard, evolve},
        refusal::{Code, Refusal},
        time::Timestamp,
    };
    use uuid::Uuid;

    use super::*;

    #[test]
    fn every_frame_is_read_as_serde_reads_it() {
        let uuid = Uuid::from_u128(0x0192_f0c1_2b3c_7000_8000_0000_0000_0001);
        let rasa = Participant {
            id: PersonId::from_uuid(uuid),
            name: "Rasa „Ąžuolas\u{1F333}“ \"\\\n".into(),
            team: Some(TeamCard { id: TeamId::from_uuid(uuid), name: "Ąžuolas".into() }),
            school: Some("Ąžuolyno progimnazija".into()),
            role: Standing::Facilitator,
        };
        let (step, message) = (StepId::from_uuid(uuid), MessageId::from_uuid(uuid));
        let at = Timestamp(1_795_350_600_000);
        let steps = vec![NewStep {
            id: step,
            title: "Tikslas".into(),
            minutes: 10,
            rules: Default::default(),
            note: Some("tyliai".into()),
        }];
        let events = vec![
            Event::Scheduled { title: "Dirbtuvė".into(), facilitator: rasa.id, steps },
            Event::Opened { by: rasa.id, at },
            Event::Arrived { who: rasa.clone(), at, with: None },
            Event::StepStarted { step, at, ends_at: at },
            Event::Said { id: message, by: rasa.id, at, text: Some("Labas".into()), reply_to: None },
            Event::Reacted { message, by: rasa.id, reaction: Reaction::Idea },
            Event::HandRaised { person: rasa.id, at },
            Event::FloorGiven { person: rasa.id, at },
        ];
        let mut room = Room::default();
        events.iter().for_each(|event| evolve(&mut room, event));
        let mut frames: Vec<ServerFrame> = events
            .into_iter()
            .map(|event| ServerFrame::Happened { seq: 7, cause: Some(CommandId::from_uuid(uuid)), event: Some(event) })
            .collect();
        frames.extend([
            ServerFrame::Welcome { you: rasa.clone(), epoch: "a".into(), seq: 8, at, room: Some(Box::new(room)) },
            ServerFrame::Happened { seq: 9, cause: None, event: None },
            ServerFrame::Refused { id: None, refusal: Refusal::of(Code::TextLong).at("text").fact("limit", 2_000) },
            ServerFrame::People { all: true, here: vec![rasa.clone()], gone: vec![rasa.id] },
            ServerFrame::Here { at },
            ServerFrame::Bye { reason: model::live::ByeReason::Restart, retry_after: Some(3_000) },
        ]);
        for frame in frames {
            let text = serde_json::to_string(&frame).unwrap();
            assert_eq!(read::<ServerFrame>(&text).as_ref(), Some(&frame), "{text}");
            let pretty = serde_json::to_string_pretty(&frame).unwrap();
            assert_eq!(read::<ServerFrame>(&pretty).as_ref(), Some(&frame), "{pretty}");
        }
    }

    /// Every shape of event ever stored, and the room that they make, with all that a part of it may leave out.
    #[test]
    fn every_event_ever_stored_is_read_as_serde_reads_it() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/live/stored");
        let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        let mut room = Room::default();
        for line in files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect::<String>().lines() {
            let event: Event = serde_json::from_str(line).unwrap();
            assert_eq!(read::<Event>(line).as_ref(), Some(&event), "{line}");
            evolve(&mut room, &event);
            let told = serde_json::to_string(&room).unwrap();
            assert_eq!(read::<Room>(&told).as_ref(), Some(&room), "after {line}");
        }
        assert_eq!(read::<Room>("{}"), Some(Room::default()));
    }

    #[test]
    fn unknown_fields_are_ignored_and_other_texts_are_none() {
        assert!(read::<ServerFrame>(r#"{"here":{"at":5,"more":{"a":[1.5,null,"\ud83d\ude00"]}}}"#).is_some());
        for text in [
            "",
            "{",
            "nul",
            r#"{"here":{"at":5}"#,
            r#"{"here":{"at":5}} x"#,
            r#"{"unheard":{}}"#,
            r#"{"here":{"at":"5"}}"#,
            r#""\ud83d""#,
        ] {
            assert!(read::<ServerFrame>(text).is_none(), "{text}");
        }
        assert!(parse(&"[".repeat(100_000)).is_none());
    }
}
