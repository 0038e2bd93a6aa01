-- Every text that a posted problem or a published practice has had, the present one included, once it was changed for the first time.
create table versions (
    -- problem or practice
    kind text not null,
    item text not null,
    -- Of the item, when it got this text.
    number bigint not null,
    person text not null references people (id),
    -- For which the person wrote, if they were in it.
    team text references teams (id),
    at bigint not null,
    -- JSON of the text as its form has it.
    text text not null,
    primary key (kind, item, number)
);
