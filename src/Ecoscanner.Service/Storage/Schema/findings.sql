-- What is wrong with apps: one row for each flaw, whoever and however many saw it.

create table finding (
    id integer primary key,
    partner_id integer not null references partner (id),
    app_id integer not null references app (id),
    hosting_id integer not null references app_hosting (id),
    -- As that says, for good: lists of one kind of app need an index that begins with it.
    hosting text not null,
    rule text not null,
    family text not null,
    requirement text not null,
    -- The canonical fingerprint.
    fingerprint text not null,
    -- 0 none, 1 low, 2 medium, 3 high, 4 critical.
    severity integer not null,
    cvss real not null,
    confidence integer not null,
    -- Where, as people read it, and its normalised identity.
    place text not null,
    place_identity text not null,
    -- The file, endpoint or host that a run must have covered to say that it is gone.
    spot text not null default '',
    raises_tickets integer not null,
    state text not null check (state in (
        'new', 'confirmed', 'ticketed', 'fixed', 'unobserved', 'withdrawn', 'false-positive', 'accepted', 'platform-caused', 'duplicate'
    )),
    -- Shown by a positive control, not only likely.
    verified integer not null default 0,
    -- The platform or host product forces it on the partner.
    platform_forced integer not null default 0,
    observations integer not null default 1,
    -- Complete runs in a row that did not see it.
    clean_runs integer not null default 0,
    last_clean_at integer,
    scanner text not null,
    scanner_version integer not null,
    first_run text not null references run (id),
    first_seen_at integer not null,
    -- When it was first sure enough to become a ticket; null where it never was.
    confirmed_at integer,
    changed_at integer not null,
    closed_at integer,
    closed_why text,
    duplicate_of integer references finding (id),
    -- Sealed, in evidence.
    evidence_digest text,
    row_version integer not null default 1,
    -- Hostings are mended one by one, so each has its own.
    unique (hosting_id, fingerprint)
) strict;

create index finding_partner on finding (partner_id, state, severity desc, id desc);
create index finding_all on finding (state, severity desc, id desc);
create index finding_app on finding (app_id, state, severity desc, id desc);
create index finding_hosting on finding (hosting_id, state, severity desc, id desc);
create index finding_kind on finding (hosting, state, severity desc, id desc);
create index finding_requirement on finding (requirement, hosting, state, severity desc, id desc);
create index finding_rule on finding (rule, hosting, state, severity desc, id desc);

-- For what is deleted a while after it was closed.
create index finding_evidence on finding (evidence_digest) where evidence_digest is not null;
create index finding_evidence_due on finding (closed_at) where evidence_digest is not null and closed_at is not null;

-- Every fingerprint a finding ever had, by any recipe and any tool: decisions survive.
create table finding_alias (
    hosting_id integer not null references app_hosting (id),
    fingerprint text not null,
    finding_id integer not null references finding (id),
    primary key (hosting_id, fingerprint)
) strict, without rowid;

create index finding_alias_finding on finding_alias (finding_id);

create table finding_attribution (
    finding_id integer not null references finding (id),
    -- ecoscanner, csrt, fsrt, bounty, pentest, report, or a tool's name.
    source text not null,
    tool_rule text not null,
    severity integer not null,
    cvss real not null,
    first_seen_at integer not null,
    -- It stopped reporting it; kept.
    gone_at integer,
    primary key (finding_id, source, tool_rule)
) strict, without rowid;

create table finding_event (
    id integer primary key,
    finding_id integer not null references finding (id),
    at integer not null,
    kind text not null,
    run_id text,
    actor text not null,
    -- JSON.
    detail text not null
) strict;

create index finding_event_finding on finding_event (finding_id, id);

-- Evidence, sealed by the partner's key, once for each content of a partner.
create table evidence (
    partner_id integer not null references partner (id),
    digest text not null,
    sealed blob not null,
    added_at integer not null,
    primary key (partner_id, digest)
) strict, without rowid;

-- What the app or its partner says of a finding: shown beside our verdict, decided by people.
create table claim (
    id integer primary key,
    app_id integer not null references app (id),
    finding_id integer references finding (id),
    kind text not null check (kind in ('ignore', 'vex', 'configuration')),
    says text not null,
    reason text not null,
    expires_at integer,
    made_by text not null,
    made_at integer not null,
    run_id text,
    decision text check (decision in ('accepted', 'rejected')),
    decided_by text,
    decided_at integer,
    decision_reason text
) strict;

create index claim_finding on claim (finding_id);
create index claim_app on claim (app_id);
