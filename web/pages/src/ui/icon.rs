use maud::{Markup, PreEscaped, Render, html};

/// A drawn sign. It never stands without its word, so readers do not hear it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Icon {
    Spaces,
    Problems,
    Practices,
    Sessions,
    Search,
    Person,
    Leadership,
    Inclusion,
    Culture,
    Steam,
    Live,
    Lock,
}

impl Icon {
    /// On a grid of 24 by 24.
    const fn path(self) -> &'static str {
        match self {
            Icon::Spaces => {
                "M4 20v-1a4 4 0 0 1 4-4h2a4 4 0 0 1 4 4v1M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6M15.5 5.2a3 3 0 0 1 0 5.6M20 20v-1a4 4 0 0 0-3-3.8"
            }
            Icon::Problems => {
                "M9.2 9a3 3 0 1 1 4.2 2.8c-.9.4-1.4 1-1.4 2.2M12 17.5v.1M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18"
            }
            Icon::Practices => "M12 7c-2-1.5-4.5-2-8-2v13c3.5 0 6 .5 8 2 2-1.5 4.5-2 8-2V5c-3.5 0-6 .5-8 2v13",
            Icon::Sessions => "M4 5h16v11h-7l-5 4v-4H4zM8 9h8M8 12h5",
            Icon::Search => "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13M20 20l-4.9-4.9",
            Icon::Person => "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4.5 20.500a7.5 7.5 0 0 1 15 0",
            Icon::Leadership => "M6 21V4l12 4-12 4",
            Icon::Inclusion => {
                "M12 20s-7.5-4.6-7.5-10A4.2 4.2 0 0 1 12 7.5 4.2 4.2 0 0 1 19.5 10C19.5 15.4 12 20 12 20"
            }
            Icon::Culture => "M4 9l8-5 8 5M6 10v8M10 10v8M14 10v8M18 10v8M4 20h16",
            Icon::Steam => {
                "M10 4v6l-5 8.500A1.5 1.5 0 0 0 6.3 21h11.400a1.5 1.5 0 0 0 1.3-2.500L14 10V4M8.5 4h7M7.5 15h9"
            }
            Icon::Live => {
                "M12 13.500a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3M8 16a5.7 5.7 0 0 1 0-8M16 8a5.7 5.7 0 0 1 0 8M5 19a9.9 9.9 0 0 1 0-14M19 5a9.9 9.9 0 0 1 0 14"
            }
            Icon::Lock => "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
        }
    }
}

impl Render for Icon {
    fn render(&self) -> Markup {
        html! {
            svg viewBox="0 0 24 24" aria-hidden="true" { path d=(PreEscaped(self.path())) {} }
        }
    }
}
