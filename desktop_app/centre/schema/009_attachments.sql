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

-- Both walk along the index of the feed. Sorting a whole branch for each page would spill to files, of which a login may
-- fill few; so the other plans are ruled out.
alter function tajzia.snapshot(integer, bigint, bigint, integer) set enable_sort = off;
alter function tajzia.snapshot(integer, bigint, bigint, integer) set enable_seqscan = off;
alter function tajzia.snapshot(integer, bigint, bigint, integer) set enable_bitmapscan = off;
alter function tajzia.pull(integer, bigint, integer) set enable_sort = off;
alter function tajzia.pull(integer, bigint, integer) set enable_seqscan = off;
alter function tajzia.pull(integer, bigint, integer) set enable_bitmapscan = off;

-- Documents: each once, under its SHA-256, whoever sent it; and what is still on its way, for each device by itself,
-- so that nobody can spoil what another sends.
create table tajzia.attachment (
    digest text primary key check (digest = encode(sha256(content), 'hex')),
    content bytea not null check (octet_length(content) between 1 and 20971520),
    content_type text not null,
    submitted_by text not null,
    device text not null,
    stored_at timestamptz not null default now()
);
create table tajzia.attachment_part (
    digest text not null check (digest ~ '^[0-9a-f]{64}$'),
    device text not null references tajzia.device,
    start integer not null check (start >= 0),
    data bytea not null check (octet_length(data) between 1 and 262144),
    sent_at timestamptz not null default now(),
    primary key (device, digest, start)
);
alter table tajzia.attachment enable row level security;
alter table tajzia.attachment_part enable row level security;
-- Compressed they would not get smaller, and a piece in the middle could not be read by itself.
alter table tajzia.attachment alter column content set storage external;
alter table tajzia.attachment_part alter column data set storage external;

-- Which request refers to which document, kept in step with the requests' own word.
create table tajzia.attached (
    request_id text not null,
    digest text not null,
    primary key (digest, request_id)
);
alter table tajzia.attached enable row level security;
create function tajzia.keep_attached() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
    begin
        if new.body is not null and new.body like '%"documents":[{%' then
            insert into tajzia.attached (request_id, digest)
            select new.id, d ->> 'digest' from json_array_elements(new.body::json -> 'documents') d
            on conflict do nothing;
        end if;
        return null;
    end
    $$;
create trigger keep_attached after insert or update of body on tajzia.fact
    for each row when (new.kind = 'request') execute function tajzia.keep_attached();

-- Whoever sees a request sees its documents.
create policy documents_of_visible_requests on tajzia.attachment for select to tajzia_reader
    using (exists (
        select from tajzia.attached a join tajzia.fact f on f.kind = 'request' and f.id = a.request_id
        where a.digest = attachment.digest
    ));
create policy attached_is_the_policys on tajzia.attached for select to tajzia_reader using (true);
create policy intake_stores on tajzia.attachment for insert to tajzia_intake
    with check (submitted_by = session_user and device = (select tajzia.my_device()));
create policy intake_compares on tajzia.attachment for select to tajzia_intake using (true);
create policy own_parts on tajzia.attachment_part to tajzia_intake
    using (device = (select tajzia.my_device())) with check (device = (select tajzia.my_device()));
create policy registrar_reads on tajzia.attachment for select to tajzia_registrar using (true);
grant select on tajzia.attachment, tajzia.attached to tajzia_reader;
grant select, insert on tajzia.attachment to tajzia_intake;
grant select, insert, delete on tajzia.attachment_part to tajzia_intake;
grant select (digest, content_type, submitted_by, device, stored_at) on tajzia.attachment to tajzia_registrar;

-- How many bytes of each the centre has of this device; -1 for what it holds whole.
create function tajzia.held_attachments(digests text[]) returns table (digest text, have integer)
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $$
    declare
        its_device text := tajzia.admit();
    begin
        if pg_catalog.cardinality(digests) > 200 then
            raise exception 'at most 200 documents are asked for at once' using errcode = '22023';
        end if;
        return query
            select d, case
                when exists (select from tajzia.attachment a where a.digest = d) then -1
                else coalesce((select sum(pg_catalog.octet_length(p.data)) from tajzia.attachment_part p
                               where p.device = its_device and p.digest = d), 0)::integer
            end
            from pg_catalog.unnest(digests) d;
    end
    $$;

-- Takes a chunk; with the last one the whole is checked (hash, size, type) and stored once. Says as held_attachments.
-- -2, -3: its hash or its type is wrong, and what was sent of it is thrown away. TJ003: this call is of nobody who uses
-- the program.
create function tajzia.put_attachment(its_digest text, size integer, start integer, data bytea) returns integer
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
    declare
        its_device text := tajzia.admit();
        have integer;
        whole bytea;
        kind text;
    begin
        if its_digest is null or its_digest !~ '^[0-9a-f]{64}$' or size is null or size not between 1 and 20971520
            or start is null or data is null or pg_catalog.octet_length(data) not between 1 and 262144
        then
            raise exception 'malformed' using errcode = 'TJ003';
        end if;
        if exists (select from tajzia.attachment a where a.digest = its_digest) then
            return -1;
        end if;
        select coalesce(sum(pg_catalog.octet_length(p.data)), 0) into have
        from tajzia.attachment_part p where p.device = its_device and p.digest = its_digest;
        if start <> have then
            return have;
        end if;
        if start + pg_catalog.octet_length(data) > size then
            raise exception 'too_large' using errcode = 'TJ003';
        end if;
        if (select count(distinct p.digest) from tajzia.attachment_part p
            where p.device = its_device and p.digest <> its_digest) >= 50
        then
            raise exception 'too many documents of this device are on their way' using errcode = '53400';
        end if;
        insert into tajzia.attachment_part (digest, device, start, data)
        values (its_digest, its_device, start, data) on conflict do nothing;
        have := start + pg_catalog.octet_length(data);
        if have < size then
            return have;
        end if;
        -- A line that broke leaves the earlier call at work: the insert above waited for its end, and its end may have
        -- been that the whole is stored and its parts are gone.
        if exists (select from tajzia.attachment a where a.digest = its_digest) then
            delete from tajzia.attachment_part p where p.device = its_device and p.digest = its_digest;
            return -1;
        end if;
        select pg_catalog.string_agg(p.data, ''::bytea order by p.start) into whole
        from tajzia.attachment_part p where p.device = its_device and p.digest = its_digest;
        delete from tajzia.attachment_part p where p.device = its_device and p.digest = its_digest;
        kind := case
            when pg_catalog.substr(whole, 1, 5) = '%PDF-'::bytea then 'application/pdf'
            when pg_catalog.substr(whole, 1, 3) = '\xffd8ff'::bytea then 'image/jpeg'
            when pg_catalog.substr(whole, 1, 8) = '\x89504e470d0a1a0a'::bytea then 'image/png'
            when pg_catalog.substr(whole, 1, 4) in ('\x49492a00'::bytea, '\x4d4d002a'::bytea) then 'image/tiff'
        end;
        if pg_catalog.encode(pg_catalog.sha256(whole), 'hex') <> its_digest then
            return -2;
        end if;
        if kind is null then
            return -3;
        end if;
        insert into tajzia.attachment (digest, content, content_type, submitted_by, device)
        values (its_digest, whole, kind, session_user, its_device) on conflict do nothing;
        return -1;
    end
    $$;

create function tajzia.fetch_attachment(wanted text, start integer, most integer) returns bytea
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $$
    begin
        perform tajzia.admit();
        if start is null or start < 0 or start > 20971520 then
            return null;
        end if;
        return (select pg_catalog.substr(a.content, start + 1, least(greatest(most, 1), 262144))
                from tajzia.attachment a where a.digest = wanted);
    end
    $$;

-- Which versions of the protocol the registrar reads; set by `provision`.
create table tajzia.protocol (
    one boolean primary key default true check (one),
    oldest integer not null,
    newest integer not null
);
insert into tajzia.protocol (oldest, newest) values (1, 1);
alter table tajzia.protocol enable row level security;
create policy protocol_is_everybodys on tajzia.protocol for select to tajzia_reader using (true);
grant select on tajzia.protocol to tajzia_reader;
create function tajzia.protocols(out oldest integer, out newest integer)
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $$
    begin
        perform tajzia.admit();
        select p.oldest, p.newest into protocols.oldest, protocols.newest from tajzia.protocol p;
    end
    $$;

-- A request's notices are found as a range of ids, from its own id with a colon to the same with the sign after it:
-- which sign comes after which, is for the database's language to say, unless it is said here.
alter table tajzia.outbox alter column notice_id type text collate "C";
