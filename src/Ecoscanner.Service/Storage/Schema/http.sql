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
