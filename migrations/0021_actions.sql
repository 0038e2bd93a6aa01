-- What was agreed that somebody does. The row is what holds now; what is agreed in a room becomes a row together with its event.

create table actions (
    id text primary key,
    space text not null references spaces (id),
    -- Where it was agreed, and under which step of the agenda; none outside of a session.
    session text references sessions (id),
    step text,
    -- Whose it is: always a team's, and of one of its people where one was named.
    team text not null references teams (id),
    person text references people (id),
    text text not null,
    -- A day in Europe/Vilnius: 2026-12-04.
    due text,
    -- open, done or dropped
    state text not null,
    version bigint not null,
    agreed_by text not null references people (id),
    agreed_at bigint not null
);

create index actions_space on actions (space, state, due);
create index actions_team on actions (team, state, due);
create index actions_person on actions (person, state, due);
create index actions_session on actions (session);

-- Who made it what it was from then on. Its words are not repeated here, only that they were changed.
create table action_changes (
    action text not null references actions (id),
    -- The version that it made.
    number bigint not null,
    person text not null references people (id),
    at bigint not null,
    -- In the room of which session; none outside of a room.
    session text references sessions (id),
    state text not null,
    team text not null references teams (id),
    owner text references people (id),
    due text,
    reworded boolean not null,
    -- Why it was dropped.
    reason text,
    primary key (action, number)
);
