-- The register of what people agreed upon by consent in a room: a row comes with the event that closes it.

-- The last number given in each space. The row is locked until its transaction ends, so numbers are dense and none is given twice.
create table agreement_counts (
    space text primary key references spaces (id),
    last bigint not null
);

create table agreements (
    id text primary key,
    space text not null references spaces (id),
    session text not null references sessions (id),
    step text,
    -- In its space, from 1.
    number bigint not null,
    text text not null,
    -- A day in Europe/Vilnius: 2026-12-04.
    in_force text not null,
    -- Whose it is to keep: a team's, and of one of its people where one was named.
    team text references teams (id),
    person text references people (id),
    review text,
    problem text references problems (id),
    -- kept, changed or dropped
    state text not null,
    replaced_by text references agreements (id),
    -- How it was voiced, as JSON: tallies, the objections that were open, and why it was adopted over them.
    outcome text not null,
    agreed_by text not null references people (id),
    agreed_at bigint not null,
    version bigint not null
);

create unique index agreements_number on agreements (space, number);
create index agreements_session on agreements (session);
create index agreements_team on agreements (team, state);
create index agreements_problem on agreements (problem);
create index agreements_review on agreements (space, state, review);

-- The words as they stood before each change in the room.
create table agreement_wordings (
    agreement text not null references agreements (id),
    number bigint not null,
    -- In which it was agreed.
    session text not null references sessions (id),
    text text not null,
    primary key (agreement, number)
);

create table agreement_reviews (
    agreement text not null references agreements (id),
    -- The version that it made.
    number bigint not null,
    -- In which it was agreed.
    session text not null references sessions (id),
    person text not null references people (id),
    at bigint not null,
    state text not null,
    review text,
    reason text,
    primary key (agreement, number)
);
