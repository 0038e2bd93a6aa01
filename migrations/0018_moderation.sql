-- Reports of what should not stand, and what moderators have hidden in place.

create table reports (
    id text primary key,
    -- problem, practice, response or message
    kind text not null,
    item text not null,
    -- Of a message.
    session text references sessions (id),
    space text not null references spaces (id),
    person text not null references people (id),
    reason text not null,
    note text,
    at bigint not null,
    settled_at bigint,
    unique (kind, item, person)
);

create index reports_space on reports (space, settled_at);

create table hidings (
    id text primary key,
    kind text not null,
    item text not null,
    session text references sessions (id),
    space text not null references spaces (id),
    -- Where it stands: of a response its problem, of a message its session.
    place text not null,
    author text not null references people (id),
    title text not null,
    text text not null,
    -- JSON of what is needed to show it again: the state of a problem or practice, the whole of a response.
    kept text not null,
    reason text not null,
    hidden_by text not null references people (id),
    hidden_at bigint not null,
    appeal text,
    appealed_at bigint,
    answer text,
    -- When it was shown again.
    ended_at bigint
);

create index hidings_item on hidings (kind, item, ended_at);
create index hidings_space on hidings (space, ended_at);
create index hidings_author on hidings (author, ended_at);
