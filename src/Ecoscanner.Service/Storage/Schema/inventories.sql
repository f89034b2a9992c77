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
    partner_id integer not null references partner (id),
    run_id text not null references run (id),
    components integer not null,
    gaps integer not null,
    taken_at integer not null
) strict;

create index inventory_hosting on inventory (hosting_id);

create table component (
    package_id integer not null references package (id),
    -- Sorts byte by byte as the ecosystem orders versions.
    version_key blob not null,
    inventory_id integer not null references inventory (id),
    place text not null,
    version text not null,
    shipped integer not null,
    primary key (package_id, version_key, inventory_id, place)
) strict, without rowid;

create index component_inventory on component (inventory_id);
