-- Mails that wait to be sent, and what became of them. What a mail says, and the secret in its link, is made when it is sent:
-- neither ever stands here.
create table mails (
    id text primary key,
    -- What it is for; the same is never queued twice.
    key text not null unique,
    -- JSON: {kind, …}
    letter text not null,
    -- Emptied once the mail was sent or given up.
    address text not null,
    lang text not null,
    tries bigint not null,
    -- When it is next to be tried; while it is being tried, when somebody else may.
    due_at bigint not null,
    created_at bigint not null,
    sent_at bigint,
    given_up_at bigint
);

create index mails_due on mails (due_at);
