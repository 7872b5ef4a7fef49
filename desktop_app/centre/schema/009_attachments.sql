-- The snapshot of a branch for a workstation that is new, and the attachments of requests.

-- Where a snapshot stands in the feed of its branch, and how many facts there are to fetch.
create function tajzia.begin_snapshot(of_branch integer, out epoch text, out at bigint, out total bigint)
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $$
    begin
        perform tajzia.admit();
        if of_branch <> 0 and not of_branch = any (tajzia.my_branches()) then
            raise exception 'branch % is not in your scope', of_branch using errcode = 'TJ001';
        end if;
        begin_snapshot.epoch := tajzia.my_epoch();
        select coalesce(max(c.last), 0) into begin_snapshot.at from tajzia.feed_counter c where c.branch = of_branch;
        select count(*) into begin_snapshot.total
        from tajzia.fact f where f.branch = of_branch and f.body is not null;
    end
    $$;

-- A chunk of it, in the order of the feed; before the rows one that names the epoch. What has changed since it was
-- begun stands behind `upto` and is told by the feed, deletions and departures among it.
create function tajzia.snapshot(of_branch integer, after bigint, upto bigint, most integer)
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
        return query select null::text, tajzia.my_epoch(), null::bigint, null::text;
        return query
            select f.kind, f.id, f.sequence, f.body
            from tajzia.fact f
            where f.branch = of_branch and f.sequence > after and f.sequence <= upto and f.body is not null
            order by f.sequence limit many;
    end
    $$;
