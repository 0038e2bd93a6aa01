create table spaces (
    id text primary key,
    -- The one that opened it; its teams may be of any.
    network text not null references networks (id),
    name text not null,
    name_key text not null,
    about text not null,
    -- team, network, all or public
    visibility text not null,
    archived_at bigint,
    version bigint not null,
    created_at bigint not null
);

create table space_teams (
    space text not null references spaces (id),
    team text not null references teams (id),
    since bigint not null,
    primary key (space, team)
);

create index space_teams_team on space_teams (team);
