-- Passages that were taken out of texts. The passage itself stands nowhere: what is kept of it tells it again where a backup from before
-- brings it back (docs/decisions/0009-redaction-outlives-a-restore.md). Without foreign keys: a row outlives what it speaks of.
create table redactions (
    id text primary key,
    -- 1, 2, 3 …: by it every node learns that there is a new one.
    number bigint not null unique,
    -- problem, practice, response, message, session, space, team, network, school, person, invitation or action
    kind text not null,
    item text not null,
    -- Of a message.
    session text,
    person text not null,
    reason text not null,
    at bigint not null,
    -- Characters of the passage.
    length bigint not null,
    salt text not null,
    -- SHA-256 of salt and passage, in hex.
    hash text not null
);

create index redactions_item on redactions (kind, item);
