-- Minutes of closed sessions that somebody has edited or signed. Those that nobody has are the events as text, and stand in no row
-- (docs/decisions/0012-minutes.md).

create table minutes (
    session text primary key references sessions (id),
    -- JSON: title, facts and sections
    body text not null,
    -- SHA-256, in hex, of the Markdown that the body makes.
    hash text not null,
    edited_by text not null references people (id),
    edited_at bigint not null,
    signed_by text references people (id),
    signed_at bigint,
    -- What `hash` was when it was signed. Only a redaction makes the two differ.
    signed_hash text,
    redacted_at bigint
);

-- What edited minutes said before they were made anew from the events.
create table minutes_former (
    session text not null references sessions (id),
    -- 1, 2, 3 …
    number bigint not null,
    body text not null,
    person text not null references people (id),
    at bigint not null,
    primary key (session, number)
);

-- Corrections of signed minutes, each signed as it was written.
create table minutes_addenda (
    session text not null references sessions (id),
    number bigint not null,
    text text not null,
    hash text not null,
    signed_by text not null references people (id),
    signed_at bigint not null,
    signed_hash text not null,
    redacted_at bigint,
    primary key (session, number)
);
