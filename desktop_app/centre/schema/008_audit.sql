-- The audit chain, its signed heads, what each branch holds, the devices' clocks; and a feed that says why something
-- is no longer there.

alter table tajzia.feed_counter
    add column position bigint not null default 0,
    add column head bytea not null default decode(repeat('00', 32), 'hex') check (octet_length(head) = 32);
comment on column tajzia.feed_counter.position is 'How many entries the audit chain of the branch has; head is its hash.';

alter table tajzia.fact
    add column digest numeric(78, 0),
    add column vouched bigint;
comment on column tajzia.fact.digest is 'Of kind, id and body (wire/digests.py); null once it is deleted.';
comment on column tajzia.fact.vouched is 'The entry of its branch''s chain that last told of it.';

create table tajzia.audit (
    branch integer not null references tajzia.feed_counter,
    position bigint not null,
    command_id text not null,
    previous bytea not null,
    record text not null,
    hash bytea not null,
    primary key (branch, position)
);
comment on table tajzia.audit is 'One chain for each branch (docs/audit.md). Rows are added and never changed.';
create index audit_of_command on tajzia.audit (command_id) where command_id <> '';

create table tajzia.audit_head (
    branch integer not null references tajzia.feed_counter,
    position bigint not null,
    signed_at timestamptz not null,
    statement text not null,
    signature bytea not null,
    key bytea not null,
    primary key (branch, position, signed_at)
);
comment on table tajzia.audit_head is 'Where each chain had come to, signed with the centre''s audit key.';

create table tajzia.holding (
    branch integer not null references tajzia.feed_counter,
    kind text not null,
    held bigint not null,
    total numeric(78, 0) not null,
    primary key (branch, kind)
);
comment on table tajzia.holding is 'How many facts of a kind a branch holds, and the sum of their digests modulo 2^256.';

create table tajzia.device_clock (
    device text primary key references tajzia.device,
    measured_at timestamptz not null,
    ahead interval not null,
    told_by text not null
);
comment on table tajzia.device_clock is 'By how much each device''s clock was ahead of the centre''s when it last told.';

alter table tajzia.inbox add column clock_ahead interval;
comment on column tajzia.inbox.clock_ahead is
    'By how much the device''s clock was ahead when this was delivered; null where it did not tell. Evidence only.';

alter table tajzia.audit enable row level security;
alter table tajzia.audit_head enable row level security;
alter table tajzia.holding enable row level security;
alter table tajzia.device_clock enable row level security;

create policy registrar_works on tajzia.audit to tajzia_registrar using (true) with check (true);
create policy registrar_works on tajzia.audit_head to tajzia_registrar using (true) with check (true);
create policy registrar_works on tajzia.holding to tajzia_registrar using (true) with check (true);
-- Entries only ever come; nobody who logs in can change one.
grant select, insert on tajzia.audit, tajzia.audit_head to tajzia_registrar;
grant select, insert, update on tajzia.holding to tajzia_registrar;

create policy chains_of_scope on tajzia.audit for select to tajzia_reader
    using ((select tajzia.my_sight()) = 'all' and (branch = 0 or branch = any ((select tajzia.my_branches())::integer[])));
create policy heads_of_scope on tajzia.audit_head for select to tajzia_reader
    using ((select tajzia.my_sight()) = 'all' and (branch = 0 or branch = any ((select tajzia.my_branches())::integer[])));
create policy holdings_of_scope on tajzia.holding for select to tajzia_reader
    using (
        case (select tajzia.my_sight())
            when 'all' then (branch = 0 and kind <> 'outcome')
                or branch = any ((select tajzia.my_branches())::integer[])
            else branch = 0 and kind in ('reference', 'staff')
        end
    );
grant select on tajzia.audit, tajzia.audit_head, tajzia.holding to tajzia_reader;

create policy own_clock on tajzia.device_clock to tajzia_intake
    using (device = (select tajzia.my_device()))
    with check (device = (select tajzia.my_device()) and told_by = session_user);
grant select, insert, update on tajzia.device_clock to tajzia_intake;
create policy steward_reads on tajzia.device_clock for select to tajzia_steward using (true);
grant select on tajzia.device_clock to tajzia_steward;

-- Few rows of a body officer's branches await an answer: found without walking through the branch.
create index fact_awaiting on tajzia.fact (branch) where kind = 'request' and awaits <> '{}';

-- A device tells what time it takes it to be; the difference stays with what it delivers in the next minute.
create function tajzia.tell_clock(device_time timestamptz) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
    declare
        asking text := tajzia.admit();
        there timestamptz := least(greatest(device_time, '1900-01-01 00:00Z'), '9999-12-31 00:00Z');
    begin
        if there is null then
            raise exception 'a time is needed' using errcode = '22023';
        end if;
        insert into tajzia.device_clock as c (device, measured_at, ahead, told_by)
        values (asking, pg_catalog.clock_timestamp(), there - pg_catalog.clock_timestamp(), session_user)
        on conflict (device) do update
            set measured_at = excluded.measured_at, ahead = excluded.ahead, told_by = excluded.told_by;
    end
    $$;

create function tajzia.note_clock() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
    begin
        select c.ahead into new.clock_ahead
        from tajzia.device_clock c
        where c.device = new.device
          and c.measured_at > pg_catalog.clock_timestamp() - pg_catalog.make_interval(mins => 1);
        return new;
    end
    $$;
create trigger note_clock before insert on tajzia.inbox for each row execute function tajzia.note_clock();

-- Entries of one chain after a position.
create function tajzia.audit_page(of_branch integer, after bigint, most integer)
    returns table (branch integer, "position" bigint, command_id text, previous bytea, record text, hash bytea)
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $$
    begin
        perform tajzia.admit();
        if of_branch <> 0 and not of_branch = any (tajzia.my_branches()) then
            raise exception 'branch % is not in your scope', of_branch using errcode = 'TJ001';
        end if;
        return query
            select a.branch, a.position, a.command_id, a.previous, a.record, a.hash
            from tajzia.audit a
            where a.branch = of_branch and a.position > after
            order by a.position limit least(greatest(most, 1), 1000);
    end
    $$;

-- The newest signed head of every chain in scope.
create function tajzia.audit_heads() returns table (statement text, signature bytea, key bytea)
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $$
    begin
        perform tajzia.admit();
        return query
            select newest.statement, newest.signature, newest.key
            from tajzia.feed_counter c
            cross join lateral (
                select h.statement, h.signature, h.key from tajzia.audit_head h
                where h.branch = c.branch order by h.position desc, h.signed_at desc limit 1
            ) newest;
    end
    $$;

-- What the centre holds of everything in scope, and where the feeds stood at that moment: a row for every kind that
-- can be compared, nothing held of it included. (Of outcomes in branch 0, each device sees its own only.)
create function tajzia.holdings()
    returns table (epoch text, branch integer, last bigint, kind text, held bigint, total numeric)
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $$
    declare
        sight text;
        named text;
    begin
        perform tajzia.admit();
        sight := tajzia.my_sight();
        named := tajzia.my_epoch();
        return query
            select named, c.branch, c.last, k.kind, coalesce(h.held, 0), coalesce(h.total, 0)
            from tajzia.feed_counter c
            cross join pg_catalog.unnest(
                case
                    when sight = 'all' and c.branch = 0 then array['reference', 'staff', 'dues', 'booking']
                    when sight = 'all' then array['licence', 'request', 'event', 'notice', 'paper', 'outcome']
                    when c.branch = 0 then array['reference', 'staff']
                    else '{}'::text[]
                end
            ) k (kind)
            left join tajzia.holding h on h.branch = c.branch and h.kind = k.kind;
        if sight = 'body' then
            return query
                select named, c.branch, c.last, 'request'::text, coalesce(f.held, 0),
                       mod(coalesce(f.total, 0), 115792089237316195423570985008687907853269984665640564039457584007913129639936)
                from tajzia.feed_counter c
                left join (
                    select r.branch, count(*) as held, sum(r.digest) as total
                    from tajzia.fact r
                    where r.kind = 'request' and r.awaits <> '{}' and r.body is not null
                    group by r.branch
                ) f on f.branch = c.branch
                where c.branch <> 0;
        end if;
    end
    $$;

-- The same of one kind, by the first byte of the SHA-256 of the ids: where to look when the sums differ.
create function tajzia.holding_buckets(of_branch integer, of_kind text)
    returns table (bucket integer, held bigint, total numeric)
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $$
    begin
        perform tajzia.admit();
        if of_branch <> 0 and not of_branch = any (tajzia.my_branches()) then
            raise exception 'branch % is not in your scope', of_branch using errcode = 'TJ001';
        end if;
        return query
            select get_byte(sha256(convert_to(f.id, 'UTF8')), 0), count(*), mod(sum(f.digest), 115792089237316195423570985008687907853269984665640564039457584007913129639936)
            from tajzia.fact f
            where f.branch = of_branch and f.kind = of_kind and f.body is not null
            group by 1;
    end
    $$;

-- The facts of one bucket, whole.
create function tajzia.bucket(of_branch integer, of_kind text, of_bucket integer)
    returns table (id text, sequence bigint, body text)
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $$
    begin
        perform tajzia.admit();
        if of_branch <> 0 and not of_branch = any (tajzia.my_branches()) then
            raise exception 'branch % is not in your scope', of_branch using errcode = 'TJ001';
        end if;
        return query
            select f.id, f.sequence, f.body
            from tajzia.fact f
            where f.branch = of_branch and f.kind = of_kind and f.body is not null
              and get_byte(sha256(convert_to(f.id, 'UTF8')), 0) = of_bucket
            order by f.id;
    end
    $$;

-- As before, and each row without a body says whether the fact is no more, or has left what this person sees here.
drop function tajzia.pull(integer, bigint, integer);
create function tajzia.pull(of_branch integer, after bigint, most integer)
    returns table (kind text, id text, sequence bigint, body text, departed boolean)
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
            select null::text, tajzia.my_epoch(), coalesce(max(c.last), 0), null::text, false
            from tajzia.feed_counter c where c.branch = of_branch
            union all
            select * from (
                (select f.kind, f.id, f.sequence, f.body, false
                 from tajzia.fact f
                 where f.branch = of_branch and f.sequence > after
                 order by f.sequence limit many)
                union all
                (select d.kind, d.id, d.sequence, null, true
                 from tajzia.departure d
                 where d.branch = of_branch and d.sequence > after
                 order by d.sequence limit many)
                order by 3 limit many
            ) page;
    end
    $$;
