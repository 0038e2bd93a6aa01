//! XML as the text that people read in it. It builds no tree and follows no reference, so that there is nothing to blow up.

/// Elements between which a text does not go on; others only dress parts of a word.
const APART: [&[u8]; 20] = [
    b"p",
    b"h",
    b"si",
    b"is",
    b"c",
    b"v",
    b"f",
    b"row",
    b"tr",
    b"tc",
    b"table-cell",
    b"table-row",
    b"list-item",
    b"br",
    b"cr",
    b"tab",
    b"line-break",
    b"comment",
    b"annotation",
    b"text-box",
];

pub struct Markup {
    state: State,
    /// The name of the element whose tag is being read.
    name: Vec<u8>,
    named: bool,
    entity: Vec<u8>,
    text: Vec<u8>,
    /// Each element is for itself.
    apart: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Text,
    Tag,
    Entity,
}

impl Markup {
    pub fn new(apart: bool) -> Self {
        Self { state: State::Text, name: Vec::new(), named: false, entity: Vec::new(), text: Vec::new(), apart }
    }

    /// The text of the next bytes.
    pub fn text(&mut self, bytes: &[u8]) -> &[u8] {
        self.text.clear();
        for &byte in bytes {
            match self.state {
                State::Text => match byte {
                    b'<' => {
                        (self.state, self.named) = (State::Tag, false);
                        self.name.clear();
                    }
                    b'&' => {
                        self.state = State::Entity;
                        self.entity.clear();
                    }
                    byte => self.text.push(byte),
                },
                State::Tag => self.tag(byte),
                State::Entity => match byte {
                    b';' => {
                        self.state = State::Text;
                        self.resolve();
                    }
                    byte if self.entity.len() < 12 => self.entity.push(byte),
                    // No entity is so long.
                    _ => self.state = State::Text,
                },
            }
        }
        &self.text
    }

    fn tag(&mut self, byte: u8) {
        match byte {
            b'>' => {
                self.state = State::Text;
                self.gap();
            }
            // The beginning of `</p>`, and the end of `<br/>`.
            b'/' if self.name.is_empty() => {}
            b'/' | b' ' | b'\t' | b'\r' | b'\n' => self.named = true,
            b':' if !self.named => self.name.clear(),
            byte if !self.named && self.name.len() < 16 => {
                self.name.push(byte);
                if self.name == b"![CDATA[" {
                    self.state = State::Text;
                }
            }
            _ => {}
        }
    }

    fn gap(&mut self) {
        if self.apart || APART.contains(&&*self.name) {
            self.text.push(b'\n');
        } else if self.name == b"s" {
            // A space of OpenDocument.
            self.text.push(b' ');
        }
    }

    fn resolve(&mut self) {
        let entity = String::from_utf8_lossy(&self.entity);
        let number = entity.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => number.parse().ok(),
        });
        let c = match &*entity {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => number.and_then(char::from_u32),
        };
        if let Some(c) = c {
            self.text.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(xml: &str) -> String {
        let mut markup = Markup::new(false);
        // As if it came byte by byte.
        let bytes: Vec<u8> = xml.bytes().flat_map(|byte| markup.text(&[byte]).to_vec()).collect();
        assert_eq!(bytes, Markup::new(false).text(xml.as_bytes()), "{xml}");
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_word_goes_on_over_its_dress_and_ends_with_its_paragraph() {
        assert_eq!(
            text("<w:p><w:r><w:t>387</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>031</w:t></w:r></w:p><w:p/>x"),
            "\n387031\n\nx"
        );
        assert_eq!(text("<row r=\"1\"><c r=\"A1\"><v>1</v></c><c><v>2</v></c></row>"), "\n\n\n1\n\n\n\n2\n\n\n");
        assert_eq!(text("<text:span>a</text:span><text:s/>b<text:tab/>c"), "a b\nc");
    }

    #[test]
    fn what_stands_for_a_letter_is_the_letter() {
        assert_eq!(text("a &amp; b &#51;&#x38;7 &nera; <![CDATA[387]]>"), "a & b 387  387]]>");
        assert!(text("&visaineentitetas0123456789;x").ends_with(";x"));
    }
}
