create table practices (
    id text primary key,
    space text not null references spaces (id),
    team text references teams (id),
    author text not null references people (id),
    -- draft or published
    state text not null,
    title text not null,
    -- JSON of the template but the title
    body text not null,
    -- Copies of what the library is browsed by.
    summary text not null,
    area text,
    grade_from bigint,
    grade_to bigint,
    cost text,
    municipality text references municipalities (code),
    version bigint not null,
    created_at bigint not null,
    -- When it was published; of a draft, when it was begun.
    published_at bigint not null,
    updated_at bigint not null
);

create index practices_space on practices (space, state, published_at);
-- Holds all that facets are counted by.
create index practices_facets on practices (space, state, area, grade_from, grade_to, municipality);
create index practices_published on practices (published_at, id);
create index practices_updated on practices (updated_at);
