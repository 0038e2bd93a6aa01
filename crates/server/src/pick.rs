//! One thing named by whoever writes: by its address, or by words of its title that are searched for.

use std::str::FromStr;

use model::{
    access::Actor,
    refusal::{Code, Refusal},
    search::{FoundKind, Hit, Search},
    words::Line,
};

use crate::{app::App, error::Fault};

/// How many are offered to choose from.
const CHOICES: usize = 8;

/// The last id in an address, or a bare id.
pub fn id_in<T: FromStr>(typed: &str) -> Option<T> {
    typed.split(['/', '?', '#']).filter_map(|part| part.trim().parse().ok()).next_back()
}

/// What `actor` may see of `kind` for the words, the best match first.
pub async fn choices(app: &App, actor: &Actor, kind: FoundKind, typed: &str) -> Result<Vec<Hit>, Fault> {
    let q = Line::new(&typed.chars().take(200).collect::<String>());
    let call = Search { q, kind: Some(kind), ..Search::default() };
    let mut found = crate::search::verb::search(app.clone(), actor.clone(), call).await?.items;
    found.truncate(CHOICES);
    Ok(found)
}

pub fn title(hit: &Hit) -> String {
    hit.title.iter().map(|piece| piece.text.as_str()).collect()
}

/// The id that is typed, that of the only thing of this title, or a refusal at `find`: `pick.one` when there is something to
/// choose from, `pick.none` when there is nothing.
pub async fn one<T: FromStr>(app: &App, actor: &Actor, kind: FoundKind, typed: &str) -> Result<T, Fault> {
    if let Some(id) = id_in(typed) {
        return Ok(id);
    }
    let found = choices(app, actor, kind, typed).await?;
    let same = |hit: &&Hit| title(hit).to_lowercase() == typed.trim().to_lowercase();
    let mut exact = found.iter().filter(same);
    if let (Some(hit), None) = (exact.next(), exact.next())
        && let Ok(id) = hit.id.parse()
    {
        return Ok(id);
    }
    let code = if found.is_empty() { Code::PickNone } else { Code::PickOne };
    Err(Refusal::of(code).at("find").into())
}

#[cfg(test)]
mod tests {
    use model::ids::PracticeId;

    use super::*;

    #[test]
    fn an_id_is_read_out_of_an_address() {
        let id = "0192f0c1-2b3c-7d4e-8f50-0123456789ab";
        for typed in [id.to_owned(), format!("https://x.lt/praktikos/{id}"), format!("/praktikos/{id}/versijos?a=b#c")]
        {
            assert_eq!(id_in::<PracticeId>(&typed).unwrap().to_string(), id);
        }
        assert_eq!(id_in::<PracticeId>("Klasės valandėlė"), None);
    }
}
