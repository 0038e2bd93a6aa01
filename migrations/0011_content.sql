-- What several nodes over one database tell each other of, and a place to try whether the disk has room.

-- Counts changes of what anonymous readers may see.
create table content (
    number bigint primary key check (number = 1),
    version bigint not null
);

insert into content (number, version) values (1, 0);

-- Empty but for the moment in which a server whose disk was full tries whether there is room again.
create table room_on_disk (
    text text not null
);
