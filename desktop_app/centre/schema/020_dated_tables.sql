-- The tables that an administrator edits: each change is a row of its own, valid from a day on (domain/dated_tables.py).

create table tajzia.dated_row (
    kind text not null check (kind in ('certificate', 'bodies', 'holiday', 'period')),
    key text not null check (key ~ '^[A-Za-z0-9_-]{1,40}$'),
    value text not null check (length(value) <= 600),
    valid_from date not null,
    reason text not null check (length(reason) between 1 and 600),
    set_by text not null,
    set_at timestamptz not null default clock_timestamp(),
    source text not null default '' check (length(source) <= 600),
    confirmed_by text not null default '',
    confirmed_at timestamptz,
    place bigint generated always as identity primary key
);
comment on table tajzia.dated_row is
    'Every change of an edited table, never deleted: the latest day counts, of one day what was written last. Without source it is unconfirmed.';

alter table tajzia.dated_row enable row level security;
create policy registrar_reads on tajzia.dated_row for select to tajzia_registrar using (true);
create policy steward_works on tajzia.dated_row to tajzia_steward using (true) with check (true);
grant select on tajzia.dated_row to tajzia_registrar;
grant select, insert, update (source, confirmed_by, confirmed_at) on tajzia.dated_row to tajzia_steward;

-- The types are checked here; what the codes name is checked by the rules, before and when it is published.
create function tajzia.set_dated_row(of_kind text, of_key text, new_value text, from_day date, why text) returns bigint
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
    declare
        who text := tajzia.administering();
        made bigint;
    begin
        if of_kind is null or of_key is null or new_value is null or from_day is null or why is null
            or from_day < (pg_catalog.clock_timestamp() at time zone 'Asia/Amman')::date
            or pg_catalog.btrim(why) = '' or pg_catalog.length(why) > 600
            or new_value ~ '[[:cntrl:]]'
            or not (case of_kind
                when 'certificate' then of_key ~ '^[A-Za-z0-9_-]{1,40}$' and new_value in ('yes', 'no')
                when 'bodies' then of_key ~ '^[A-Za-z0-9_-]{1,40}$' and new_value ~ '^([a-z_]{1,40}( [a-z_]{1,40}){0,11})?$'
                when 'holiday' then of_key = from_day::text and pg_catalog.length(new_value) <= 120
                when 'period' then of_key in ('rectification_days', 'completion_days', 'payment_days', 'reminder_days',
                                              'extension_days') and new_value ~ '^[1-9][0-9]{0,2}$'
                else false
            end)
        then
            raise exception 'a row has a table, a key, a value that fits, a day that has not passed, and a reason'
                using errcode = '22023';
        end if;
        insert into tajzia.dated_row (kind, key, value, valid_from, reason, set_by)
        values (of_kind, of_key, new_value, from_day, pg_catalog.btrim(why), who)
        returning place into made;
        perform pg_catalog.pg_notify('tajzia_inbox', '');
        return made;
    end
    $$;

-- Whether it was confirmed now: once only, with what says so.
create function tajzia.confirm_dated_row(of_place bigint, by_source text) returns boolean
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
    declare
        who text := tajzia.administering();
    begin
        if by_source is null or pg_catalog.btrim(by_source) = '' or pg_catalog.length(by_source) > 600
            or by_source ~ '[[:cntrl:]]'
        then
            raise exception 'what confirms a row is named in at most 600 characters' using errcode = '22023';
        end if;
        update tajzia.dated_row d
        set source = pg_catalog.btrim(by_source), confirmed_by = who, confirmed_at = pg_catalog.clock_timestamp()
        where d.place = of_place and d.source = '';
        if not found then
            return false;
        end if;
        perform pg_catalog.pg_notify('tajzia_inbox', '');
        return true;
    end
    $$;

-- Every change, the newest first.
create function tajzia.list_dated_rows(most integer)
    returns table (place bigint, kind text, key text, value text, valid_from date, source text, reason text,
                   set_by text, set_at timestamptz, confirmed_by text, confirmed_at timestamptz)
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $$
    begin
        perform tajzia.administering();
        return query
            select d.place, d.kind, d.key, d.value, d.valid_from, d.source, d.reason, d.set_by, d.set_at,
                   d.confirmed_by, d.confirmed_at
            from tajzia.dated_row d order by d.place desc limit least(greatest(most, 1), 20000);
    end
    $$;
