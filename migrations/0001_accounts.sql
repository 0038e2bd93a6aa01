-- People, their sign-ins and roles; the site itself.

create table site (
    number bigint primary key check (number = 1),
    -- Changes when a backup is restored, so that clients of live rooms start anew.
    epoch text not null
);

create table people (
    id text primary key,
    name text not null,
    name_key text not null,
    email text not null,
    -- The address in lower case: two people never share one.
    email_key text not null unique,
    email_verified_at bigint,
    -- argon2id in PHC form.
    password text not null,
    profession text not null,
    suspended_at bigint,
    created_at bigint not null
);

create table sign_ins (
    id text primary key,
    person text not null references people (id),
    -- SHA-256 of the cookie's 256 random bits, in hex.
    token text not null unique,
    device text not null,
    shared_computer boolean not null,
    created_at bigint not null,
    seen_at bigint not null,
    ended_at bigint
);

create index sign_ins_person on sign_ins (person, ended_at);

-- Roles beside membership of a team; the scope is an id or a municipality's code, empty for the site.
create table roles (
    person text not null references people (id),
    role text not null,
    scope text not null,
    granted_at bigint not null,
    primary key (person, role, scope)
);

-- Links that work once: set-up, verification of an address.
create table links (
    -- SHA-256 of the link's 256 random bits, in hex.
    token text primary key,
    kind text not null,
    person text references people (id),
    expires_at bigint not null,
    used_at bigint
);

-- Who did what; rows are only added. Each carries the hash of the one before.
create table audit (
    number bigint primary key,
    at bigint not null,
    person text,
    act text not null,
    subject text not null,
    before text not null,
    hash text not null
);

-- The first answer of a write that came with an Idempotency-Key.
create table answers (
    person text not null,
    key text not null,
    -- SHA-256 of call and body, in hex: the same key with another content is refused.
    request text not null,
    body text not null,
    at bigint not null,
    primary key (person, key)
);
