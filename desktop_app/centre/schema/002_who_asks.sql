-- Who asks: the login is the session's, never the current role; the device is what the TLS session proved.

create function tajzia.asking_device() returns tajzia.device
    language sql stable security definer set search_path = pg_catalog, pg_temp
    as $$
        select d
        from pg_catalog.pg_stat_ssl s
        join tajzia.device d on s.client_dn = '/CN=' || d.id and s.client_serial = d.serial
        where s.pid = pg_catalog.pg_backend_pid()
    $$;

create function tajzia.asking_staff() returns tajzia.staff
    language sql stable security definer set search_path = pg_catalog, pg_temp
    as $$ select s from tajzia.staff s where s.login = session_user and s.active $$;

create function tajzia.my_sight() returns text
    language sql stable security definer set search_path = pg_catalog, pg_temp
    as $$ select (tajzia.asking_staff()).sees $$;

create function tajzia.my_body() returns text
    language sql stable security definer set search_path = pg_catalog, pg_temp
    as $$ select nullif((tajzia.asking_staff()).body, '') $$;

create function tajzia.my_device() returns text
    language sql stable security definer set search_path = pg_catalog, pg_temp
    as $$ select (tajzia.asking_device()).id $$;

create function tajzia.my_branches() returns integer[]
    language sql stable security definer set search_path = pg_catalog, pg_temp
    as $$
        select case
            when s.sees = 'none' then '{}'::integer[]
            when s.all_branches then array(select c.branch from tajzia.feed_counter c where c.branch <> 0 order by 1)
            else array(select b from pg_catalog.unnest(s.branches) b where b <> 0 order by 1)
        end
        from tajzia.asking_staff() s
    $$;

-- Whoever sees less of a branch reads another history of it: a cursor of theirs says nothing to others.
create function tajzia.my_epoch() returns text
    language sql stable security definer set search_path = pg_catalog, pg_temp
    as $$
        select e.name || case tajzia.my_sight() when 'body' then '/' || tajzia.my_body() when 'none' then '/-' else '' end
        from tajzia.epoch e
    $$;

-- TJ001 is told to the workstation as "not admitted".
create function tajzia.admit() returns text
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $$
    declare
        device tajzia.device := tajzia.asking_device();
    begin
        if tajzia.my_sight() is null then
            raise exception 'this login belongs to no active member of staff' using errcode = 'TJ001';
        end if;
        if device.id is null then
            raise exception 'the certificate belongs to no enrolled device' using errcode = 'TJ001';
        end if;
        if not device.active then
            raise exception 'this device has been revoked' using errcode = 'TJ001';
        end if;
        return device.id;
    end
    $$;
