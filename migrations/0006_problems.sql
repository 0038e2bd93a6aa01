-- The problem taxonomy; its first entries are the problems named in the programme of a school (seed 000).
create table topics (
    key text primary key,
    lt text not null,
    en text not null,
    position bigint not null
);

insert into topics (key, lt, en, position) values
    ('motivation', 'Mokymosi motyvacija', 'Motivation to learn', 1),
    ('engagement', 'Įsitraukimas į mokymąsi', 'Engagement in learning', 2),
    ('self_assessment', 'Gebėjimas įsivertinti', 'Self-assessment', 3),
    ('achievement', 'Menki pasiekimai', 'Low achievement', 4),
    ('behaviour', 'Elgesys pamokose', 'Behaviour in lessons', 5),
    ('special_needs', 'Specialieji ugdymosi poreikiai', 'Special educational needs', 6),
    ('parents', 'Bendradarbiavimas su tėvais', 'Working with parents', 7),
    ('climate', 'Klasės emocinis klimatas', 'Class climate', 8),
    ('collaboration', 'Mokytojų bendradarbiavimas', 'Collaboration of teachers', 9),
    ('adaptation', 'Adaptacija', 'Adaptation', 10),
    ('attendance', 'Mokyklos lankymas', 'School attendance', 11),
    ('giftedness', 'Gabūs mokiniai', 'Gifted pupils', 12),
    ('reading', 'Skaitymas', 'Reading', 13);

create table problems (
    id text primary key,
    space text not null references spaces (id),
    team text references teams (id),
    author text not null references people (id),
    -- draft, posted, in_progress, solved or closed
    state text not null,
    title text not null,
    text text,
    area text,
    -- JSON list of keys
    topics text not null,
    group_concerned text,
    goal text,
    -- JSON list of {kind, text}
    evidence text not null,
    version bigint not null,
    created_at bigint not null,
    -- When it was posted; of a draft, when it was begun.
    posted_at bigint not null,
    updated_at bigint not null
);

create index problems_space on problems (space, state, posted_at);
create index problems_posted on problems (posted_at, id);
create index problems_updated on problems (updated_at);

create table problem_topics (
    problem text not null references problems (id),
    topic text not null references topics (key),
    primary key (problem, topic)
);

create table problem_states (
    problem text not null references problems (id),
    number bigint not null,
    state text not null,
    person text not null references people (id),
    note text,
    at bigint not null,
    primary key (problem, number)
);

create table responses (
    id text primary key,
    problem text not null references problems (id),
    person text not null references people (id),
    team text references teams (id),
    text text not null,
    at bigint not null
);

create index responses_problem on responses (problem, at);
