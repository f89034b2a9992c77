-- What the HTTP API remembers.

create table idempotency_key (
    principal text not null,
    key text not null,
    request_digest blob not null,
    status integer not null,
    location text,
    body blob not null,
    at integer not null,
    primary key (principal, key)
) strict, without rowid;

create index idempotency_key_age on idempotency_key (at);

create table quota_use (
    partner_id integer not null,
    kind text not null,
    day integer not null,
    used integer not null,
    primary key (partner_id, kind, day)
) strict, without rowid;

-- The digest of an artifact that everybody can compute, sealed by the partner's key: for statements about it.
create table artifact_sha256 (
    artifact_id text primary key references artifact (id),
    sealed blob not null
) strict;

-- What was stated of a scan at a gate: kept as it was signed, whatever becomes of the scan.
create table gate (
    -- 256 random bits: who knows it may read it.
    id text primary key,
    partner_id integer not null references partner (id),
    app_id integer not null references app (id),
    run_id text not null references run (id),
    result text not null check (result in ('passed', 'failed', 'held')),
    -- DSSE, JSON.
    envelope text not null,
    at integer not null,
    made_by text not null
) strict;

create index gate_partner on gate (partner_id, at, id);
create index gate_app on gate (app_id, at, id);

-- What is to be sent to people, one row for each of them, sealed by the platform's key until it is given to who sends.
create table outbox (
    id integer primary key,
    at integer not null,
    -- Random; of the mail, the same whenever it is sent again.
    message_id text not null unique,
    -- Empty where it cannot be delivered.
    sealed blob not null,
    -- As in invitation, where a link's secret stands in it; null where none does.
    link blob,
    -- Times that the mail server was asked to take it.
    attempts integer not null default 0,
    due_at integer not null,
    undeliverable_at integer
) strict;

create index outbox_due on outbox (due_at, id) where undeliverable_at is null;
create index outbox_link on outbox (link) where link is not null;
create index outbox_undeliverable on outbox (undeliverable_at) where undeliverable_at is not null;
