-- The practice that a response points to.
alter table responses add column practice text references practices (id);

create index responses_practice on responses (practice, problem);
