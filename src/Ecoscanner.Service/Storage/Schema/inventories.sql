-- The libraries that every version of every app ships.

create table package (
    id integer primary key,
    ecosystem text not null,
    name text not null,
    unique (ecosystem, name)
) strict;

-- One set of libraries, of one version of one app.
create table inventory (
    id integer primary key,
    version_id integer not null unique references app_version (id),
    hosting_id integer not null references app_hosting (id),
    app_id integer not null references app (id),
    partner_id integer not null references partner (id),
    run_id text not null references run (id),
    components integer not null,
    gaps integer not null,
    taken_at integer not null
) strict;

create index inventory_hosting on inventory (hosting_id, id);

-- All of it, compressed: what depends on what, and how each library is known. Judged anew when the advisories change.
create table inventory_content (
    inventory_id integer primary key references inventory (id),
    content blob not null
) strict;

-- In the order that a search reads: all that ship a package, app after app.
create table component (
    package_id integer not null references package (id),
    inventory_id integer not null references inventory (id),
    place text not null,
    version text not null,
    -- Sorts byte by byte as the ecosystem orders versions; null where the version is not known or none.
    version_key blob,
    shipped integer not null,
    primary key (package_id, inventory_id, place)
) strict, without rowid;

create index component_inventory on component (inventory_id);

-- Searches that became findings.
create table campaign (
    id integer primary key,
    key text not null unique,
    title text not null,
    -- A package URL and a range, or an advisory.
    library text not null,
    cvss real not null,
    reason text not null,
    started_at integer not null,
    started_by text not null,
    checked_at integer not null
) strict;

-- Inventories that could not be judged when advisories changed, and are judged again.
create table rematch_retry (
    inventory_id integer primary key references inventory (id),
    -- Those that came to nothing; each is a run, which says why.
    attempts integer not null,
    due_at integer not null,
    -- Ids of advisories that were withdrawn, JSON: what they opened closes as withdrawn.
    withdrawn text not null,
    reason text not null
) strict;

create index rematch_retry_due on rematch_retry (due_at);
