-- Sessions planned together. Each is a session of its own; its place among the others is its start.
create table series (
    id text primary key,
    space text not null references spaces (id),
    -- weekly, two_weekly, four_weekly or monthly
    every text not null,
    created_at bigint not null
);

-- None for a session planned alone.
alter table sessions add column series text references series (id);
-- The address of a meeting by video elsewhere; empty without one.
alter table sessions add column video text not null default '';
-- Why, when the state is cancelled.
alter table sessions add column cancel_reason text not null default '';
alter table sessions add column version bigint not null default 1;
-- How often those invited were told of a change: SEQUENCE of RFC 5545.
alter table sessions add column sequence bigint not null default 0;
-- When the plan was last changed; 0 when it never was.
alter table sessions add column changed_at bigint not null default 0;

create index sessions_series on sessions (series);

-- The teams that a session invites: whoever is in them at the time.
create table session_teams (
    session text not null references sessions (id),
    team text not null references teams (id),
    primary key (session, team)
);

create index session_teams_team on session_teams (team);

-- People whom a session invites by name, and what anyone invited answered.
create table session_people (
    session text not null references sessions (id),
    person text not null references people (id),
    named boolean not null,
    -- yes, maybe or no; empty before the answer
    answer text not null,
    note text not null,
    answered_at bigint,
    primary key (session, person)
);

create index session_people_person on session_people (person);
