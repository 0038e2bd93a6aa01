//! What was agreed that somebody does, as it stands now, and what from before was ended here.

use model::{
    actions::{ActionCard, ActionState},
    sessions::Record,
};
use text::minutes as t;

use super::{LANG, line};

pub fn lines(record: &Record) -> Vec<String> {
    let mut lines: Vec<String> = record.actions.iter().map(told).collect();
    if !record.reviewed.is_empty() {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(format!("# {}", t::reviewed(LANG)));
        lines.extend(record.reviewed.iter().map(told));
    }
    lines
}

/// `- Paruošti apklausą (Rasa Jankauskienė, „Ąžuolas“, iki 2026-12-04)`.
fn told(action: &ActionCard) -> String {
    let mut about = vec![line(&::pages::actions::owner_name(LANG, &action.owner))];
    about.extend(action.due.map(|due| t::until(LANG, due)));
    if action.state != ActionState::Open {
        let state = ::pages::actions::state_name(LANG, action.state).to_lowercase();
        let reason = action.reason.as_ref().map(|reason| format!(": {}", line(reason))).unwrap_or_default();
        about.push(format!("{state}{reason}"));
    }
    format!("- {} ({})", line(&action.text), about.join(", "))
}
