-- The log is read by who did it; without this each page of it is a walk through all of it for everyone who did nothing.
create index audit_person on audit (person, number);
