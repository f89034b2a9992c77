-- What was done and what was read: one chain for each partner, 0 for the platform's own.

create table audit_event (
    partner_id integer not null,
    sequence integer not null,
    at integer not null,
    actor_kind text not null,
    actor text not null,
    action text not null,
    -- What it was done to: finding:12, ticket:AMS-7, list:findings?state=open.
    object text not null,
    -- Why, where a reason is needed; else empty.
    purpose text not null,
    -- JSON.
    detail text not null,
    previous_hash blob not null,
    hash blob not null,
    primary key (partner_id, sequence)
) strict, without rowid;

create index audit_event_time on audit_event (partner_id, at);

create table audit_head (
    partner_id integer not null,
    sequence integer not null,
    hash blob not null,
    signed_at integer not null,
    key_id text not null,
    signature blob not null,
    primary key (partner_id, sequence)
) strict, without rowid;
