-- Teams that said they have the same problem. The team whose problem it is never stands here.
create table problem_same (
    problem text not null references problems (id),
    team text not null references teams (id),
    -- Who said it for the team.
    person text not null references people (id),
    at bigint not null,
    primary key (problem, team)
);

create index problem_same_team on problem_same (team);
