-- Which version of a policy holds from when, and what people decided beside the policies.

create table policy_in_force (
    id integer primary key,
    policy text not null check (policy in ('bug-fix', 'operation')),
    version integer not null,
    from_at integer not null,
    decided_by text not null,
    decided_at integer not null,
    reason text not null
) strict;

create index policy_in_force_date on policy_in_force (policy, from_at, id);

-- 6 December 2022, 8 October 2023, and the beginning.
insert into policy_in_force (policy, version, from_at, decided_by, decided_at, reason) values
    ('bug-fix', 2022, 1670284800000, 'system:ecoscanner', 1670284800000, 'published on 6 December 2022'),
    ('bug-fix', 2023, 1696723200000, 'system:ecoscanner', 1696723200000, 'published on 8 October 2023'),
    ('operation', 1, 0, 'system:ecoscanner', 0, 'the first');

-- What the platform or a host forces on partners.
create table platform_exemption (
    id integer primary key,
    rule text not null,
    -- The host and all below it; null for every place.
    host text,
    reason text not null,
    owner text not null,
    from_at integer not null,
    until_at integer not null,
    made_by text not null,
    made_at integer not null,
    withdrawn_at integer
) strict;

create index platform_exemption_rule on platform_exemption (rule, until_at);
