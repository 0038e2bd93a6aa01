-- What was chosen in polls without names. That somebody took part is an event; what they chose stands here, beside no person, command,
-- number or time. The key is random, and of it alone follows where a row lies: SQLite would else number the rows as they come.
create table ballots (
    poll text not null,
    key text not null,
    session text not null references sessions (id),
    -- The choice as JSON.
    choice text not null,
    primary key (poll, key)
)
-- only: sqlite
without rowid
-- end
;

create index ballots_session on ballots (session);
