-- All that a workstation can do. `provisioning` hands scope, pull and fetch_paper to tajzia_reader, submit and
-- register_key to tajzia_intake, and takes every right from PUBLIC.

create function tajzia.scope(out epoch text, out branches integer[], out server_time timestamptz)
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $$
    begin
        perform tajzia.admit();
        scope.epoch := tajzia.my_epoch();
        scope.branches := array[0] || tajzia.my_branches();
        scope.server_time := pg_catalog.clock_timestamp();
    end
    $$;

-- The rows of one branch after a cursor; before them one row that names the epoch and the branch's last sequence. One
-- statement, so one snapshot: what this last sequence counts is in the rows or was there before.
create function tajzia.pull(of_branch integer, after bigint, most integer)
    returns table (kind text, id text, sequence bigint, body text)
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $$
    declare
        many integer := least(greatest(most, 1), 5000) + 1;
    begin
        perform tajzia.admit();
        if of_branch <> 0 and not of_branch = any (tajzia.my_branches()) then
            raise exception 'branch % is not in your scope', of_branch using errcode = 'TJ001';
        end if;
        return query
            select null::text, tajzia.my_epoch(), coalesce(max(c.last), 0), null::text
            from tajzia.feed_counter c where c.branch = of_branch
            union all
            select * from (
                (select f.kind, f.id, f.sequence, f.body
                 from tajzia.fact f
                 where f.branch = of_branch and f.sequence > after
                 order by f.sequence limit many)
                union all
                (select d.kind, d.id, d.sequence, null
                 from tajzia.departure d
                 where d.branch = of_branch and d.sequence > after
                 order by d.sequence limit many)
                order by 3 limit many
            ) page;
    end
    $$;

create function tajzia.fetch_paper(wanted text) returns bytea
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $$
    begin
        perform tajzia.admit();
        return (select p.content from tajzia.paper p where p.digest = wanted);
    end
    $$;

create function tajzia.register_key(public_key bytea) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
    declare
        device text := tajzia.admit();
    begin
        if pg_catalog.octet_length(public_key) is distinct from 32 then
            raise exception 'an Ed25519 public key has 32 bytes' using errcode = '22023';
        end if;
        if (select count(*) from tajzia.author_key k) >= 64 then
            raise exception 'too many keys of one person on one device' using errcode = 'TJ001';
        end if;
        insert into tajzia.author_key (login, device, public_key)
        values (session_user, device, register_key.public_key)
        on conflict do nothing;
    end
    $$;

-- For the registrar: ends sessions of staff that sit in a transaction, whatever they have set for themselves.
create function tajzia.end_idle_transactions(seconds integer) returns integer
    language sql security definer set search_path = pg_catalog, pg_temp
    as $$
        select count(*)::integer
        from (
            select pg_catalog.pg_terminate_backend(a.pid)
            from pg_catalog.pg_stat_activity a
            join tajzia.staff s on s.login = a.usename
            where a.datname = pg_catalog.current_database()
              and a.state in ('idle in transaction', 'idle in transaction (aborted)')
              and a.state_change < pg_catalog.clock_timestamp() - pg_catalog.make_interval(secs => seconds)
            offset 0
        ) ended
    $$;

-- Stores signed commands, each once. Verdicts: stored, known, quarantined (kept as evidence; a person must look),
-- tampered (another payload stands under this command's id or this device's sequence; kept as evidence too).
create function tajzia.submit(payloads bytea[], signatures bytea[])
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
    begin
        if tajzia.my_sight() is null or device.id is null then
            perform tajzia.admit();
        end if;
        if pg_catalog.cardinality(payloads) is distinct from pg_catalog.cardinality(signatures)
            or pg_catalog.cardinality(payloads) > 500
        then
            raise exception 'a batch is at most 500 payloads, each with a signature' using errcode = '22023';
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
                verdict := 'tampered';
            end if;
            return next;
        end loop;
        if waits then
            perform pg_catalog.pg_notify('tajzia_inbox', '');
        end if;
    end
    $$;
