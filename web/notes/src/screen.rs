//! What is seen: the field that is written in, behind it the same text with lines and carets, and what is told around it.

use text::{Lang, notes as t};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlTextAreaElement};

use crate::{copy::Copy, edge};

/// Kinds of underline in the style.
const STYLES: usize = 6;

pub struct Screen {
    pub field: HtmlTextAreaElement,
    pub kept: HtmlTextAreaElement,
    pub put: Element,
    pub anyway: Element,
    pub throw: Element,
    behind: Element,
    state: Element,
    saving: Element,
    here: Element,
    refused: Element,
    sentence: Element,
    authors: Element,
    pub lang: Lang,
    /// People in the order in which they were first seen here: each keeps a kind of line.
    styles: Vec<String>,
    drawn: Drawn,
}

/// What stands on the page, so that nothing is told twice to who hears it.
#[derive(Default)]
struct Drawn {
    state: String,
    saving: String,
    sentence: String,
}

/// What is true now, beside the copy.
pub struct Now<'a> {
    pub me: &'a str,
    pub state: &'a str,
    pub saving: &'a str,
    pub refusal: Option<String>,
}

/// Somebody's caret.
struct Caret {
    at: u32,
    name: String,
    style: usize,
}

impl Screen {
    /// None where the page is another than this module knows.
    pub fn of(place: &Element) -> Option<Self> {
        let find = |name: &str| place.query_selector(&["[data-notes-", name, "]"].concat()).ok().flatten();
        let area = |id: &str| edge::document().get_element_by_id(id)?.dyn_into::<HtmlTextAreaElement>().ok();
        let screen = Self {
            field: area("notes-text")?,
            kept: area("notes-kept")?,
            put: find("put")?,
            anyway: find("anyway")?,
            throw: find("throw")?,
            behind: place.query_selector(".notes-behind").ok().flatten()?,
            state: find("state")?,
            saving: find("saving")?,
            here: find("here")?,
            refused: find("refused")?,
            sentence: find("sentence")?,
            authors: find("authors")?.query_selector("ol").ok().flatten()?,
            lang: edge::lang(),
            styles: Vec::new(),
            drawn: Drawn::default(),
        };
        show(&find("saved")?, false);
        show(&find("editor")?, true);
        Some(screen)
    }

    pub fn selection(&self) -> (u32, u32) {
        let end = self.field.selection_end().ok().flatten().unwrap_or_default();
        (self.field.selection_start().ok().flatten().unwrap_or(end), end)
    }

    /// Puts the text of the copy into the field when it is another, with the caret at its letters.
    pub fn set_text(&self, text: &str, selection: (u32, u32)) {
        if self.field.value() != text {
            self.field.set_value(text);
            let _ = self.field.set_selection_range(selection.0, selection.1);
        }
    }

    pub fn draw(&mut self, copy: &mut Copy, now: &Now<'_>) {
        self.field.set_read_only(!(copy.known && copy.writes));
        let _ = self.field.set_attribute("maxlength", &copy.limit.to_string());
        tell(&self.state, &mut self.drawn.state, now.state);
        tell(&self.saving, &mut self.drawn.saving, now.saving);
        self.draw_refusal(now);
        self.draw_text(copy, now.me);
        self.draw_here(copy, now.me);
    }

    fn draw_refusal(&mut self, now: &Now<'_>) {
        show(&self.refused, now.refusal.is_some());
        tell(&self.sentence, &mut self.drawn.sentence, now.refusal.as_deref().unwrap_or_default());
    }

    fn style(&mut self, person: &str) -> usize {
        let at = self.styles.iter().position(|known| known == person).unwrap_or_else(|| {
            self.styles.push(person.to_owned());
            self.styles.len() - 1
        });
        at % STYLES
    }

    fn draw_text(&mut self, copy: &mut Copy, me: &str) {
        let runs = copy.notes.runs();
        let mut carets: Vec<Caret> = Vec::new();
        for state in copy.here.values() {
            if let Some((_, head)) = state.caret {
                let style = self.style(&state.person);
                carets.push(Caret { at: copy.place(head), name: self.name(&state.name).to_owned(), style });
            }
        }
        carets.sort_by_key(|caret| caret.at);
        let mut carets = carets.into_iter().peekable();
        clear(&self.behind);
        clear(&self.authors);
        let (mut place, mut told) = (0, None::<(String, Element)>);
        for run in &runs {
            let (person, name) =
                copy.authors.get(&run.client).cloned().unwrap_or_else(|| (me.to_owned(), String::new()));
            let style = self.style(&person);
            let mut rest = run.text.as_str();
            while let Some(caret) = carets.next_if(|caret| caret.at <= place + units(rest)) {
                let (before, after) = rest.split_at(byte_of(rest, caret.at.saturating_sub(place)));
                self.piece(before, style);
                self.caret(&caret);
                place += units(before);
                rest = after;
            }
            self.piece(rest, style);
            place += units(rest);
            // The list joins what one person wrote in several windows.
            match &mut told {
                Some((last, text)) if *last == person => {
                    text.append_with_str_1(&run.text).unwrap_or_default();
                }
                _ => {
                    let item = element("li");
                    let by = element("strong");
                    let who = if person == me { t::you(self.lang) } else { self.name(&name) };
                    by.set_text_content(Some(who));
                    by.set_class_name(&style_class(style));
                    let text = element("span");
                    text.set_class_name("lines");
                    text.set_text_content(Some(&run.text));
                    let _ = item.append_with_node_1(&by);
                    let _ = item.append_with_str_1(": ");
                    let _ = item.append_with_node_1(&text);
                    let _ = self.authors.append_with_node_1(&item);
                    told = Some((person, text));
                }
            }
        }
        carets.for_each(|caret| self.caret(&caret));
        // A last line that is empty has a height too.
        let _ = self.behind.append_with_str_1("\u{200b}");
    }

    fn piece(&self, text: &str, style: usize) {
        if text.is_empty() {
            return;
        }
        let span = element("span");
        span.set_class_name(&style_class(style));
        span.set_text_content(Some(text));
        let _ = self.behind.append_with_node_1(&span);
    }

    fn caret(&self, caret: &Caret) {
        let (mark, flag) = (element("span"), element("span"));
        mark.set_class_name(&["notes-caret tone-", &caret.style.to_string()].concat());
        flag.set_class_name("notes-flag");
        flag.set_text_content(Some(&caret.name));
        let _ = mark.append_with_node_1(&flag);
        let _ = self.behind.append_with_node_1(&mark);
    }

    fn draw_here(&mut self, copy: &Copy, me: &str) {
        let mut names: Vec<&str> = Vec::new();
        for state in copy.here.values().filter(|state| state.person != me) {
            let name = self.name(&state.name);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.sort_unstable();
        let text = match (copy.is_synced(), names.is_empty()) {
            (false, _) => String::new(),
            (true, true) => t::alone(self.lang).to_owned(),
            (true, false) => [t::here(self.lang), ": ", &names.join(", "), "."].concat(),
        };
        if self.here.text_content().as_deref() != Some(&text) {
            self.here.set_text_content(Some(&text));
        }
    }

    fn name<'a>(&self, name: &'a str) -> &'a str {
        if name.is_empty() { text::teams::former(self.lang) } else { name }
    }
}

fn style_class(style: usize) -> String {
    ["by-", &style.to_string()].concat()
}

fn element(name: &str) -> Element {
    match edge::document().create_element(name) {
        Ok(element) => element,
        Err(_) => unreachable!("a name of ours"),
    }
}

fn clear(element: &Element) {
    element.set_text_content(None);
}

fn tell(element: &Element, drawn: &mut String, text: &str) {
    if drawn != text {
        element.set_text_content(Some(text));
        text.clone_into(drawn);
    }
}

pub fn show(element: &Element, shown: bool) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        element.set_hidden(!shown);
    }
}

fn units(text: &str) -> u32 {
    text.chars().map(|letter| letter.len_utf16() as u32).sum()
}

/// Where the place, counted as browsers count, is in the text.
fn byte_of(text: &str, place: u32) -> usize {
    let mut passed = 0;
    for (at, letter) in text.char_indices() {
        if passed >= place {
            return at;
        }
        passed += letter.len_utf16() as u32;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_in_a_text_of_letters_of_every_width() {
        let text = "aš🌳b";
        assert_eq!([0, 1, 2, 4, 5, 9].map(|place| byte_of(text, place)), [0, 1, 3, 7, 8, 8]);
        assert_eq!(units(text), 5);
    }
}
