-- Files attached to problems and practices. Their bytes are objects in the data directory.

create table files (
    id text primary key,
    -- problem or practice
    kind text not null,
    item text not null,
    -- That of the item.
    space text not null references spaces (id),
    -- As it is shown and downloaded; never a part of any path.
    name text not null,
    -- What the bytes are, whatever they were said to be.
    media text not null,
    bytes bigint not null,
    -- Of what is kept, in hex.
    sha256 text not null,
    -- The key of the object: random, and of this file alone.
    object text not null unique,
    -- Of a picture, in pixels.
    width bigint,
    height bigint,
    -- Of the small copy of a picture, whose key ends with „-small“; none where the picture itself is small.
    small_bytes bigint,
    person text not null references people (id),
    at bigint not null
);

create index files_item on files (kind, item, at);
create index files_space on files (space);
create index files_person on files (person);
