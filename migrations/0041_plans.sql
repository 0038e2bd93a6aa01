-- Plans of sessions that coordinators wrote, to be taken up again and again. Ready-made ones come with the program.
create table plans (
    id text primary key,
    network text not null references networks (id),
    title text not null,
    about text not null,
    -- JSON list of {title, minutes, kind, speaks, without_chat}.
    steps text not null,
    version bigint not null,
    created_at bigint not null,
    updated_at bigint not null
);

create index plans_by_network on plans (network);
