-- When what is scanned, and who works on it.

-- The unit of scheduling: one politeness host, or one app whose source is read.
create table lane (
    id integer primary key,
    key text not null unique,
    -- Visibility, pace and the end of the lease in one.
    eligible_at integer not null,
    priority integer not null,
    ready integer not null default 0,
    lease_owner text,
    -- Raised with each lease: a worker that lost its lease cannot give results.
    version integer not null default 0,
    failures integer not null default 0
) strict;

create index lane_ready on lane (priority, eligible_at) where ready > 0;

-- What is to be scanned again and again.
create table scan_target (
    id integer primary key,
    hosting_id integer not null references app_hosting (id),
    cadence text not null,
    due_at integer not null,
    phase_ms integer not null,
    last_attempt_at integer,
    last_complete_at integer,
    attempts integer not null default 0,
    unique (hosting_id, cadence)
) strict;

create index scan_target_due on scan_target (due_at);

create table task (
    id integer primary key,
    lane_id integer not null references lane (id),
    target_id integer references scan_target (id),
    run_id text not null unique references run (id),
    priority integer not null,
    due_at integer not null,
    attempts integer not null default 0
) strict;

create index task_lane on task (lane_id, priority, due_at);
