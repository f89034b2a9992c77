-- Who may sign in, and with what.

create table account (
    -- UUID, version 7.
    id text primary key,
    email text not null unique,
    name text not null,
    -- Null where only a provider of identities signs it in.
    password_hash text,
    -- Sealed by the platform's key; null until a second factor is set up.
    totp_secret blob,
    totp_last_step integer not null default 0,
    -- One that is being set up, until its first code proves it.
    totp_pending blob,
    provider text,
    provider_subject text,
    created_at integer not null,
    disabled_at integer,
    unique (provider, provider_subject)
) strict;

create table account_role (
    account_id text not null references account (id),
    role text not null,
    -- 0 for roles of the platform.
    partner_id integer not null default 0,
    granted_at integer not null,
    granted_by text not null,
    primary key (account_id, role, partner_id)
) strict, without rowid;

create index account_role_partner on account_role (partner_id);

create table session (
    -- SHA-256 of what the cookie holds.
    token_hash blob primary key,
    account_id text not null references account (id),
    -- When the password and the second factor were given last: changes of contacts need it fresh.
    authenticated_at integer not null,
    has_second_factor integer not null,
    csrf_token text not null,
    created_at integer not null,
    seen_at integer not null,
    expires_at integer not null
) strict;

create index session_account on session (account_id);
create index session_created on session (created_at);

-- Codes of second factors that were used: a clock that is put back makes none of them good again.
create table totp_used (
    id integer primary key,
    account_id text not null references account (id),
    step integer not null,
    unique (account_id, step)
) strict;

create table api_token (
    -- UUID, version 7.
    id text primary key,
    -- The first characters, by which a person knows it again.
    prefix text not null unique,
    -- SHA-256 of the whole.
    hash blob not null,
    partner_id integer not null references partner (id),
    -- Null for all apps of the partner.
    app_id integer references app (id),
    name text not null,
    -- Words of Capability, separated by spaces.
    capabilities text not null,
    created_at integer not null,
    created_by text not null,
    expires_at integer not null,
    used_at integer,
    revoked_at integer
) strict;

create index api_token_partner on api_token (partner_id);
create index api_token_creator on api_token (created_by);
create index api_token_created on api_token (created_at);

create table sign_in_attempt (
    id integer primary key,
    at integer not null,
    -- Keyed digests of the e-mail and of the address it came from.
    subject text not null,
    address text not null,
    succeeded integer not null
) strict;

create index sign_in_attempt_subject on sign_in_attempt (subject, at);
create index sign_in_attempt_address on sign_in_attempt (address, at);

create table break_glass (
    id integer primary key,
    account_id text not null references account (id),
    partner_id integer not null references partner (id),
    reason text not null,
    opened_at integer not null,
    closes_at integer not null,
    closed_at integer
) strict;

create index break_glass_account on break_glass (account_id, closes_at);
create index break_glass_partner on break_glass (partner_id, closes_at);

-- A partner's secrets for scans: written, used, never read back by people.
create table vault_secret (
    id integer primary key,
    partner_id integer not null references partner (id),
    app_id integer not null references app (id),
    host text not null,
    kind text not null check (kind in ('test-tenant', 'site-token')),
    name text not null,
    sealed blob not null,
    created_at integer not null,
    created_by text not null,
    expires_at integer not null,
    used_at integer,
    deleted_at integer,
    unique (app_id, host, kind, name)
) strict;

-- Links that were sent to people: an account to be made or a role to be taken, or a password to be set anew.
create table invitation (
    -- SHA-256 of what stands in the link.
    token_hash blob primary key,
    kind text not null check (kind in ('invitation', 'reset')),
    email text not null,
    -- Null for resets.
    role text,
    partner_id integer not null default 0,
    -- Where a provider of identities has to vouch for the e-mail; null where a password is set.
    provider text,
    created_at integer not null,
    created_by text not null,
    expires_at integer not null,
    used_at integer
) strict;

create index invitation_email on invitation (email);
create index invitation_partner on invitation (partner_id);
create index invitation_created on invitation (created_at);

-- Sign-ins that are under way at a provider of identities; each is used once.
create table open_id_attempt (
    state_hash blob primary key,
    -- SHA-256 of a cookie: it ends in the browser that began it.
    browser_hash blob not null,
    provider text not null,
    nonce text not null,
    -- Sealed by the platform's key.
    verifier blob not null,
    wants_fresh integer not null,
    return_to text not null,
    expires_at integer not null
) strict;

create index open_id_attempt_age on open_id_attempt (expires_at);

-- How long what is kept: 0 is everybody's, a partner's own choice goes before it.
create table retention (
    class text not null check (class in ('archive', 'fetched', 'source', 'descriptor', 'sbom', 'report', 'evidence')),
    partner_id integer not null default 0,
    -- After it was added; evidence after its finding was closed. 0: as soon as nothing needs it.
    keep_ms integer not null check (keep_ms >= 0),
    chosen_at integer not null,
    chosen_by text not null,
    primary key (class, partner_id)
) strict, without rowid;

-- Source and archives go after the analysis; what was fetched itself waits six hours for the runs that come with the first; reports go after two years, evidence a year after its finding was closed.
insert into retention (class, keep_ms, chosen_at, chosen_by) values
    ('archive', 0, 0, 'ecoscanner'),
    ('fetched', 21600000, 0, 'ecoscanner'),
    ('source', 0, 0, 'ecoscanner'),
    ('descriptor', 31536000000, 0, 'ecoscanner'),
    ('sbom', 63072000000, 0, 'ecoscanner'),
    ('report', 63072000000, 0, 'ecoscanner'),
    ('evidence', 31536000000, 0, 'ecoscanner');
