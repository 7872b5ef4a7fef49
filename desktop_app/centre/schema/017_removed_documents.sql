-- A document that was taken back from its request belongs to it no longer: whoever sees the request does not get it.
create function tajzia.drop_removed() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
    begin
        if new.body is not null and new.body like '%"removed":[{%' then
            delete from tajzia.attached a
            where a.request_id = new.id and not exists (
                select from json_array_elements(new.body::json -> 'documents') d where d ->> 'digest' = a.digest
            );
        end if;
        return null;
    end
    $$;
create trigger drop_removed after update of body on tajzia.fact
    for each row when (new.kind = 'request') execute function tajzia.drop_removed();
