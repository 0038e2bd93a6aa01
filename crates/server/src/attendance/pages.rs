//! The page of a session's attendance and its forms.

use ::pages::{address, address::template, attendance as shown};

use super::*;
use crate::doors::{Drawn, Sent, Visit};

pub fn routes() -> Routes {
    let back = |page: &Attendance, _: &Sent<'_>| address::attendance(page.card.id);
    Routes::new()
        .page(template::attendance, attendance)
        .form(template::attendance_correct, template::attendance, correct, attendance, back)
        .form(template::attendance_share, template::attendance, set_share, attendance, back)
}

async fn attendance(app: App, visit: Visit) -> Drawn {
    let page = read(app, visit.actor.clone(), visit.call()?).await?;
    Ok(shown::page(&visit.ctx, &page))
}
