-- What partners have to do, until when, and everything that was said and decided about it.

create table ticket (
    id integer primary key,
    -- AMS-1, AMS-2, …
    key text not null unique,
    workflow text not null check (workflow in ('ecoscanner-vulnerability', 'security-vulnerability')),
    partner_id integer not null references partner (id),
    app_id integer not null references app (id),
    hosting_id integer not null references app_hosting (id),
    -- The rule of its first finding; for other sources the rule it belongs to, or empty.
    rule text not null,
    -- Of rules; an open ticket takes all findings of its app, hosting and family.
    family text not null,
    requirement text not null,
    title text not null,
    severity integer not null,
    cvss real not null,
    -- Where a person scored it; then its findings' scores do not count.
    cvss_vector text,
    -- ecoscanner, bounty, pentest, report.
    source text not null check (source in ('ecoscanner', 'bounty', 'pentest', 'report')),
    status text not null,
    -- Why it is in this status, for the partner.
    status_reason text not null default '',
    -- Where the platform itself forces what was found: listed, no due date, nothing enforced.
    platform_forced integer not null default 0,
    due_at integer,
    -- 1 where closed_at is null.
    is_open integer not null,
    -- Where it stands in lists: of open ones by what is due, with what is never due at the end; of closed ones the latest first.
    list_place integer not null,
    due_policy integer not null,
    due_explanation text not null,
    -- The day that was granted; findings that joined later have their own.
    extended_to integer,
    reported_at integer not null,
    clock_started_at integer not null,
    clock_why text not null,
    triage_until integer,
    created_at integer not null,
    created_by text not null,
    changed_at integer not null,
    closed_at integer,
    duplicate_of integer references ticket (id),
    -- Until when the risk may stay.
    accepted_until integer,
    -- When the partner is to be reminded next; null where never again.
    next_notice_at integer,
    row_version integer not null default 1
) strict;

create index ticket_list on ticket (is_open, list_place, id);
create index ticket_list_partner on ticket (partner_id, is_open, list_place, id);
create index ticket_list_app on ticket (app_id, is_open, list_place, id);
create index ticket_list_source on ticket (source, is_open, list_place, id);
create index ticket_list_rule on ticket (rule, is_open, list_place, id);
create index ticket_list_status on ticket (status, is_open, list_place, id);
create index ticket_list_severity on ticket (severity, is_open, list_place, id);
create index ticket_partner on ticket (partner_id, id);
create index ticket_app on ticket (app_id, id);
create index ticket_reported on ticket (id) where closed_at is null and workflow = 'security-vulnerability';
create index ticket_family on ticket (hosting_id, family, closed_at);
create index ticket_created on ticket (app_id, created_at);
create index ticket_notice on ticket (next_notice_at) where closed_at is null and next_notice_at is not null;
create index ticket_changed on ticket (changed_at) where closed_at is null;
create index ticket_accepted on ticket (accepted_until) where accepted_until is not null;

create table ticket_finding (
    ticket_id integer not null references ticket (id),
    finding_id integer not null references finding (id),
    added_at integer not null,
    -- Each finding has its clock; the ticket is due when the first of them is.
    clock_started_at integer not null,
    clock_why text not null,
    due_at integer,
    due_policy integer not null,
    due_explanation text not null,
    -- By which the due date was computed.
    due_severity integer not null,
    platform_forced integer not null default 0,
    -- The end of the exemption that covers it; null where there is none, or none that is known to end.
    forced_until integer,
    -- Since when it is closed; null while it is open.
    closed_at integer,
    primary key (ticket_id, finding_id)
) strict, without rowid;

create index ticket_finding_finding on ticket_finding (finding_id);
create index ticket_finding_forced on ticket_finding (forced_until) where forced_until is not null;

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

create table ticket_comment (
    id integer primary key,
    ticket_id integer not null references ticket (id),
    partner_id integer not null references partner (id),
    at integer not null,
    author text not null,
    side text not null check (side in ('partner', 'staff', 'platform')),
    -- comment, reason, evidence, plan, report.
    kind text not null,
    -- Markdown, sealed by the partner's key.
    sealed blob not null
) strict;

create index ticket_comment_ticket on ticket_comment (ticket_id, id);

-- Disputes and requests for a later due date.
create table ticket_request (
    id integer primary key,
    ticket_id integer not null references ticket (id),
    kind text not null check (kind in ('dispute', 'extension')),
    asked_at integer not null,
    asked_by text not null,
    proposed_due_at integer,
    decided_at integer,
    decided_by text,
    decision text check (decision in ('granted', 'denied', 'taken-back', 'lapsed')),
    reason text
) strict;

create index ticket_request_ticket on ticket_request (ticket_id, id);
create index ticket_request_open on ticket_request (kind, id) where decided_at is null;

-- Runs that prove a fix. Unannounced ones are not the partner's to see until they have ended.
create table ticket_verification (
    id integer primary key,
    ticket_id integer not null references ticket (id),
    run_id text not null,
    attempt integer not null,
    announced integer not null,
    asked_at integer not null,
    not_before integer not null,
    ended_at integer,
    outcome text check (outcome in ('clean', 'still-there', 'inconclusive', 'superseded')),
    reason text,
    -- When an inconclusive one is tried again.
    retry_at integer
) strict;

create unique index ticket_verification_run on ticket_verification (run_id);
create index ticket_verification_ticket on ticket_verification (ticket_id, id);
create index ticket_verification_open on ticket_verification (id) where ended_at is null;
create index ticket_verification_retry on ticket_verification (retry_at) where retry_at is not null;

-- Findings that could have a ticket and have none, and why.
create table ticket_unfiled (
    finding_id integer primary key references finding (id),
    partner_id integer not null references partner (id),
    app_id integer not null references app (id),
    run_id text not null,
    -- unproven, stage, unconfirmed, limit, quiet, archived.
    cause text not null,
    reason text not null,
    platform_forced integer not null default 0,
    at integer not null,
    -- When it is tried again by itself; null where something else must happen first.
    retry_at integer
) strict;

-- Those that nobody told tickets of.
create index finding_without_ticket on finding (id) where state = 'confirmed' and raises_tickets = 1;
create index ticket_unfiled_partner on ticket_unfiled (partner_id, finding_id);
create index ticket_unfiled_retry on ticket_unfiled (retry_at) where retry_at is not null;

-- What is proposed, and decided, where a due date has passed.
create table enforcement (
    id integer primary key,
    ticket_id integer not null references ticket (id),
    partner_id integer not null references partner (id),
    app_id integer not null references app (id),
    due_at integer not null,
    severity integer not null,
    proposal text not null check (proposal in ('none', 'delist', 'hide')),
    explanation text not null,
    policy integer not null,
    proposed_at integer not null,
    decision text check (decision in ('none', 'delist', 'hide')),
    decided_at integer,
    decided_by text,
    reason text,
    -- Fixed, extended or withdrawn before anybody decided.
    lapsed_at integer,
    row_version integer not null default 1,
    unique (ticket_id, due_at)
) strict;

create index enforcement_open on enforcement (id) where decided_at is null and lapsed_at is null;
create index enforcement_partner on enforcement (partner_id, id);

-- What a partner is told, collected into digests. No text of a flaw.
create table notice (
    id integer primary key,
    partner_id integer not null references partner (id),
    ticket_id integer not null references ticket (id),
    -- filed, moved, comment, due-14, due-7, due-1, breach, overdue-1, overdue-2, …
    kind text not null,
    at integer not null,
    key text not null,
    severity integer not null,
    status text not null,
    due_at integer,
    digest_id integer references notice_digest (id)
) strict;

create index notice_waiting on notice (partner_id, id) where digest_id is null;
create index notice_digest_rows on notice (digest_id) where digest_id is not null;

create table notice_digest (
    id integer primary key,
    partner_id integer not null references partner (id),
    made_at integer not null,
    -- When it went out; null while it waits.
    sent_at integer
) strict;

create index notice_digest_partner on notice_digest (partner_id, made_at);
create index notice_digest_waiting on notice_digest (id) where sent_at is null;
