use db::{Result, Tx, sql};
use model::ids::ProblemId;

/// With its topics and its history; what was never posted has nothing else.
pub async fn delete_draft(tx: &mut Tx, id: ProblemId) -> Result<u64> {
    sql!("delete from problem_topics where problem = $1", id).run(tx).await?;
    sql!("delete from problem_states where problem = $1", id).run(tx).await?;
    sql!("delete from problems where id = $1 and state = 'draft'", id).run(tx).await
}
