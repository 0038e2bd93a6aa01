//! A document that is set: tagged, in its language, the same each time, and with nothing of it read as markup.

use typeset::{Document, Error, Part, TEXT_MAX, pdf};

fn document(parts: Vec<Part>) -> Document {
    Document {
        title: "Protokolas: Kaip padėti pamokoje".into(),
        lang: "lt".into(),
        foot: "Įtraukiojo ugdymo dirbtuvė".into(),
        parts,
        made: Some([2026, 11, 22, 12, 30, 0]),
    }
}

fn paragraph(text: &str) -> Part {
    Part::Paragraph { text: text.into() }
}

fn every_part() -> Vec<Part> {
    let line = |text: &str| text.to_owned();
    vec![
        Part::Facts { facts: vec![(line("Vedė"), line("Rasa Jankauskienė"))] },
        Part::Heading { level: 1, text: line("Dalyviai") },
        Part::List { items: vec![line("Ąžuolas: Čiutytė, Žvirblienė"), line("Šaltinis\nkita eilutė")] },
        Part::Heading { level: 2, text: line("Darbotvarkė") },
        Part::Table {
            head: vec![line("Žingsnis"), line("Kada")],
            rows: vec![vec![line("Pradžia"), line("14:31–14:43")]],
        },
        paragraph("„Lietuviškos“ raidės: ą č ę ė į š ų ū ž Ą Č Ę Ė Į Š Ų Ū Ž – ir €, №, →, α, я."),
        Part::Note { text: line("SHA-256") },
    ]
}

fn holds(bytes: &[u8], what: &str) -> bool {
    bytes.windows(what.len()).any(|window| window == what.as_bytes())
}

/// The text without spaces, hyphens and breaks, which depend on how it was set.
fn text(bytes: &[u8]) -> String {
    let text = pdf_extract::extract_text_from_mem(bytes).unwrap();
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}' | '\u{AD}' | '\u{200B}')).collect()
}

#[test]
fn a_document_is_tagged_and_says_its_title_and_its_language() {
    let bytes = pdf(&document(every_part())).unwrap();
    assert!(bytes.starts_with(b"%PDF-1.7"));
    let read = pdf_extract::Document::load_mem(&bytes).unwrap();
    let catalog = read.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"lt");
    assert!(catalog.has(b"StructTreeRoot"));
    let marks = read.dereference(catalog.get(b"MarkInfo").unwrap()).unwrap().1.as_dict().unwrap();
    assert!(marks.get(b"Marked").unwrap().as_bool().unwrap());
    let kinds: Vec<_> = read
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok()?.get(b"S").ok()?.as_name().ok())
        .map(|name| String::from_utf8_lossy(name).into_owned())
        .collect();
    for kind in ["H1", "H2", "P", "L", "LI", "Table", "TR", "TH", "TD", "Title"] {
        assert!(kinds.iter().any(|one| one == kind) || holds(&bytes, &format!("/{kind}")), "{kind}: {kinds:?}");
    }
    assert!(holds(&bytes, "pdfuaid"), "it is of PDF/UA");
    let text = text(&bytes);
    for told in [
        "Kaippadėtipamokoje",
        "Čiutytė,Žvirblienė",
        "„Lietuviškos“",
        "ąčęėįšųūžĄČĘĖĮŠŲŪŽ",
        "14:31–14:43",
        "1/1",
        "Įtraukiojougdymo",
    ] {
        assert!(text.contains(told), "{told}: {text}");
    }
}

#[test]
fn the_same_document_is_the_same_bytes() {
    let one = pdf(&document(every_part())).unwrap();
    assert_eq!(one, pdf(&document(every_part())).unwrap());
    let later = Document { made: Some([2026, 11, 23, 12, 30, 0]), ..document(every_part()) };
    assert_ne!(one, pdf(&later).unwrap());
}

#[test]
fn lithuanian_words_are_hyphenated() {
    let word = "nebeprisikiškiakopūsteliaujantiesiems ";
    let bytes = pdf(&document(vec![paragraph(&word.repeat(60))])).unwrap();
    let text = pdf_extract::extract_text_from_mem(&bytes).unwrap();
    let broken = text.lines().filter(|line| line.trim_end().ends_with(['-', '\u{2010}', '\u{AD}'])).count();
    assert!(broken > 5, "{text}");
}

#[test]
fn nothing_that_was_typed_is_markup() {
    for typed in [
        "#read(\"/etc/passwd\")",
        "#import \"@preview/cetz:0.3.0\"",
        "#panic(1)",
        "]#eval(\"1+1\")[",
        "$ x^2 $ *a* _b_ `c` = d",
        "\\u{41} @nera <nera>",
        "<script>alert(1)</script>",
        "\u{202E}atvirkščiai\u{200F} \u{2066}x\u{2069}",
        "שלום مرحبا 你好 🙂👩‍👩‍👧 e\u{301}\u{316} \u{0}\u{7}\u{FFFD}\u{10FFFF}",
        "",
    ] {
        let line = || typed.to_owned();
        let parts = vec![
            paragraph(typed),
            Part::Heading { level: 1, text: line() },
            Part::List { items: vec![line(), line()] },
            Part::Facts { facts: vec![(line(), line())] },
            Part::Table { head: vec![line(), line()], rows: vec![vec![line(), line()]] },
        ];
        let bytes = pdf(&Document { title: line(), foot: line(), ..document(parts) })
            .unwrap_or_else(|error| panic!("{typed}: {error}"));
        if typed.is_ascii() && !typed.is_empty() {
            let bare: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
            assert!(text(&bytes).contains(&bare), "{typed}: {}", text(&bytes));
        }
    }
}

#[test]
fn every_hostile_text_is_set_as_text() {
    let corpus = include_str!("../../../tests/data/xss.txt");
    let items: Vec<String> = corpus.lines().map(str::to_owned).collect();
    assert!(items.len() >= 300);
    let rows = items.iter().map(|item| vec![item.clone(), item.clone()]).collect();
    let table = Part::Table { head: vec!["a".into(), "b".into()], rows };
    assert!(pdf(&document(vec![Part::List { items }, table])).unwrap().starts_with(b"%PDF"));
}

#[test]
fn what_is_long_is_set_or_refused() {
    let word = "ž".repeat(10_000);
    let bytes = pdf(&document(vec![paragraph(&word)])).unwrap();
    assert!(text(&bytes).matches('ž').count() >= 10_000);
    let rows = (0..500).map(|row| vec![row.to_string(), "Žingsnis".to_owned()]).collect();
    let head = vec!["Eil.".to_owned(), "Kas".to_owned()];
    let bytes = pdf(&document(vec![Part::Table { head, rows }])).unwrap();
    // The head stands on each of its pages.
    let pages = pdf_extract::Document::load_mem(&bytes).unwrap().get_pages().len();
    assert!(pages > 5);
    assert_eq!(text(&bytes).matches("Eil.Kas").count(), pages);
    let long = paragraph(&"ilgas žodis ".repeat(TEXT_MAX / 12 + 1));
    assert!(matches!(pdf(&document(vec![long])), Err(Error::Long)));
    // No part at all is a page with a title.
    assert!(pdf(&document(Vec::new())).is_ok());
}
