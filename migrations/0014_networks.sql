-- Mini-networks: a network with a parent, founded by a team of it, and joined by teams of any network when they accept.
alter table networks add column version bigint not null default 1;
alter table networks add column parent text references networks (id);
alter table networks add column founder text references teams (id);

alter table schools add column version bigint not null default 1;

create table network_teams (
    network text not null references networks (id),
    team text not null references teams (id),
    invited_at bigint not null,
    -- Null until the team accepts.
    joined_at bigint,
    primary key (network, team)
);

create index network_teams_team on network_teams (team);
