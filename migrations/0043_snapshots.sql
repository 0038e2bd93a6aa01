-- A live room as it stood after one of its events, so that a long session opens without reading all of them. It is never the truth: a room
-- is folded from its events where there is none, or one that another binary or another plan made. A row goes in the transaction that
-- takes a text out of the session's events.
create table session_snapshots (
    session text not null primary key references sessions (id),
    -- The last event in it.
    seq bigint not null,
    -- A hash of the room's type, the rules that folded it, and the plan that it began with.
    shape text not null,
    -- The room as JSON.
    room text not null
);
