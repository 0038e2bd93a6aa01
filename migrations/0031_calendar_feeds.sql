-- The secret address under which a person's calendar reads their sessions; at most one each.
create table calendar_feeds (
    person text primary key references people (id),
    -- SHA-256 of the address's 256 random bits, in hex.
    token text not null unique,
    made_at bigint not null
);
