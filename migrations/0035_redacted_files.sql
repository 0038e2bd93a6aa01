-- SHA-256 of every file that a redaction took along, in hex: by it a file is known again that a backup from before brings back.
alter table redactions add column files text not null default '[]';
