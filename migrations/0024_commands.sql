-- What a command did is found by the command's id first. Ids of commands begin with their time, so the newest stand together whatever their
-- rooms are, and a turn of the writer touches one page of this index and not one for each room.

create table session_events_by_command (
    session text not null references sessions (id),
    -- Numbered 1, 2, 3 … in their session, without a gap.
    seq bigint not null,
    command_id text not null,
    -- Which of the events of its command it is, from 0.
    part bigint not null,
    -- The id of a person, or „clock“ or „server“.
    actor text not null,
    -- The event as JSON.
    payload text not null,
    at bigint not null,
    primary key (session, seq),
    unique (command_id, session, actor, part)
);

insert into session_events_by_command (session, seq, command_id, part, actor, payload, at)
select session, seq, command_id, part, actor, payload, at from session_events order by at, session, seq;

drop table session_events;

alter table session_events_by_command rename to session_events;
