-- What the centre keeps. Made as tajzia_owner, who never logs in; `provisioning` makes the roles first.

create table tajzia.epoch (
    one boolean primary key default true check (one),
    name text not null
);
comment on table tajzia.epoch is 'Named anew when the centre is restored from a backup.';
insert into tajzia.epoch (name) values (gen_random_uuid()::text);

create table tajzia.staff (
    login text primary key,
    -- all: every case of their branches; body: what awaits an outside body; none: what is everywhere only
    sees text not null check (sees in ('all', 'body', 'none')),
    branches integer[] not null,
    all_branches boolean not null,
    body text not null,
    active boolean not null
);
comment on table tajzia.staff is 'What the policies need to know of a login; the whole person is a fact.';

create table tajzia.device (
    id text primary key check (id ~ '^[A-Z][A-Z0-9]{0,11}$'),
    branch integer not null,
    serial numeric not null,
    active boolean not null default true,
    enrolled_at timestamptz not null default now()
);
comment on column tajzia.device.serial is 'Of its certificate, as pg_stat_ssl tells it.';

create table tajzia.author_key (
    login text not null,
    device text not null references tajzia.device,
    public_key bytea not null check (octet_length(public_key) = 32),
    registered_at timestamptz not null default now(),
    primary key (login, device, public_key)
);

create table tajzia.inbox (
    command_id text primary key,
    device text not null references tajzia.device,
    sequence bigint,
    fingerprint bytea not null,
    payload bytea not null,
    signature bytea not null,
    submitted_by text not null,
    submitted_at timestamptz not null default now(),
    arrival bigint generated always as identity,
    state text not null default 'waiting' check (state in ('waiting', 'decided', 'quarantined')),
    reason text not null default '',
    reference text not null default '',
    decided_at timestamptz,
    unique (device, sequence)
);
comment on column tajzia.inbox.sequence is 'Null for what is kept as evidence only.';
create index inbox_waiting on tajzia.inbox (arrival) where state = 'waiting';
create index inbox_waiting_of_device on tajzia.inbox (device, sequence) where state = 'waiting';
create index inbox_quarantined on tajzia.inbox (arrival) where state = 'quarantined';

create table tajzia.feed_counter (
    branch integer primary key,
    last bigint not null
);
comment on table tajzia.feed_counter is
    'The last sequence of each branch; its row is locked last in a writing transaction, so sequences commit in order.';
insert into tajzia.feed_counter values (0, 0);

create table tajzia.fact (
    kind text not null,
    id text not null,
    branch integer not null references tajzia.feed_counter,
    sequence bigint not null,
    body text,
    -- what the rules look facts up by; null where it does not apply
    parent_number text,
    made_by text,
    is_open boolean,
    booked_day date,
    awaits text[],
    device text,
    role text,
    primary key (kind, id),
    unique (branch, sequence)
);
comment on column tajzia.fact.body is 'Canonical JSON; null once it is deleted.';
create index fact_open_requests on tajzia.fact (parent_number) where kind = 'request' and is_open;
create index fact_bookings on tajzia.fact (booked_day) where kind = 'request' and booked_day is not null;
create index fact_made_by on tajzia.fact (made_by) where kind = 'licence' and made_by is not null;
create index fact_roles on tajzia.fact (role, id) where kind = 'staff' and role is not null;

create table tajzia.departure (
    branch integer not null references tajzia.feed_counter,
    body text not null,
    kind text not null,
    id text not null,
    sequence bigint not null,
    primary key (branch, body, kind, id)
);
comment on table tajzia.departure is
    'Facts that left a branch (body '''') or no longer await an outside body: told in the feed, and not deleted.';
create index departure_feed on tajzia.departure (branch, sequence);

create table tajzia.number (
    series text not null,
    year integer not null,
    district integer not null,
    last integer not null,
    primary key (series, year, district)
);

create table tajzia.paper (
    digest text primary key,
    content bytea not null,
    drawn_at timestamptz not null,
    check (digest = encode(sha256(content), 'hex'))
);

create table tajzia.outbox (
    notice_id text primary key,
    recipient text not null,
    words text not null,
    written_at timestamptz not null,
    sent_at timestamptz
);
create index outbox_unsent on tajzia.outbox (written_at, notice_id) where sent_at is null;
