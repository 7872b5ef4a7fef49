-- Devices and staff: enrolment by a code, revocation, disabling, the lease, and what an administrator may do of it.
-- `provisioning` hands `enrol` to tajzia_doorkeeper, `report` to tajzia_intake, the rest to tajzia_steward.

alter table tajzia.device
    add column revoked_at timestamptz,
    add column revoked_by text not null default '',
    add column revoked_why text not null default '';
alter table tajzia.staff
    add column disabled_at timestamptz,
    add column disabled_by text not null default '';
alter table tajzia.inbox
    add column released_by text not null default '',
    add column discarded_why text not null default '',
    alter column submitted_at set default clock_timestamp();
comment on column tajzia.inbox.released_by is 'The administrator who let it be decided although it had been put aside.';
alter table tajzia.inbox drop constraint inbox_state_check;
alter table tajzia.inbox add constraint inbox_state_check
    check (state in ('waiting', 'decided', 'quarantined', 'discarded'));
create index inbox_discarded on tajzia.inbox (arrival) where state = 'discarded' and decided_at is null;

create table tajzia.lease (
    one boolean primary key default true check (one),
    days integer not null check (days between 1 and 365)
);
comment on table tajzia.lease is 'For how many days a workstation goes on without having reached the centre.';
insert into tajzia.lease (days) values (14);

create table tajzia.contact (
    device text primary key references tajzia.device,
    login text not null,
    at timestamptz not null,
    version text not null
);
comment on table tajzia.contact is 'When each device was last here, with whom and with which version of the program.';

create table tajzia.author_key_retired (
    login text not null,
    device text not null,
    public_key bytea not null,
    registered_at timestamptz not null,
    retired_at timestamptz not null default now(),
    primary key (login, device, public_key)
);
comment on table tajzia.author_key_retired is 'Of people who were disabled and came back: never taken again.';

create table tajzia.door (
    one boolean primary key default true check (one),
    password text not null,
    verifier text not null
);
comment on table tajzia.door is
    'With what tajzia_enrol connects: stands in every invitation, and opens nothing but the one function.';

create table tajzia.invitation (
    digest bytea primary key check (octet_length(digest) = 32),
    device text not null check (device ~ '^[A-Z][A-Z0-9]{0,11}$'),
    branch integer not null,
    again boolean not null,
    made_by text not null,
    made_at timestamptz not null default now(),
    expires_at timestamptz not null,
    state text not null default 'open' check (state in ('open', 'asked', 'issued', 'refused', 'withdrawn')),
    request bytea check (octet_length(request) <= 4096),
    asked_at timestamptz,
    certificate text,
    ended_at timestamptz
);
comment on column tajzia.invitation.digest is 'SHA-256 of the code, which is kept nowhere.';
create unique index invitation_of_device on tajzia.invitation (device) where state in ('open', 'asked');
create index invitation_asked on tajzia.invitation (asked_at) where state = 'asked';

create table tajzia.staff_news (
    login text primary key,
    body text not null
);
comment on table tajzia.staff_news is 'People as they are to stand in the feed; the registrar puts them there.';

alter table tajzia.lease enable row level security;
alter table tajzia.contact enable row level security;
alter table tajzia.author_key_retired enable row level security;
alter table tajzia.door enable row level security;
alter table tajzia.invitation enable row level security;
alter table tajzia.staff_news enable row level security;

create policy everybodys on tajzia.lease for select to tajzia_intake using (true);
create policy own_contact on tajzia.contact to tajzia_intake
    using (device = (select tajzia.my_device())) with check (device = (select tajzia.my_device()));
create policy own_retired_keys on tajzia.author_key_retired for select to tajzia_intake
    using (login = session_user and device = (select tajzia.my_device()));
create policy door_opens on tajzia.invitation to tajzia_doorkeeper using (true) with check (true);
create policy registrar_signs on tajzia.invitation to tajzia_registrar using (true) with check (true);
create policy registrar_enrols on tajzia.device for insert to tajzia_registrar with check (true);
create policy registrar_renews on tajzia.device for update to tajzia_registrar using (true) with check (true);
create policy registrar_publishes on tajzia.staff_news to tajzia_registrar using (true) with check (true);
create policy steward_works on tajzia.lease to tajzia_steward using (true) with check (true);
create policy steward_works on tajzia.contact for select to tajzia_steward using (true);
create policy steward_works on tajzia.author_key to tajzia_steward using (true) with check (true);
create policy steward_works on tajzia.author_key_retired to tajzia_steward using (true) with check (true);
create policy steward_works on tajzia.door for select to tajzia_steward using (true);
create policy steward_works on tajzia.invitation to tajzia_steward using (true) with check (true);
create policy steward_works on tajzia.staff_news to tajzia_steward using (true) with check (true);
create policy steward_works on tajzia.staff to tajzia_steward using (true) with check (true);
create policy steward_works on tajzia.device to tajzia_steward using (true) with check (true);
create policy steward_works on tajzia.inbox to tajzia_steward using (true) with check (true);
create policy steward_reads_people on tajzia.fact for select to tajzia_steward using (kind = 'staff');

grant select on tajzia.lease, tajzia.author_key_retired to tajzia_intake;
grant select, insert, update on tajzia.contact to tajzia_intake;
grant select, update on tajzia.invitation to tajzia_doorkeeper;
grant select, update on tajzia.invitation to tajzia_registrar;
grant insert, update on tajzia.device to tajzia_registrar;
grant select, delete on tajzia.staff_news to tajzia_registrar;
grant select, update on tajzia.lease to tajzia_steward;
grant select on tajzia.contact, tajzia.door, tajzia.fact to tajzia_steward;
grant select, delete on tajzia.author_key to tajzia_steward;
grant select, insert on tajzia.author_key_retired to tajzia_steward;
grant select, insert, update on tajzia.invitation, tajzia.staff_news, tajzia.staff to tajzia_steward;
grant select, update on tajzia.device, tajzia.inbox to tajzia_steward;

-- Whatever way a submission comes in: of a device that is revoked, or in the name of somebody who is disabled, it is
-- put aside. The device's row stays locked until the submission is committed: whoever revokes the device afterwards
-- sees it, whoever came before is seen here.
create function tajzia.put_aside_at_the_door() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
    begin
        if not (select d.active from tajzia.device d where d.id = new.device for share) then
            new.reason := 'device_revoked';
        elsif (select not s.active from tajzia.staff s
               where s.login = pg_catalog.convert_from(new.payload, 'UTF8')::json ->> 'author') then
            new.reason := 'author_disabled';
        else
            return new;
        end if;
        new.state := 'quarantined';
        if (select count(*) from (select from tajzia.inbox b
                                  where b.device = new.device and b.state = 'quarantined' limit 2001) a) > 2000
        then
            raise exception 'too much of this device was put aside; the centre must look at it first'
                using errcode = '53400';
        end if;
        return new;
    end
    $$;
create trigger put_aside_at_the_door before insert on tajzia.inbox
    for each row when (new.state = 'waiting') execute function tajzia.put_aside_at_the_door();

-- As before, and: a key that was retired is not taken again (TJ002: the workstation makes a fresh one).
create or replace function tajzia.register_key(public_key bytea) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
    declare
        device text := tajzia.admit();
    begin
        if pg_catalog.octet_length(public_key) is distinct from 32 then
            raise exception 'an Ed25519 public key has 32 bytes' using errcode = '22023';
        end if;
        if exists (select from tajzia.author_key_retired r where r.public_key = register_key.public_key) then
            raise exception 'this key was retired' using errcode = 'TJ002';
        end if;
        if (select count(*) from tajzia.author_key k) >= 64 then
            raise exception 'too many keys of one person on one device' using errcode = 'TJ001';
        end if;
        insert into tajzia.author_key (login, device, public_key)
        values (session_user, device, register_key.public_key)
        on conflict do nothing;
    end
    $$;

-- What a round begins with: where the caller stands, and for the centre who is there and with which version.
create function tajzia.report(version text, out epoch text, out branches integer[], out server_time timestamptz,
                              out lease_days integer)
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
    declare
        its_device text := tajzia.admit();
    begin
        report.epoch := tajzia.my_epoch();
        report.branches := array[0] || tajzia.my_branches();
        report.server_time := pg_catalog.clock_timestamp();
        report.lease_days := (select l.days from tajzia.lease l);
        insert into tajzia.contact as c (device, login, at, version)
        values (its_device, session_user, report.server_time, pg_catalog.left(coalesce(report.version, ''), 40))
        on conflict (device) do update set login = excluded.login, at = excluded.at, version = excluded.version
            -- every round comes by here: it writes nothing where it would change nothing that anybody looks at
            where (c.login, c.version) is distinct from (excluded.login, excluded.version)
                or excluded.at - c.at > '15 seconds' or excluded.at < c.at;
    end
    $$;

-- The door of a device that has no certificate yet. It tells only whoever has a code, which is a hundred bits; and
-- every call takes its time before it looks, of which a login with four sessions has little: nothing that is rolled
-- back or cut short makes guessing any faster. States: unknown, expired, used, refused, waiting (come again), issued.
create function tajzia.enrol(code text, request bytea, out state text, out certificate text, out device text,
                             out branch integer)
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
    declare
        found_one tajzia.invitation;
    begin
        perform pg_catalog.pg_sleep(0.2);
        if enrol.code is null or enrol.request is null or pg_catalog.length(enrol.code) > 64
            or pg_catalog.octet_length(enrol.request) > 4096
        then
            enrol.state := 'refused';
            return;
        end if;
        select i.* into found_one from tajzia.invitation i
        where i.digest = pg_catalog.sha256(pg_catalog.convert_to(enrol.code, 'UTF8')) for update;
        if found_one.digest is null or found_one.state = 'withdrawn' then
            enrol.state := 'unknown';
        elsif found_one.state = 'open' and found_one.expires_at < pg_catalog.clock_timestamp() then
            enrol.state := 'expired';
        elsif found_one.state = 'open' then
            update tajzia.invitation i set state = 'asked', request = enrol.request, asked_at = pg_catalog.now()
            where i.digest = found_one.digest;
            perform pg_catalog.pg_notify('tajzia_inbox', '');
            enrol.state := 'waiting';
        elsif found_one.request <> enrol.request then
            enrol.state := 'used';
        elsif found_one.state = 'asked' then
            enrol.state := 'waiting';
        else
            enrol.state := found_one.state;
            enrol.certificate := found_one.certificate;
        end if;
        if enrol.state in ('waiting', 'issued') then
            enrol.device := found_one.device;
            enrol.branch := found_one.branch;
        end if;
    end
    $$;

-- Who administers: an active administrator on an enrolled device, or the superuser.
create function tajzia.administering() returns text
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $$
    begin
        if (select r.rolsuper from pg_catalog.pg_roles r where r.rolname = session_user) then
            return session_user;
        end if;
        perform tajzia.admit();
        if not pg_catalog.pg_has_role(session_user, 'tajzia_administrators', 'member') then
            raise exception 'this is for administrators' using errcode = 'TJ001';
        end if;
        return session_user;
    end
    $$;

create function tajzia.end_sessions_of_login(of_login text) returns integer
    language sql security definer set search_path = pg_catalog, pg_temp
    as $$
        select count(*)::integer
        from (
            select pg_catalog.pg_terminate_backend(a.pid) from pg_catalog.pg_stat_activity a
            where a.usename = of_login and a.datname = pg_catalog.current_database()
              and a.pid <> pg_catalog.pg_backend_pid()
            offset 0
        ) ended
    $$;

create function tajzia.end_sessions_of_device(of_device text) returns integer
    language sql security definer set search_path = pg_catalog, pg_temp
    as $$
        select count(*)::integer
        from (
            select pg_catalog.pg_terminate_backend(a.pid)
            from pg_catalog.pg_stat_activity a
            join pg_catalog.pg_stat_ssl s using (pid)
            where s.client_dn = '/CN=' || of_device and a.datname = pg_catalog.current_database()
              and a.pid <> pg_catalog.pg_backend_pid()
            offset 0
        ) ended
    $$;

-- As before; and whoever has been disabled, or knocks on the door of enrolment for too long, has no session; a device
-- that is revoked has one for as long as it takes to hand over what it holds.
create or replace function tajzia.end_idle_transactions(seconds integer) returns integer
    language sql security definer set search_path = pg_catalog, pg_temp
    as $$
        select count(*)::integer
        from (
            select pg_catalog.pg_terminate_backend(a.pid)
            from pg_catalog.pg_stat_activity a
            left join tajzia.staff s on s.login = a.usename
            left join pg_catalog.pg_stat_ssl t on t.pid = a.pid
            left join tajzia.device d on t.client_dn = '/CN=' || d.id and t.client_serial = d.serial
            where a.datname = pg_catalog.current_database()
              and (s.login is not null or a.usename = 'tajzia_enrol')
              and (
                  (
                      a.state in ('idle in transaction', 'idle in transaction (aborted)')
                      and a.state_change < pg_catalog.clock_timestamp() - pg_catalog.make_interval(secs => seconds)
                  )
                  or a.xact_start < pg_catalog.clock_timestamp() - pg_catalog.make_interval(secs => 3 * seconds)
                  or not s.active
                  or (
                      (a.usename = 'tajzia_enrol' or not d.active)
                      and a.backend_start < pg_catalog.clock_timestamp() - pg_catalog.make_interval(secs => 3 * seconds)
                  )
              )
            offset 0
        ) ended
    $$;

-- What one login of the staff may take of the server. A person may lift these for a session of theirs (the watchdog
-- ends what overstays then), but not the last: temporary files are the one way to fill the disk by only reading.
create function tajzia.limit_login(login text) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
    begin
        execute pg_catalog.format('alter role %I connection limit 8', login);
        execute pg_catalog.format('alter role %I set idle_in_transaction_session_timeout = %L', login, '10s');
        execute pg_catalog.format('alter role %I set statement_timeout = %L', login, '30s');
        execute pg_catalog.format('alter role %I set lock_timeout = %L', login, '5s');
        execute pg_catalog.format('alter role %I set search_path = pg_catalog', login);
        execute pg_catalog.format('alter role %I set temp_file_limit = %L', login, '64MB');
    end
    $$;

-- Adds a person, or brings one who is known up to date and back to work. `body` is the person as the feed tells it;
-- `verifier` is what PostgreSQL keeps of a password (SCRAM), '' for the one that stands. 22023 says what is wrong.
create function tajzia.set_staff(login text, body text, verifier text) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
    declare
        who text := tajzia.administering();
        person json := set_staff.body::json;
        role text := person ->> 'role';
        its_group text := 'tajzia_' || role || 's';
        stands record;
        known tajzia.staff;
        other text;
    begin
        if set_staff.login is null or set_staff.verifier is null or set_staff.login !~ '^[a-z][a-z0-9_.]{1,30}$'
            or set_staff.login ~ '^(tajzia_|pg_)' or set_staff.login = 'registrar'
            or person ->> 'id' is distinct from set_staff.login
        then
            raise exception '% cannot be the login of a member of staff', set_staff.login
                using errcode = '22023', hint = 'login';
        end if;
        if role is null
            or role not in ('clerk', 'inspector', 'supervisor', 'body_officer', 'auditor', 'administrator')
            or person ->> 'active' is distinct from 'true'
        then
            raise exception 'this is no role of a member of staff' using errcode = '22023';
        end if;
        if set_staff.login = who and role <> 'administrator' then
            raise exception 'nobody takes their own rights away' using errcode = '22023', hint = 'own';
        end if;
        if set_staff.verifier <> '' and set_staff.verifier !~
            '^SCRAM-SHA-256\$(4096|[5-9][0-9]{3}|[1-9][0-9]{4,5}):[A-Za-z0-9+/]{22,64}={0,2}\$[A-Za-z0-9+/]{43}=:[A-Za-z0-9+/]{43}=$'
        then
            raise exception 'this is no SCRAM verifier' using errcode = '22023';
        end if;
        select r.rolsuper, pg_catalog.pg_has_role(r.oid, 'tajzia_staff', 'member') as ours into stands
        from pg_catalog.pg_roles r where r.rolname = set_staff.login;
        select s.* into known from tajzia.staff s where s.login = set_staff.login for update;
        if stands.rolsuper or (known.login is null and not stands.ours) then
            raise exception '% is another role of this database server', set_staff.login
                using errcode = '22023', hint = 'login_taken';
        end if;
        if stands.rolsuper is null then
            if set_staff.verifier = '' then
                raise exception 'a new login needs a password' using errcode = '22023', hint = 'password';
            end if;
            execute pg_catalog.format('create role %I login inherit', set_staff.login);
        end if;
        execute pg_catalog.format('alter role %I login', set_staff.login);
        perform tajzia.limit_login(set_staff.login);
        for other in
            select g.rolname from pg_catalog.pg_auth_members m
            join pg_catalog.pg_roles g on g.oid = m.roleid join pg_catalog.pg_roles p on p.oid = m.member
            where p.rolname = set_staff.login and g.rolname <> its_group
        loop
            execute pg_catalog.format('revoke %I from %I', other, set_staff.login);
        end loop;
        execute pg_catalog.format('grant %I to %I', its_group, set_staff.login);
        if set_staff.verifier <> '' then
            execute pg_catalog.format('alter role %I password %L', set_staff.login, set_staff.verifier);
        end if;
        if not known.active then
            -- Nothing that was signed while they were gone counts: they come back with fresh keys.
            insert into tajzia.author_key_retired (login, device, public_key, registered_at)
            select k.login, k.device, k.public_key, k.registered_at from tajzia.author_key k
            where k.login = set_staff.login
            on conflict do nothing;
            delete from tajzia.author_key k where k.login = set_staff.login;
        end if;
        insert into tajzia.staff as s (login, sees, branches, all_branches, body, active)
        values (
            set_staff.login,
            case role when 'body_officer' then 'body' when 'administrator' then 'none' else 'all' end,
            array(select b.value::integer from pg_catalog.json_array_elements_text(person -> 'branches') b order by 1),
            (person ->> 'all_branches')::boolean,
            person ->> 'body',
            true
        )
        on conflict on constraint staff_pkey do update set sees = excluded.sees, branches = excluded.branches,
            all_branches = excluded.all_branches, body = excluded.body, active = true, disabled_at = null,
            disabled_by = '';
        insert into tajzia.staff_news as n (login, body) values (set_staff.login, set_staff.body)
        on conflict on constraint staff_news_pkey do update set body = excluded.body;
        perform pg_catalog.pg_notify('tajzia_inbox', '');
    end
    $$;

-- Ends a person's sessions and lets in none; what arrives in their name from now on is put aside. False: was so before.
create function tajzia.disable_staff(of_login text) returns boolean
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
    declare
        who text := tajzia.administering();
        known tajzia.staff;
        person text;
    begin
        select s.* into known from tajzia.staff s where s.login = of_login for update;
        if known.login is null then
            raise exception 'nobody of the staff is called %', of_login using errcode = '22023', hint = 'nobody';
        end if;
        if known.login = who then
            raise exception 'nobody takes their own rights away' using errcode = '22023', hint = 'own';
        end if;
        execute pg_catalog.format('alter role %I nologin', known.login);
        update tajzia.staff s set active = false, disabled_at = pg_catalog.now(), disabled_by = who
        where s.login = known.login and s.active;
        person := coalesce(
            (select n.body from tajzia.staff_news n where n.login = known.login),
            (select f.body from tajzia.fact f where f.kind = 'staff' and f.id = known.login)
        );
        if person is not null then
            insert into tajzia.staff_news as n (login, body)
            values (known.login, pg_catalog.jsonb_set(person::jsonb, '{active}', 'false')::text)
            on conflict on constraint staff_news_pkey do update set body = excluded.body;
        end if;
        perform tajzia.end_sessions_of_login(known.login);
        perform pg_catalog.pg_notify('tajzia_inbox', '');
        return known.active;
    end
    $$;

-- Lets a device make its certificate with the code of this digest; an earlier code of the same device is worth nothing
-- any more. A device that is known keeps its numbers only where its store is: it is asked for on purpose (`again`).
create function tajzia.invite_device(of_device text, of_branch integer, digest bytea, hours integer, again boolean,
                                     out expires_at timestamptz, out password text)
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
    declare
        who text := tajzia.administering();
        known boolean := exists (select from tajzia.device d where d.id = of_device);
    begin
        if of_device is null or of_device !~ '^[A-Z][A-Z0-9]{0,11}$' then
            raise exception '% cannot be the name of a device', of_device using errcode = '22023', hint = 'device';
        end if;
        if of_branch is null or of_branch not between 0 and 99 then
            raise exception 'this is no district' using errcode = '22023';
        end if;
        if hours is null or hours not between 1 and 720 then
            raise exception 'a code is good for an hour to thirty days' using errcode = '22023';
        end if;
        if known and invite_device.again is distinct from true then
            raise exception 'a device is called % already', of_device using errcode = '22023', hint = 'known';
        end if;
        if invite_device.again and not known then
            raise exception 'no device is called %', of_device using errcode = '22023', hint = 'unknown';
        end if;
        update tajzia.invitation i set state = 'withdrawn', ended_at = pg_catalog.now()
        where i.device = of_device and i.state in ('open', 'asked');
        invite_device.expires_at := pg_catalog.clock_timestamp() + pg_catalog.make_interval(hours => hours);
        insert into tajzia.invitation (digest, device, branch, again, made_by, expires_at)
        values (invite_device.digest, of_device, of_branch, coalesce(invite_device.again, false), who,
                invite_device.expires_at);
        select d.password into invite_device.password from tajzia.door d;
        -- Roles are not in a database's backup, and may have been made anew.
        execute (select pg_catalog.format('alter role tajzia_enrol login password %L', d.verifier) from tajzia.door d);
    end
    $$;

create function tajzia.withdraw_invitation(of_device text) returns boolean
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
    begin
        perform tajzia.administering();
        update tajzia.invitation i set state = 'withdrawn', ended_at = pg_catalog.now()
        where i.device = of_device and i.state in ('open', 'asked');
        return found;
    end
    $$;

-- Ends a device's sessions; from now on it may hand over what it holds, all of which is put aside, and do nothing
-- else. What lies undecided is put aside too. False: was so before.
create function tajzia.revoke_device(of_device text, why text) returns boolean
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
    declare
        who text := tajzia.administering();
        was boolean;
    begin
        if pg_catalog.length(pg_catalog.btrim(coalesce(why, ''))) not between 1 and 500 then
            raise exception 'a reason is needed' using errcode = '22023';
        end if;
        -- Before the row is locked: a session that submits holds it.
        perform tajzia.end_sessions_of_device(of_device);
        perform pg_catalog.set_config('lock_timeout', '0', true);
        -- The invitation before the device: so does the registrar when it signs.
        update tajzia.invitation i set state = 'withdrawn', ended_at = pg_catalog.now()
        where i.device = of_device and i.state in ('open', 'asked');
        update tajzia.device d set active = false, revoked_at = pg_catalog.now(), revoked_by = who,
            revoked_why = pg_catalog.btrim(why)
        where d.id = of_device and d.active;
        was := found;
        if not was and not exists (select from tajzia.device d where d.id = of_device) then
            raise exception 'no device is called %', of_device using errcode = '22023', hint = 'unknown';
        end if;
        update tajzia.inbox b set state = 'quarantined', reason = 'device_revoked', decided_at = pg_catalog.now()
        where b.device = of_device and b.state = 'waiting' and b.released_by = '';
        perform tajzia.end_sessions_of_device(of_device);
        perform pg_catalog.pg_notify('tajzia_inbox', '');
        return was;
    end
    $$;

-- Has the registrar decide what was put aside, although it was. Evidence of tampering is no command, and stays.
create function tajzia.release_aside(of_command text) returns boolean
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
    declare
        who text := tajzia.administering();
    begin
        update tajzia.inbox b set state = 'waiting', reason = '', reference = '', decided_at = null, released_by = who
        where b.command_id = of_command and b.state = 'quarantined' and b.sequence is not null;
        if found then
            perform pg_catalog.pg_notify('tajzia_inbox', '');
            return true;
        end if;
        return false;
    end
    $$;

-- Puts away what was put aside, for good; the row stays, with the reason, and the device is told by the registrar.
create function tajzia.discard_aside(of_command text, why text) returns boolean
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
    declare
        who text := tajzia.administering();
    begin
        if pg_catalog.length(pg_catalog.btrim(coalesce(why, ''))) not between 1 and 500 then
            raise exception 'a reason is needed' using errcode = '22023';
        end if;
        update tajzia.inbox b set state = 'discarded', released_by = who, discarded_why = pg_catalog.btrim(why),
            decided_at = null
        where b.command_id = of_command and b.state = 'quarantined';
        if found then
            perform pg_catalog.pg_notify('tajzia_inbox', '');
            return true;
        end if;
        return false;
    end
    $$;

create function tajzia.set_lease(for_days integer) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
    begin
        perform tajzia.administering();
        if for_days is null or for_days not between 1 and 365 then
            raise exception 'a lease is of 1 to 365 days' using errcode = '22023';
        end if;
        update tajzia.lease set days = for_days;
    end
    $$;

-- Every device, and every one that is awaited.
create function tajzia.list_devices()
    returns table (device text, branch integer, state text, enrolled_at timestamptz, revoked_at timestamptz,
                   revoked_by text, revoked_why text, seen_at timestamptz, seen_login text, version text,
                   clock_ahead double precision, waiting bigint, put_aside bigint, invited_until timestamptz)
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $$
    begin
        perform tajzia.administering();
        return query
            select coalesce(d.id, i.device), coalesce(d.branch, i.branch),
                   case when d.active then 'active' when d.id is null then 'invited' else 'revoked' end,
                   d.enrolled_at, d.revoked_at, coalesce(d.revoked_by, ''), coalesce(d.revoked_why, ''), c.at,
                   coalesce(c.login, ''), coalesce(c.version, ''),
                   coalesce(extract(epoch from t.ahead), 0)::double precision,
                   (select count(*) from tajzia.inbox b where b.device = d.id and b.state = 'waiting'),
                   (select count(*) from tajzia.inbox b where b.device = d.id and b.state = 'quarantined'),
                   i.expires_at
            from tajzia.device d
            full join (select * from tajzia.invitation o
                       where o.state = 'asked' or (o.state = 'open' and o.expires_at > pg_catalog.clock_timestamp())) i
                on i.device = d.id
            left join tajzia.contact c on c.device = d.id
            left join tajzia.device_clock t on t.device = d.id
            order by 1;
    end
    $$;

create function tajzia.list_staff()
    returns table (login text, body text, active boolean, disabled_at timestamptz, disabled_by text, seen_at timestamptz)
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $$
    begin
        perform tajzia.administering();
        return query
            select s.login, coalesce(n.body, f.body, ''), s.active, s.disabled_at, s.disabled_by,
                   (select max(c.at) from tajzia.contact c where c.login = s.login)
            from tajzia.staff s
            left join tajzia.staff_news n on n.login = s.login
            left join tajzia.fact f on f.kind = 'staff' and f.id = s.login
            order by 1;
    end
    $$;

-- What was put aside: who, where, when, why and what kind of thing; never what it says, which is not for administrators.
create function tajzia.list_aside(after bigint, most integer)
    returns table (arrival bigint, command text, device text, author text, kind text, reason text, reference text,
                   submitted_by text, submitted_at timestamptz, may_be_released boolean)
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $$
    begin
        perform tajzia.administering();
        return query
            select b.arrival, b.command_id, b.device,
                   case when b.sequence is null then ''
                        else pg_catalog.left(pg_catalog.convert_from(b.payload, 'UTF8')::json ->> 'author', 64) end,
                   case when b.sequence is null then ''
                        else pg_catalog.left(pg_catalog.convert_from(b.payload, 'UTF8')::json ->> 'kind', 64) end,
                   b.reason, b.reference, b.submitted_by, b.submitted_at, b.sequence is not null
            from tajzia.inbox b
            where b.state = 'quarantined' and b.arrival > list_aside.after
            order by b.arrival limit least(greatest(most, 1), 500);
    end
    $$;

create function tajzia.lease_days() returns integer
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $$
    begin
        perform tajzia.administering();
        return (select l.days from tajzia.lease l);
    end
    $$;
