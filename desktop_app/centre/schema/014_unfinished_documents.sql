-- Documents that were begun and never finished are thrown away once nothing more has come of them for long.

-- How many documents. What is on its way holds the table until its transaction ends, so that nothing is taken from under
-- a device that goes on just now; where that lasts, nothing is done this time. Whoever goes on later begins anew.
create function tajzia.drop_unfinished_documents(untouched_since timestamptz) returns integer
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp set lock_timeout = '200ms'
    as $$
    declare
        dropped integer;
    begin
        if not exists (select from tajzia.attachment_part p where p.sent_at < untouched_since) then
            return 0;
        end if;
        lock table tajzia.attachment_part in access exclusive mode;
        with old as (
            select p.device, p.digest from tajzia.attachment_part p
            group by p.device, p.digest having max(p.sent_at) < untouched_since
        ), gone as (
            delete from tajzia.attachment_part p using old
            where p.device = old.device and p.digest = old.digest
            returning p.device, p.digest
        )
        select count(distinct (g.device, g.digest)) into dropped from gone g;
        return dropped;
    exception when lock_not_available then
        return 0;
    end
    $$;
create index attachment_part_by_age on tajzia.attachment_part (sent_at);
