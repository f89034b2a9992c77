-- When what is scanned, and who works on it.

-- Whether the machine's clock can be believed: one row.
create table clock (
    id integer primary key check (id = 1),
    -- The latest look at it.
    seen_at integer not null,
    -- What it should have shown when it was found ahead; null while it is believed.
    doubted_from integer,
    -- How long the service has run since then, by what no clock changes.
    doubted_ms integer not null default 0
) strict;

-- The unit of scheduling: one politeness host, or one app whose source is read. One run at a time.
create table lane (
    id integer primary key,
    key text not null unique,
    -- Visibility, pace and the end of the lease in one.
    eligible_at integer not null,
    -- The best of its tasks; 9 where it has none.
    priority integer not null,
    ready integer not null default 0,
    lease_owner text,
    -- Raised with each lease: a worker that lost its lease cannot give results.
    version integer not null default 0,
    failures integer not null default 0
) strict;

create index lane_ready on lane (priority, eligible_at) where ready > 0;
create index lane_leased on lane (eligible_at) where lease_owner is not null;

-- What is to be scanned again and again.
create table scan_target (
    id integer primary key,
    hosting_id integer not null references app_hosting (id),
    lane_id integer not null references lane (id),
    cadence text not null check (cadence in ('daily', 'rematch', 'xss-monthly')),
    due_at integer not null,
    phase_ms integer not null,
    last_attempt_at integer,
    last_complete_at integer,
    -- Since the last complete one.
    attempts integer not null default 0,
    unique (hosting_id, cadence)
) strict;

create index scan_target_due on scan_target (due_at);

create table task (
    id integer primary key,
    lane_id integer not null references lane (id),
    target_id integer references scan_target (id),
    run_id text not null unique references run (id),
    -- 0 asked for by a partner, 1 a new release or app, 2 scheduled, 3 a campaign.
    priority integer not null,
    due_at integer not null,
    -- When its priority was raised last for waiting.
    aged_at integer not null,
    -- Tries that came to nothing, by what they came to.
    attempts integer not null default 0,
    unreachable integer not null default 0,
    crashes integer not null default 0
) strict;

create index task_lane on task (lane_id, priority, due_at);
create index task_target on task (target_id) where target_id is not null;
create index task_ageing on task (aged_at) where priority > 1;

-- Each try of a run, also those that came to nothing.
create table run_attempt (
    run_id text not null references run (id),
    attempt integer not null,
    began_at integer not null,
    ended_at integer not null,
    outcome text not null,
    reason text,
    primary key (run_id, attempt)
) strict, without rowid;

-- What broke our scanners again and again is left alone until then; a person may ask for it all the same.
create table quarantine (
    hosting_id integer primary key references app_hosting (id),
    since integer not null,
    until integer not null,
    reason text not null
) strict;

create index quarantine_until on quarantine (until);

-- How far a version of a scanner is rolled out; one without a row is enforced.
create table scanner_rollout (
    scanner text not null,
    version integer not null,
    stage text not null check (stage in ('shadow', 'canary', 'enforced')),
    -- Of 10,000 apps, how many are in the canary's cohort.
    cohort integer not null default 0,
    changed_at integer not null,
    changed_by text not null,
    -- Why a person changed it; empty where nobody did.
    reason text not null default '',
    -- Of what people decide: counting runs raises it not, pausing does.
    row_version integer not null default 0,
    -- Runs and failures since the budget began.
    runs integer not null default 0,
    crashes integer not null default 0,
    paused_at integer,
    paused_why text,
    primary key (scanner, version)
) strict, without rowid;

-- What a partner may take, where it is not what all may.
create table quota_limit (
    partner_id integer not null references partner (id),
    kind text not null,
    -- Null where it was taken back: the usual share.
    most integer,
    decided_by text not null,
    decided_at integer not null,
    reason text not null,
    row_version integer not null default 1,
    primary key (partner_id, kind)
) strict, without rowid;
