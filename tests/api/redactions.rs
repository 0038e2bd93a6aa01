//! What is taken out of a text is nowhere: not in the database or its files, the index, older versions, records, exports or new
//! backups, and it does not come back with an old one.

mod files;
mod found;
mod nowhere;
mod rights;

use model::{ids::*, redactions::*, words::Prose};

use crate::planted::MARK;

const MARK_LT: &str = "[pašalinta]";

fn redact(of: TextOf, item: ItemId, session: Option<SessionId>) -> RedactText {
    let reason = Prose::new("Rašyta apie žmogų, kurio čia neturi būti.").unwrap();
    RedactText { of, item, session, passage: Passage::new(MARK).unwrap(), reason, files: None }
}
