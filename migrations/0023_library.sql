-- How many pupils a school has: small, medium, large or very_large (model::schools::SchoolSize); null when nobody has said.
alter table schools add column size text;

-- A copy of that of the team's school, by which the library is browsed; it follows the school.
alter table practices add column school_size text;

-- The title as it sorts in Lithuanian (model::sorting). Rows from before this have none until the next start gives them theirs.
alter table practices add column title_key text not null default '';
alter table problems add column title_key text not null default '';

create index practices_titled on practices (title_key, id);
create index problems_titled on problems (title_key, id);

-- Holds all that facets are counted by, in the place of the one before it.
drop index practices_facets;
create index practices_counted on practices (space, state, municipality, area, grade_from, grade_to, cost, school_size);
