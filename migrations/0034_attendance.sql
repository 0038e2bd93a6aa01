-- From how many percent of its length on a session counts as attended.
alter table sessions add column attendance_share bigint not null default 85;

-- Entries that add minutes to what was recorded, or take them. None is ever changed.
create table attendance_corrections (
    id text primary key,
    session text not null references sessions (id),
    person text not null references people (id),
    minutes bigint not null,
    reason text not null,
    -- Who made it.
    author text not null references people (id),
    at bigint not null
);

create index attendance_corrections_by_session on attendance_corrections (session);
