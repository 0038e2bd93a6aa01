use db::{Result, Tx, sql};

pub async fn insert(tx: &mut Tx, text: &str) -> Result<u64> {
    sql!("insert into room_on_disk (text) values ($1)", text).run(tx).await
}

pub async fn delete(tx: &mut Tx) -> Result<u64> {
    sql!("delete from room_on_disk").run(tx).await
}
