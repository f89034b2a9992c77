-- What partners have to do, until when, and everything that was said and decided about it.

create table ticket (
    id integer primary key,
    -- AMS-1, AMS-2, …
    key text not null unique,
    workflow text not null check (workflow in ('ecoscanner-vulnerability', 'security-vulnerability')),
    partner_id integer not null references partner (id),
    app_id integer not null references app (id),
    hosting_id integer not null references app_hosting (id),
    rule text not null,
    requirement text not null,
    title text not null,
    severity integer not null,
    cvss real not null,
    cvss_vector text,
    -- ecoscanner, bounty, pentest, report.
    source text not null,
    status text not null,
    -- Where the platform itself forces what was found: listed, no due date, nothing enforced.
    platform_forced integer not null default 0,
    due_at integer,
    due_policy integer not null,
    due_explanation text not null,
    clock_started_at integer not null,
    triage_until integer,
    created_at integer not null,
    created_by text not null,
    changed_at integer not null,
    closed_at integer,
    duplicate_of integer references ticket (id),
    row_version integer not null default 1
) strict;

create index ticket_partner on ticket (partner_id, closed_at, due_at, id);
create index ticket_app on ticket (app_id, id);
create index ticket_due on ticket (closed_at, due_at, id);
create index ticket_status on ticket (status, id);

create table ticket_finding (
    ticket_id integer not null references ticket (id),
    finding_id integer not null references finding (id),
    added_at integer not null,
    primary key (ticket_id, finding_id)
) strict, without rowid;

create index ticket_finding_finding on ticket_finding (finding_id);

create table ticket_event (
    id integer primary key,
    ticket_id integer not null references ticket (id),
    at integer not null,
    actor text not null,
    kind text not null,
    -- JSON: the fields before and after, and the explanation.
    detail text not null
) strict;

create index ticket_event_ticket on ticket_event (ticket_id, id);
