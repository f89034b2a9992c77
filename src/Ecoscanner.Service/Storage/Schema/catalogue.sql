-- Who makes which apps, what they released, and what proves that it is theirs. Times are milliseconds since 1970, UTC.

create table partner (
    id integer primary key,
    key text not null unique,
    name text not null,
    requires_second_factor integer not null default 0,
    created_at integer not null,
    -- Its keys are destroyed; nothing of its evidence can be read any more.
    offboarded_at integer
) strict;

create table security_contact (
    id integer primary key,
    partner_id integer not null references partner (id),
    email text not null,
    name text not null,
    added_at integer not null,
    added_by text not null,
    -- Contacts say once a year that they still are.
    confirmed_at integer not null,
    -- When they were last asked to; null where that was before they said it.
    reminded_at integer,
    removed_at integer,
    unique (partner_id, email)
) strict;

create index security_contact_confirmed on security_contact (confirmed_at) where removed_at is null;

create table app (
    id integer primary key,
    partner_id integer not null references partner (id),
    key text not null,
    name text not null,
    -- unproven: private to who uploaded it, artifacts only. proven or granted: the partner's.
    ownership text not null check (ownership in ('unproven', 'proven', 'granted')),
    created_at integer not null,
    archived_at integer,
    unique (partner_id, key)
) strict;

create unique index app_owned on app (key) where ownership in ('proven', 'granted');

create table app_hosting (
    id integer primary key,
    app_id integer not null references app (id),
    hosting text not null check (hosting in ('connect', 'forge', 'datacenter')),
    -- The descriptor of a Connect app; null for the others.
    descriptor_url text,
    -- When it was last changed to another one; null where it never was.
    descriptor_since integer,
    marketplace_id text,
    created_at integer not null,
    unique (app_id, hosting)
) strict;

create table artifact (
    -- UUID, version 7.
    id text primary key,
    partner_id integer not null references partner (id),
    app_id integer references app (id),
    -- SHA-256 of its content, keyed by the partner: equal contents of two partners cannot be told to be equal.
    digest text not null,
    bytes integer not null,
    name text not null,
    kind text not null check (kind in ('archive', 'source', 'descriptor', 'sbom')),
    origin text not null check (origin in ('upload', 'marketplace', 'file')),
    added_at integer not null,
    added_by text not null,
    delete_after integer not null,
    deleted_at integer
) strict;

create index artifact_digest on artifact (partner_id, digest);
create index artifact_due on artifact (delete_after) where deleted_at is null;

-- What was fetched from the Marketplace, few and not for long.
create index artifact_fetched on artifact (partner_id, bytes) where origin = 'marketplace' and deleted_at is null;

create table app_version (
    id integer primary key,
    hosting_id integer not null references app_hosting (id),
    version text not null,
    build integer,
    released_at integer not null,
    noticed_at integer not null,
    -- The Marketplace's word; released: the partner's, with the file that it uploaded.
    state text not null check (state in ('public', 'private', 'submitted', 'rejected', 'released')),
    -- JSON: for each product the least and the greatest version it supports.
    supports text not null default '{}',
    artifact_id text references artifact (id),
    download_url text,
    unique (hosting_id, version)
) strict;

create index app_version_newest on app_version (hosting_id, released_at);

-- The file of a version as it was last fetched, kept for the runs that come with the first one.
create table fetched_archive (
    version_id integer primary key references app_version (id),
    artifact_id text not null references artifact (id),
    -- What the server said of it, sealed by the partner's key: with it the server tells whether it has another one.
    said blob not null
) strict;

create index fetched_archive_artifact on fetched_archive (artifact_id);

create table ownership_proof (
    id integer primary key,
    partner_id integer not null references partner (id),
    kind text not null check (kind in ('app', 'host', 'artifact')),
    -- An app's key, a host name, or an artifact's id.
    subject text not null,
    method text not null check (method in ('dns-txt', 'well-known', 'grant')),
    -- What the record must say; null for grants.
    challenge text,
    state text not null check (state in ('pending', 'proven', 'expired', 'revoked')),
    asked_at integer not null,
    asked_by text not null,
    proven_at integer,
    -- Proven again until then, or it expires.
    renew_at integer,
    reason text,
    -- When it is looked for again; null for grants and what is over.
    check_at integer,
    -- What was seen instead, the last time.
    failure text,
    unique (partner_id, kind, subject, method)
) strict;

create index ownership_proof_due on ownership_proof (check_at) where check_at is not null;
create index ownership_proof_subject on ownership_proof (kind, subject);

-- When the Marketplace was asked for an app's versions, and what it said of its answer.
create table marketplace_poll (
    hosting_id integer primary key references app_hosting (id),
    -- Of the first page: the same again needs no reading.
    etag text,
    polled_at integer not null,
    next_at integer not null,
    -- Why nothing came, the last time; null where something did.
    failure text
) strict;

create index marketplace_poll_due on marketplace_poll (next_at);

-- Which version of a host product has which build: version 3 of the Marketplace's API tells by builds what an app runs on.
create table product_build (
    product text not null,
    build integer not null,
    version text not null,
    primary key (product, build)
) strict, without rowid;

-- When the Marketplace was asked for a product's versions.
create table product_poll (
    product text primary key,
    -- The greatest version of its list that customers can install; null where no list was read.
    latest text,
    polled_at integer not null,
    next_at integer not null,
    -- Why nothing came, the last time; null where something did.
    failure text
) strict;
