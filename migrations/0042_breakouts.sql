-- The session of which this one is a group; none for a session of its own. A group stands in no list: it is reached from the other.
alter table sessions add column parent_id text references sessions (id);

create index sessions_parent on sessions (parent_id);
