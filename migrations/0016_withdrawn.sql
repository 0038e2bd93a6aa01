-- A response that was taken back stays in its place without its text.
alter table responses add column withdrawn_at bigint;
