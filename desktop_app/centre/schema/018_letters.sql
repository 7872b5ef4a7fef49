-- What an officer of an outside body is given of a request that awaits their body: the letters that went to that body,
-- and of the documents those that an answer needs (domain/attachments.py: `for_body`).

-- Whether this body's answer on a request is awaited. A policy on facts cannot ask other facts itself.
create function tajzia.awaits_my_body(of_request text) returns boolean
    language sql stable security definer set search_path = pg_catalog, pg_temp
    as $$
        select exists (
            select from tajzia.fact f
            where f.kind = 'request' and f.id = of_request and f.body is not null
              and f.branch = any (tajzia.my_branches()) and tajzia.my_body() = any (f.awaits)
        )
    $$;

-- A letter's paper has beside it whom it went to (awaits) and of which request it is (made_by).
create policy letters_to_my_body on tajzia.fact for select to tajzia_reader
    using (
        kind = 'paper'
        and (select tajzia.my_sight()) = 'body'
        and branch = any ((select tajzia.my_branches())::integer[])
        and (select tajzia.my_body()) = any (awaits)
        and tajzia.awaits_my_body(made_by)
    );

alter table tajzia.attached add column requirement text not null default '', add column part text not null default '';
create or replace function tajzia.keep_attached() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
    begin
        if new.body is not null and new.body like '%"documents":[{%' then
            insert into tajzia.attached (request_id, digest, requirement, part)
            select distinct on (d ->> 'digest')
                new.id, d ->> 'digest', coalesce(d ->> 'requirement', ''), coalesce(d ->> 'part', '')
            from json_array_elements(new.body::json -> 'documents') d
            on conflict (digest, request_id) do update
                set requirement = excluded.requirement, part = excluded.part
                where (attached.requirement, attached.part) is distinct from (excluded.requirement, excluded.part);
        end if;
        return null;
    end
    $$;
update tajzia.attached a
set requirement = coalesce(d ->> 'requirement', ''), part = coalesce(d ->> 'part', '')
from tajzia.fact f, json_array_elements(f.body::json -> 'documents') d
where f.kind = 'request' and f.id = a.request_id and f.body like '%"documents":[{%' and d ->> 'digest' = a.digest;

drop policy documents_of_visible_requests on tajzia.attachment;
create policy documents_of_visible_requests on tajzia.attachment for select to tajzia_reader
    using (exists (
        select from tajzia.attached a join tajzia.fact f on f.kind = 'request' and f.id = a.request_id
        where a.digest = attachment.digest
          and (
              (select tajzia.my_sight()) <> 'body'
              or a.requirement in ('title_deed', 'construction_certificate', 'visit_photo')
              or (a.part <> '' and a.part = (select tajzia.my_body()))
          )
    ));
