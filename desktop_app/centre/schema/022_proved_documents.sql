-- A document goes by its hash, and a hash is no secret: it stands in requests. So it is written down which device has sent
-- the bytes themselves; only such a device may name a document that is at the centre, or in another request, already
-- (`PostgresWork.unproved`). A device is told of its own sending alone: not even whether a hash is stored.
create table tajzia.attachment_proof (
    digest text not null references tajzia.attachment,
    device text not null references tajzia.device,
    primary key (digest, device)
);
comment on table tajzia.attachment_proof is 'Which device has sent all the bytes of a document.';
insert into tajzia.attachment_proof (digest, device)
select a.digest, a.device from tajzia.attachment a join tajzia.device d on d.id = a.device;

alter table tajzia.attachment_proof enable row level security;
create policy own_proof on tajzia.attachment_proof to tajzia_intake
    using (device = (select tajzia.my_device())) with check (device = (select tajzia.my_device()));
create policy registrar_reads on tajzia.attachment_proof for select to tajzia_registrar using (true);
create policy registrar_reads on tajzia.attached for select to tajzia_registrar using (true);
grant select, insert on tajzia.attachment_proof to tajzia_intake;
grant select on tajzia.attachment_proof, tajzia.attached to tajzia_registrar;

create or replace function tajzia.held_attachments(digests text[]) returns table (digest text, have integer)
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
                when exists (select from tajzia.attachment_proof a where a.digest = d and a.device = its_device) then -1
                else coalesce((select sum(pg_catalog.octet_length(p.data)) from tajzia.attachment_part p
                               where p.device = its_device and p.digest = d), 0)::integer
            end
            from pg_catalog.unnest(digests) d;
    end
    $$;

create or replace function tajzia.put_attachment(its_digest text, size integer, start integer, data bytea) returns integer
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
        if exists (select from tajzia.attachment_proof a where a.digest = its_digest and a.device = its_device) then
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
        if exists (select from tajzia.attachment_proof a where a.digest = its_digest and a.device = its_device) then
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
        insert into tajzia.attachment_proof (digest, device) values (its_digest, its_device) on conflict do nothing;
        return -1;
    end
    $$;
