-- The problem into which this one was merged; that one is merged into none. Without a foreign key, so that the rows of the table
-- can be copied in any order.
alter table problems add column merged_into text;

create index problems_merged on problems (merged_into);

-- The other one of a merging, in the histories of both.
alter table problem_states add column other text references problems (id);
