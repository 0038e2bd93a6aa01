create table teams (
    id text primary key,
    network text not null references networks (id),
    school text not null references schools (id),
    name text not null,
    name_key text not null,
    -- forming, active, incomplete or archived
    state text not null,
    version bigint not null,
    created_at bigint not null
);

create index teams_network on teams (network);

create table members (
    team text not null references teams (id),
    person text not null references people (id),
    lead boolean not null,
    joined_at bigint not null,
    primary key (team, person)
);

create index members_person on members (person);

-- At most one working invitation a team; a new one takes the place of the one before.
create table invitations (
    team text primary key references teams (id),
    -- SHA-256 of the code, in hex.
    code text not null unique,
    expires_at bigint not null,
    joined bigint not null
);
