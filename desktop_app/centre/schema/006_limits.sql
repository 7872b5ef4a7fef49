-- What nobody may wear out (the registrar's patience, the disk), and receipt numbers that are taken.

-- For the registrar: ends sessions of staff that sit in a transaction for so many seconds, and those whose
-- transaction has taken three times as long, whatever it does and whatever they have set for themselves. (A person
-- may lift any limit on statements of their own, and a transaction that is kept busy is never idle.)
create or replace function tajzia.end_idle_transactions(seconds integer) returns integer
    language sql security definer set search_path = pg_catalog, pg_temp
    as $$
        select count(*)::integer
        from (
            select pg_catalog.pg_terminate_backend(a.pid)
            from pg_catalog.pg_stat_activity a
            join tajzia.staff s on s.login = a.usename
            where a.datname = pg_catalog.current_database()
              and (
                  (
                      a.state in ('idle in transaction', 'idle in transaction (aborted)')
                      and a.state_change < pg_catalog.clock_timestamp() - pg_catalog.make_interval(secs => seconds)
                  )
                  or a.xact_start < pg_catalog.clock_timestamp() - pg_catalog.make_interval(secs => 3 * seconds)
              )
            offset 0
        ) ended
    $$;

create index inbox_quarantined_of_device on tajzia.inbox (device) where state = 'quarantined';

-- Stores signed commands, each once. Verdicts: stored, known, quarantined (kept as evidence; a person must look),
-- tampered (another payload stands under this command's id or this device's sequence; kept as evidence too). What one
-- device may have waiting or put aside at a time is limited (53400: nothing of the batch is stored, and the
-- workstation keeps it): a person must clear what was put aside before there is room for more.
create or replace function tajzia.submit(payloads bytea[], signatures bytea[])
    returns table (place integer, verdict text)
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
    declare
        device tajzia.device := tajzia.asking_device();
        head json;
        print bytea;
        its_id text;
        its_sequence bigint;
        why text;
        waits boolean := false;
        aside boolean := false;
    begin
        if tajzia.my_sight() is null or device.id is null then
            perform tajzia.admit();
        end if;
        if pg_catalog.cardinality(payloads) is distinct from pg_catalog.cardinality(signatures)
            or pg_catalog.cardinality(payloads) is null
            or pg_catalog.cardinality(payloads) > 500
            or pg_catalog.array_ndims(payloads) > 1
            or pg_catalog.array_position(payloads, null) is not null
            or pg_catalog.array_position(signatures, null) is not null
        then
            raise exception 'a batch is at most 500 payloads, each with a signature' using errcode = '22023';
        end if;
        if (select sum(pg_catalog.octet_length(p)) from pg_catalog.unnest(payloads) p) > 16777216 then
            raise exception 'a batch is at most 16 MiB' using errcode = '22023';
        end if;
        for i in 1 .. pg_catalog.cardinality(payloads) loop
            if pg_catalog.octet_length(payloads[i]) > 1048576 or pg_catalog.octet_length(signatures[i]) > 1024 then
                raise exception 'a command is at most 1 MiB' using errcode = '22023';
            end if;
            print := pg_catalog.sha256(payloads[i]);
            why := '';
            begin
                head := pg_catalog.convert_from(payloads[i], 'UTF8')::json;
                its_id := head ->> 'command_id';
                its_sequence := (head ->> 'sequence')::bigint;
                if its_id is null or its_sequence is null or pg_catalog.length(its_id) not between 1 and 64 then
                    why := 'unreadable';
                elsif head ->> 'device' is distinct from device.id then
                    why := 'another_device';
                end if;
            exception when data_exception or statement_too_complex then
                why := 'unreadable';
            end;
            if why <> '' then
                its_id := why || ':' || pg_catalog.encode(print, 'hex');
                its_sequence := null;
            elsif not device.active then
                why := 'device_revoked';
            end if;

            insert into tajzia.inbox (command_id, device, sequence, fingerprint, payload, signature, submitted_by,
                                      state, reason)
            values (its_id, device.id, its_sequence, print, payloads[i], signatures[i], session_user,
                    case why when '' then 'waiting' else 'quarantined' end, why)
            on conflict do nothing;
            place := i;
            if found then
                waits := waits or why = '';
                aside := aside or why <> '';
                verdict := case why when '' then 'stored' else 'quarantined' end;
            elsif exists (select from tajzia.inbox b
                          where b.command_id = its_id and b.device = device.id and b.fingerprint = print) then
                verdict := case why when '' then 'known' else 'quarantined' end;
            else
                insert into tajzia.inbox (command_id, device, fingerprint, payload, signature, submitted_by,
                                          state, reason)
                values ('tampered:' || pg_catalog.encode(print, 'hex'), device.id, print, payloads[i], signatures[i],
                        session_user, 'quarantined', 'tampered')
                on conflict do nothing;
                aside := aside or found;
                verdict := 'tampered';
            end if;
            return next;
        end loop;
        if aside and (select count(*) from (select from tajzia.inbox b
                                            where b.device = device.id and b.state = 'quarantined' limit 2001) a) > 2000
        then
            raise exception 'too much of this device was put aside; the centre must look at it first'
                using errcode = '53400';
        end if;
        if waits and (select count(*) from (select from tajzia.inbox b
                                            where b.device = device.id and b.state = 'waiting' limit 20001) w) > 20000
        then
            raise exception 'too much of this device waits to be decided' using errcode = '53400';
        end if;
        if waits then
            perform pg_catalog.pg_notify('tajzia_inbox', '');
        end if;
    end
    $$;

create table tajzia.receipt (
    number text primary key,
    request_id text not null
);
comment on table tajzia.receipt is 'Every receipt number that was ever written, so that none is written twice.';
alter table tajzia.receipt enable row level security;
create policy registrar_works on tajzia.receipt to tajzia_registrar using (true) with check (true);
grant select, insert on tajzia.receipt to tajzia_registrar;
insert into tajzia.receipt (number, request_id)
select receipt ->> 'number', f.id
from tajzia.fact f, json_array_elements(f.body::json -> 'payment' -> 'receipts') receipt
where f.kind = 'request' and f.body is not null
on conflict do nothing;
