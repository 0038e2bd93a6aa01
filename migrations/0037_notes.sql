-- The text that a session writes together: a CRDT, whose updates stand here in base64 as they came (Yjs, encoding 1).
create table notes (
    session text primary key references sessions (id),
    -- Changes when the text is made anew: a browser never merges what it kept of an older one.
    epoch text not null,
    -- Of the last update.
    last_seq bigint not null
);

-- The first row of a session may stand for all before it.
create table note_updates (
    session text not null references sessions (id),
    seq bigint not null,
    data text not null,
    at bigint not null,
    primary key (session, seq)
);

-- Whose the letters of a client are. Each copy of the text that somebody writes into has an id of its own.
create table note_writers (
    session text not null references sessions (id),
    client bigint not null,
    person text not null references people (id),
    -- In which it may write.
    epoch text not null,
    primary key (session, client)
);

-- What the text said before.
create table note_states (
    session text not null references sessions (id),
    number bigint not null,
    text text not null,
    at bigint not null,
    primary key (session, number)
);
