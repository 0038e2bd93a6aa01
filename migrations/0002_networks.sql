create table network_kinds (
    key text primary key,
    lt text not null,
    en text not null,
    position bigint not null
);

insert into network_kinds (key, lt, en, position) values
    ('bmt', 'Besimokančių mokyklų tinklas', 'Network of learning schools', 1),
    ('tum', 'Tūkstantmečio mokyklos', 'Millennium schools', 2);

create table networks (
    id text primary key,
    kind text not null references network_kinds (key),
    name text not null,
    name_key text not null,
    about text not null,
    created_at bigint not null
);
