-- Which vocations need the Civil Defence's word is a table that an administrator edits, as the others are.
alter table tajzia.dated_row drop constraint dated_row_kind_check;
alter table tajzia.dated_row add constraint dated_row_kind_check
    check (kind in ('certificate', 'bodies', 'civil_defence', 'holiday', 'period'));

create or replace function tajzia.set_dated_row(of_kind text, of_key text, new_value text, from_day date, why text) returns bigint
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
            or not (case
                when of_kind in ('certificate', 'civil_defence') then of_key ~ '^[A-Za-z0-9_-]{1,40}$' and new_value in ('yes', 'no')
                when of_kind = 'bodies' then of_key ~ '^[A-Za-z0-9_-]{1,40}$' and new_value ~ '^([a-z_]{1,40}( [a-z_]{1,40}){0,11})?$'
                when of_kind = 'holiday' then of_key = from_day::text and pg_catalog.length(new_value) <= 120
                when of_kind = 'period' then of_key in ('rectification_days', 'completion_days', 'payment_days', 'reminder_days',
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
