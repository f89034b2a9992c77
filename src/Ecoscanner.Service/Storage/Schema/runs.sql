-- Scans that were made, and everything they said.

create table run (
    -- UUID, version 7.
    id text primary key,
    partner_id integer not null references partner (id),
    app_id integer not null references app (id),
    hosting_id integer not null references app_hosting (id),
    version_id integer references app_version (id),
    artifact_id text references artifact (id),
    -- What asked for it; the same target and trigger make one run.
    trigger_key text not null,
    reason text not null check (reason in ('scheduled', 'release', 'rescan', 'verification', 'upload', 'rematch', 'campaign', 'import')),
    -- Who reported: ecoscanner, or an importing tool.
    source text not null default 'ecoscanner',
    stage text not null default 'enforced' check (stage in ('shadow', 'trial', 'canary', 'enforced')),
    state text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
    -- The rules it was narrowed to, and the places; JSON lists, null where all.
    only_rules text,
    only_places text,
    ticket_id integer,
    requested_by text not null,
    queued_at integer not null,
    started_at integer,
    ended_at integer,
    tool_version text,
    advisory_snapshot text,
    -- Digest of fingerprints, verdicts and coverage: the same again changes nothing.
    digest text,
    complete integer not null default 0,
    findings integer not null default 0,
    -- What it opened and closed; of a run that counts for nothing, what it would have.
    opened integer not null default 0,
    closed integer not null default 0,
    requests integer not null default 0,
    bytes_sent integer not null default 0,
    bytes_received integer not null default 0,
    -- Why it failed or is not complete; null where it is.
    failure text,
    -- The whole report, sealed in the partner's blobs; null where it was deleted or there is none.
    report_digest text,
    unique (hosting_id, trigger_key)
) strict;

create index run_app on run (app_id, queued_at, id);
create index run_partner on run (partner_id, queued_at, id);
create index run_state on run (state, queued_at) where state in ('queued', 'running');
create index run_hosting on run (hosting_id, started_at);
create index run_all on run (queued_at, id);
create index run_ticket on run (ticket_id) where ticket_id is not null;

create index run_artifact on run (artifact_id) where artifact_id is not null;
create index run_report_due on run (ended_at) where report_digest is not null;
create index run_report on run (partner_id, report_digest) where report_digest is not null;

create table run_scanner (
    run_id text not null references run (id),
    scanner text not null,
    version integer not null,
    duration_ms integer not null,
    failure text,
    primary key (run_id, scanner)
) strict, without rowid;

-- What each rule came to last: the checklist of an app. The places stand in the run's report.
create table rule_state (
    hosting_id integer not null references app_hosting (id),
    rule text not null,
    requirement text not null,
    verdict text not null,
    reason text not null,
    scanner text not null,
    scanner_version integer not null,
    run_id text not null references run (id),
    checked_at integer not null,
    -- When it was last decided, pass or fail, by a run that was complete for it.
    decided_at integer,
    primary key (hosting_id, rule)
) strict, without rowid;

-- What the last complete run of a hosting said, where nothing waits for another one: the same again changes nothing, as long as nobody else changed anything.
create table settled (
    hosting_id integer not null references app_hosting (id),
    source text not null,
    digest text not null,
    run_id text not null references run (id),
    -- Of the hosting's findings: how many and how often changed.
    stamp integer not null,
    primary key (hosting_id, source)
) strict, without rowid;
