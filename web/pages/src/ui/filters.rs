//! Filters of a list: a form that is sent by GET, those in use with a way to remove each, and what to loosen when nothing is found.

use maud::{Markup, html};
use model::practices::{Count, Facet, MunicipalityCount};
use serde::Serialize;
use text::{Lang, common as t};

use super::{Choice, facet_or, key};
use crate::address;

/// One filter: what it is called in the address and in words, what can be chosen, and what is.
pub struct Filter {
    facet: Facet,
    label: &'static str,
    choices: Vec<Choice>,
    /// How many there are of each of the choices, where it is known.
    counts: Vec<Option<i64>>,
    chosen: String,
    /// What nothing chosen is called.
    any: &'static str,
}

impl Filter {
    pub fn new(facet: Facet, label: &'static str, chosen: impl Serialize) -> Self {
        Self { facet, label, choices: Vec::new(), counts: Vec::new(), chosen: key(chosen), any: "" }
    }

    #[must_use]
    pub fn any(mut self, any: &'static str) -> Self {
        self.any = any;
        self
    }

    /// With how many there are of each.
    #[must_use]
    pub fn counted<T: Serialize + Copy>(mut self, counts: &[Count<T>], name: impl Fn(T) -> &'static str) -> Self {
        for one in counts {
            self.choices.push(Choice::of(one.value, name(one.value)));
            self.counts.push(Some(one.count));
        }
        self
    }

    #[must_use]
    pub fn places(mut self, counts: &[MunicipalityCount]) -> Self {
        for one in counts {
            self.choices.push(Choice::of(one.value, one.name.as_str()));
            self.counts.push(Some(one.count));
        }
        self
    }

    /// Before anything is counted.
    #[must_use]
    pub fn uncounted<T: Serialize + Copy>(mut self, all: &[T], name: impl Fn(T) -> &'static str) -> Self {
        for value in all {
            self.choices.push(Choice::of(*value, name(*value)));
            self.counts.push(None);
        }
        self
    }

    /// The only thing that it can be.
    #[must_use]
    pub fn only(mut self, name: &str) -> Self {
        self.choices.push(Choice::new(&self.chosen, name));
        self.counts.push(None);
        self
    }

    fn with_counts(&self) -> Vec<Choice> {
        let both = self.choices.iter().zip(&self.counts);
        let label = |(choice, count): (&Choice, &Option<i64>)| match count {
            Some(count) => Choice::new(&choice.value, format!("{} ({count})", choice.label)),
            None => choice.clone(),
        };
        both.map(label).collect()
    }

    /// As its field of the call is called.
    pub fn name(&self) -> String {
        key(self.facet)
    }

    /// „Sritis: STEAM“
    fn in_words(&self, lang: Lang) -> String {
        let chosen = self.choices.iter().find(|choice| choice.value == self.chosen);
        t::filter(lang, self.label, chosen.map_or("–", |choice| choice.label.as_str()))
    }
}

/// A list with its filters, and what else its address holds.
pub struct Filters<'a> {
    pub path: String,
    pub filters: Vec<Filter>,
    pub others: Vec<(&'a str, String)>,
}

impl Filters<'_> {
    pub fn narrowed(&self) -> bool {
        self.filters.iter().any(|filter| !filter.chosen.is_empty())
    }

    /// What the address holds, without one filter.
    fn pairs(&self, without: Option<Facet>) -> Vec<(String, String)> {
        let kept = self.filters.iter().filter(|filter| Some(filter.facet) != without);
        let others = self.others.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
        others.chain(kept.map(|filter| (filter.name(), filter.chosen.clone()))).collect()
    }

    fn without(&self, facet: Facet) -> String {
        let pairs = self.pairs(Some(facet));
        let pairs: Vec<_> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        address::with_query(&self.path, &pairs)
    }

    /// For the way to the next page.
    pub fn kept(&self) -> Vec<(String, String)> {
        self.pairs(None)
    }

    /// A select for each; the space is chosen elsewhere, and is kept.
    pub fn selects(&self, lang: Lang) -> Markup {
        html! {
            @for filter in &self.filters {
                @if filter.facet == Facet::Space {
                    @if !filter.chosen.is_empty() { input type="hidden" name=(filter.name()) value=(filter.chosen); }
                } @else {
                    @let any = if filter.any.is_empty() { t::any(lang) } else { filter.any };
                    (facet_or(any, &filter.name(), filter.label, &filter.with_counts(), &filter.chosen))
                }
            }
        }
    }

    /// Those in use, each with a link to the same list without it.
    pub fn in_use(&self, lang: Lang) -> Markup {
        html! {
            @if self.narrowed() {
                ul.chips.filters aria-label=(t::filters_on(lang)) {
                    @for filter in self.filters.iter().filter(|filter| !filter.chosen.is_empty()) {
                        li {
                            @let words = filter.in_words(lang);
                            a.chip href=(self.without(filter.facet)) aria-label=(t::filter_remove(lang, &words)) {
                                (words) span aria-hidden="true" { "×" }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Which one to remove, with how much there would be; `count` says it in words.
    pub fn loosen(&self, lang: Lang, loosen: &[Count<Facet>], count: impl Fn(i64) -> String) -> Markup {
        let named = |one: &Count<Facet>| self.filters.iter().find(|filter| filter.facet == one.value);
        let helping: Vec<_> = loosen.iter().filter_map(|one| named(one).map(|filter| (filter, one.count))).collect();
        html! {
            @if helping.is_empty() {
                p { (t::loosen_none(lang)) }
            } @else {
                p { (t::loosen(lang)) }
                ul {
                    @for (filter, found) in helping {
                        li {
                            a href=(self.without(filter.facet)) { (t::loosen_one(lang, filter.in_words(lang))) }
                            " – " (count(found))
                        }
                    }
                }
            }
        }
    }
}
