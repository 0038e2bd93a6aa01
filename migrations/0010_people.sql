-- Invitations to a role, by a link that is sent to an address.
create table role_invitations (
    id text primary key,
    -- SHA-256 of the link's 256 random bits, in hex.
    token text not null unique,
    role text not null,
    scope text not null,
    -- The network within whose bounds the role is; null for a role of the site or of a municipality.
    network text references networks (id),
    -- As the one who invites calls them, and where the link was sent.
    name text not null,
    email text not null,
    invited_by text not null references people (id),
    invited_at bigint not null,
    expires_at bigint not null,
    -- Accepted or revoked.
    ended_at bigint
);

create index role_invitations_network on role_invitations (network, ended_at);
create index roles_scope on roles (scope, role);
