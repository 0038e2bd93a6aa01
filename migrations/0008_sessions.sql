create table sessions (
    id text primary key,
    space text not null references spaces (id),
    title text not null,
    facilitator text not null references people (id),
    -- planned, open or closed; follows the events
    state text not null,
    starts_at bigint not null,
    minutes bigint not null,
    -- JSON list of {id, title, minutes}: the agenda as planned
    steps text not null,
    -- The number of the last event; events are numbered 1, 2, 3 … without a gap.
    last_seq bigint not null,
    created_at bigint not null
);

create index sessions_space on sessions (space, state, starts_at);

create table session_events (
    session text not null references sessions (id),
    seq bigint not null,
    command_id text not null,
    -- Which of the events of its command it is, from 0.
    part bigint not null,
    -- The id of a person, or „clock“ or „server“.
    actor text not null,
    -- The event as JSON.
    payload text not null,
    at bigint not null,
    primary key (session, seq),
    unique (session, actor, command_id, part)
);

-- Who attended, from when to when. An open interval's seen_at is written once a minute, so a kill costs at most a minute.
create table attendance (
    session text not null references sessions (id),
    person text not null references people (id),
    arrived_at bigint not null,
    left_at bigint,
    seen_at bigint not null,
    primary key (session, person, arrived_at)
);
