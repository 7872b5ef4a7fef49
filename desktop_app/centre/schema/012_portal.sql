-- Channels: the municipality's website lodges and asks (portal), the payment system pays (epay), the register of dues
-- writes (dues). Each has one schema with the one or two functions that its logins may call, and nothing else. What they
-- say lies in tajzia.channel_message until the registrar has decided it by the same rules as everybody's commands.
-- `provisioning` makes the schemas and hands all functions but `asking_channel` to tajzia_channel_intake.

create table tajzia.channel (
    login text primary key,
    kind text not null check (kind in ('portal', 'epay', 'dues')),
    serial numeric not null,
    active boolean not null default true,
    added_at timestamptz not null default now(),
    valid_until timestamptz not null
);
comment on table tajzia.channel is 'The logins of other systems; the serial is that of their certificate.';

-- These names are the centre's own: no workstation's receipts or references may look like a channel's.
alter table tajzia.device add constraint device_is_no_channel check (id not in ('WEB', 'EPAY'));
alter table tajzia.invitation add constraint invitation_is_for_no_channel check (device not in ('WEB', 'EPAY'));

create sequence tajzia.channel_arrival;
create table tajzia.channel_message (
    id text primary key default gen_random_uuid()::text,
    channel text not null check (channel in ('portal', 'epay', 'dues')),
    kind text not null check (kind in ('lodge', 'payment', 'dues_payment', 'due')),
    reference text not null,
    fingerprint bytea not null,
    payload bytea not null check (octet_length(payload) <= 262144),
    submitted_by text not null,
    submitted_at timestamptz not null default clock_timestamp(),
    arrival bigint not null default nextval('tajzia.channel_arrival'),
    state text not null default 'waiting' check (state in ('waiting', 'decided', 'quarantined')),
    reason text not null default '',
    trouble text not null default '',
    answer text,
    concerns text,
    decided_at timestamptz,
    unique (channel, reference)
);
comment on column tajzia.channel_message.concerns is
    'The request that was lodged or paid; of a due the account that it stands in.';
comment on column tajzia.channel_message.trouble is 'What the log has it under, where it was put aside.';
create index channel_message_waiting on tajzia.channel_message (arrival) where state = 'waiting';
create index channel_message_of_login on tajzia.channel_message (submitted_by, submitted_at);

create table tajzia.portal_view (
    request_id text primary key,
    applicant text not null,
    awaits_dues boolean not null,
    body text not null
);
comment on table tajzia.portal_view is 'How each request of the portal stands, as the portal is told it.';
create index portal_view_dues on tajzia.portal_view (applicant) where awaits_dues;

create table tajzia.portal_stale (
    request_id text primary key
);
comment on table tajzia.portal_stale is 'Requests whose view the registrar must write anew.';

create table tajzia.numbered (
    name text not null,
    request_id text not null,
    official boolean not null,
    primary key (name, request_id)
);
comment on table tajzia.numbered is
    'By what a request is called: the centre''s number (official), and the reference of the device that opened it.';

alter table tajzia.channel enable row level security;
alter table tajzia.channel_message enable row level security;
alter table tajzia.portal_view enable row level security;
alter table tajzia.portal_stale enable row level security;
alter table tajzia.numbered enable row level security;

create policy intake_stores on tajzia.channel_message for insert to tajzia_channel_intake
    with check (submitted_by = session_user and state = 'waiting');
create policy intake_reads on tajzia.channel_message for select to tajzia_channel_intake using (true);
create policy intake_renews_dues on tajzia.channel_message for update to tajzia_channel_intake
    using (channel = 'dues') with check (channel = 'dues' and submitted_by = session_user and state = 'waiting');
create policy intake_shows on tajzia.portal_view for select to tajzia_channel_intake using (true);
create policy registrar_works on tajzia.channel_message to tajzia_registrar using (true) with check (true);
create policy registrar_works on tajzia.portal_view to tajzia_registrar using (true) with check (true);
create policy registrar_works on tajzia.portal_stale to tajzia_registrar using (true) with check (true);
create policy registrar_reads on tajzia.numbered for select to tajzia_registrar using (true);
grant select, insert on tajzia.channel_message to tajzia_channel_intake;
grant update (fingerprint, payload, submitted_by, submitted_at, arrival, state, reason, trouble, answer, decided_at)
    on tajzia.channel_message to tajzia_channel_intake;
grant usage on sequence tajzia.channel_arrival to tajzia_channel_intake;
grant select on tajzia.portal_view to tajzia_channel_intake;
grant select on tajzia.channel_message, tajzia.numbered to tajzia_registrar;
grant update (state, reason, trouble, answer, concerns, decided_at) on tajzia.channel_message to tajzia_registrar;
grant select, insert, update on tajzia.portal_view to tajzia_registrar;
grant select, delete on tajzia.portal_stale to tajzia_registrar;

-- Whatever changes a request, its notices or its applicant's dues, the portal is told of it; and a request is found by
-- what people call it.
create function tajzia.keep_portal_in_step() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
    declare
        request json;
    begin
        if new.kind = 'request' and new.body is not null then
            request := new.body::json;
            insert into tajzia.numbered (name, request_id, official)
            select name, new.id, official
            from (values (request ->> 'number', true), (request ->> 'reference', false)) called (name, official)
            where name <> ''
            on conflict do nothing;
            if request ->> 'reference' ~ '^WEB-' then
                insert into tajzia.portal_stale values (new.id) on conflict do nothing;
            end if;
        elsif new.kind = 'dues' then
            insert into tajzia.portal_stale
            select v.request_id from tajzia.portal_view v where v.applicant = new.id and v.awaits_dues
            on conflict do nothing;
        elsif new.kind = 'notice' then
            insert into tajzia.portal_stale
            select v.request_id from tajzia.portal_view v where v.request_id = pg_catalog.split_part(new.id, ':', 1)
            on conflict do nothing;
        end if;
        return null;
    end
    $$;
create trigger keep_portal_in_step after insert or update of body on tajzia.fact
    for each row when (new.kind in ('request', 'dues', 'notice')) execute function tajzia.keep_portal_in_step();
insert into tajzia.numbered (name, request_id, official)
select called.name, f.id, called.official
from tajzia.fact f,
    lateral (values (f.body::json ->> 'number', true), (f.body::json ->> 'reference', false)) called (name, official)
where f.kind = 'request' and f.body is not null and called.name <> ''
on conflict do nothing;

-- Who asks: a login of a channel with the certificate that was made for it. Password and certificate, both.
create function tajzia.asking_channel() returns text
    language sql stable security definer set search_path = pg_catalog, pg_temp
    as $$
        select c.kind
        from tajzia.channel c
        join pg_catalog.pg_stat_ssl s on s.pid = pg_catalog.pg_backend_pid()
            and s.client_dn = '/CN=' || c.login and s.client_serial = c.serial
        where c.login = session_user and c.active and c.valid_until > pg_catalog.clock_timestamp()
    $$;

-- Takes a message in, once for its reference. TJ001: not admitted. TJ010: the reference stands with another content.
-- 22023: malformed, or too large. 53400: too much in too short a time; try again later. A due may be written again.
create function tajzia.take_message(of_channel text, of_kind text, of_reference text, content jsonb) returns jsonb
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
    declare
        text_of bytea;
        known tajzia.channel_message;
    begin
        if tajzia.asking_channel() is distinct from of_channel then
            raise exception 'this login and certificate are not of the channel %', of_channel using errcode = 'TJ001';
        end if;
        if of_reference is null or of_reference !~ '^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$' then
            raise exception 'a reference has 1 to 64 letters, digits and . _ / -' using errcode = '22023';
        end if;
        if content is null or pg_catalog.jsonb_typeof(content) <> 'object' then
            raise exception 'the content must be a JSON object' using errcode = '22023';
        end if;
        if pg_catalog.pg_column_size(content) > 262144 then
            raise exception 'a message is at most 256 KiB' using errcode = '22023';
        end if;
        text_of := pg_catalog.convert_to(content::text, 'UTF8');
        if pg_catalog.octet_length(text_of) > 262144 then
            raise exception 'a message is at most 256 KiB' using errcode = '22023';
        end if;
        insert into tajzia.channel_message (channel, kind, reference, fingerprint, payload, submitted_by)
        values (of_channel, of_kind, of_reference, pg_catalog.sha256(text_of), text_of, session_user)
        on conflict do nothing
        returning * into known;
        if known.id is null and of_channel = 'dues' then
            update tajzia.channel_message m
            set fingerprint = pg_catalog.sha256(text_of), payload = text_of, submitted_by = session_user,
                submitted_at = pg_catalog.clock_timestamp(), arrival = pg_catalog.nextval('tajzia.channel_arrival'),
                state = 'waiting', reason = '', trouble = '', answer = null, decided_at = null
            where m.channel = of_channel and m.reference = of_reference
                and m.fingerprint <> pg_catalog.sha256(text_of)
            returning * into known;
        end if;
        if known.id is not null then
            if (select count(*) from (select from tajzia.channel_message m
                                      where m.submitted_by = session_user
                                        and m.submitted_at > pg_catalog.clock_timestamp() - interval '1 minute'
                                      limit 1201) recent) > 1200
                or (select count(*) from (select from tajzia.channel_message m
                                          where m.state = 'waiting' limit 20001) waiting) > 20000
            then
                raise exception 'too many messages; try again in a minute' using errcode = '53400';
            end if;
            perform pg_catalog.pg_notify('tajzia_inbox', '');
        else
            select m.* into known from tajzia.channel_message m
            where m.channel = of_channel and m.reference = of_reference;
            if known.kind <> of_kind or known.fingerprint <> pg_catalog.sha256(text_of) then
                raise exception 'the reference % stands with another content', of_reference using errcode = 'TJ010';
            end if;
        end if;
        return pg_catalog.jsonb_build_object('version', 1, 'reference', known.reference, 'taken_at', known.submitted_at);
    end
    $$;

-- What became of it. States: waiting, held (a person at the centre must look), refused, accepted. Null: never came.
create function tajzia.find_message(of_channel text, of_reference text) returns jsonb
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $$
    declare
        known tajzia.channel_message;
        view text;
    begin
        if tajzia.asking_channel() is distinct from of_channel then
            raise exception 'this login and certificate are not of the channel %', of_channel using errcode = 'TJ001';
        end if;
        select m.* into known from tajzia.channel_message m
        where m.channel = of_channel and m.reference = of_reference;
        if known.id is null then
            return null;
        end if;
        if known.concerns is not null and of_channel = 'portal' then
            select v.body into view from tajzia.portal_view v where v.request_id = known.concerns;
        end if;
        return pg_catalog.jsonb_build_object(
            'version', 1, 'reference', known.reference, 'taken_at', known.submitted_at, 'decided_at', known.decided_at,
            'state', case
                when known.state = 'quarantined' then 'held'
                when known.state = 'waiting' then 'waiting'
                -- accepted a moment ago: it is told with how the request stands
                when of_channel = 'portal' and known.concerns is not null and view is null then 'waiting'
                else known.answer::jsonb ->> 'state'
            end,
            'refusals', coalesce(known.answer::jsonb -> 'refusals', '[]'),
            'result', case when of_channel = 'portal' then view::jsonb else known.answer::jsonb -> 'result' end
        );
    end
    $$;

create function portal.lodge(reference text, request jsonb) returns jsonb
    language sql security definer set search_path = pg_catalog, pg_temp
    as $$ select tajzia.take_message('portal', 'lodge', reference, request) $$;
create function portal.find(reference text) returns jsonb
    language sql stable security definer set search_path = pg_catalog, pg_temp
    as $$ select tajzia.find_message('portal', reference) $$;

create function epay.record_payment(reference text, request text, amount_fils bigint, paid_at timestamptz)
    returns jsonb
    language sql security definer set search_path = pg_catalog, pg_temp
    as $$
        select tajzia.take_message('epay', 'payment', reference, pg_catalog.jsonb_build_object(
            'request', request, 'amount_fils', amount_fils, 'paid_at', pg_catalog.timezone('UTC', paid_at)))
    $$;
create function epay.record_dues_payment(reference text, request text, amount_fils bigint, paid_at timestamptz)
    returns jsonb
    language sql security definer set search_path = pg_catalog, pg_temp
    as $$
        select tajzia.take_message('epay', 'dues_payment', reference, pg_catalog.jsonb_build_object(
            'request', request, 'amount_fils', amount_fils, 'paid_at', pg_catalog.timezone('UTC', paid_at)))
    $$;
create function epay.find(reference text) returns jsonb
    language sql stable security definer set search_path = pg_catalog, pg_temp
    as $$ select tajzia.find_message('epay', reference) $$;

create function dues.put(reference text, due jsonb) returns jsonb
    language sql security definer set search_path = pg_catalog, pg_temp
    as $$ select tajzia.take_message('dues', 'due', reference, due) $$;
create function dues.find(reference text) returns jsonb
    language sql stable security definer set search_path = pg_catalog, pg_temp
    as $$ select tajzia.find_message('dues', reference) $$;

-- As before, and channels keep to the same: who is shut out, or whose certificate has run out, has no session.
create or replace function tajzia.end_idle_transactions(seconds integer) returns integer
    language sql security definer set search_path = pg_catalog, pg_temp
    as $$
        select count(*)::integer
        from (
            select pg_catalog.pg_terminate_backend(a.pid)
            from pg_catalog.pg_stat_activity a
            left join tajzia.staff s on s.login = a.usename
            left join tajzia.channel c on c.login = a.usename
            left join pg_catalog.pg_stat_ssl t on t.pid = a.pid
            left join tajzia.device d on t.client_dn = '/CN=' || d.id and t.client_serial = d.serial
            where a.datname = pg_catalog.current_database()
              and (s.login is not null or c.login is not null or a.usename = 'tajzia_enrol')
              and (
                  (
                      a.state in ('idle in transaction', 'idle in transaction (aborted)')
                      and a.state_change < pg_catalog.clock_timestamp() - pg_catalog.make_interval(secs => seconds)
                  )
                  or a.xact_start < pg_catalog.clock_timestamp() - pg_catalog.make_interval(secs => 3 * seconds)
                  or not s.active
                  or not c.active
                  or c.valid_until < pg_catalog.clock_timestamp()
                  or (
                      (a.usename = 'tajzia_enrol' or not d.active)
                      and a.backend_start < pg_catalog.clock_timestamp() - pg_catalog.make_interval(secs => 3 * seconds)
                  )
              )
            offset 0
        ) ended
    $$;
