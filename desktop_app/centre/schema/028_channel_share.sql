-- What may wait is counted for each login by itself: one system that floods the centre holds up no other.
create index channel_message_waiting_of_login on tajzia.channel_message (submitted_by) where state = 'waiting';

-- Takes a message in, once for its reference. TJ001: not admitted. TJ010: the reference stands with another content.
-- 22023: malformed, or too large. 53400: too much in too short a time; try again later. A due may be written again.
create or replace function tajzia.take_message(of_channel text, of_kind text, of_reference text, content jsonb) returns jsonb
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
    declare
        text_of bytea;
        known tajzia.channel_message;
    begin
        if tajzia.asking_channel() is distinct from of_channel then
            raise exception 'this login and certificate are not of the channel %', of_channel using errcode = 'TJ001';
        end if;
        if of_reference is null or of_reference !~ '^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$' then
            raise exception 'a reference has 1 to 64 letters, digits and . _ / -' using errcode = '22023';
        end if;
        if content is null or pg_catalog.jsonb_typeof(content) <> 'object' then
            raise exception 'the content must be a JSON object' using errcode = '22023';
        end if;
        if pg_catalog.pg_column_size(content) > 262144 then
            raise exception 'a message is at most 256 KiB' using errcode = '22023';
        end if;
        text_of := pg_catalog.convert_to(content::text, 'UTF8');
        if pg_catalog.octet_length(text_of) > 262144 then
            raise exception 'a message is at most 256 KiB' using errcode = '22023';
        end if;
        insert into tajzia.channel_message (channel, kind, reference, fingerprint, payload, submitted_by)
        values (of_channel, of_kind, of_reference, pg_catalog.sha256(text_of), text_of, session_user)
        on conflict do nothing
        returning * into known;
        if known.id is null and of_channel = 'dues' then
            update tajzia.channel_message m
            set fingerprint = pg_catalog.sha256(text_of), payload = text_of, submitted_by = session_user,
                submitted_at = pg_catalog.clock_timestamp(), arrival = pg_catalog.nextval('tajzia.channel_arrival'),
                state = 'waiting', reason = '', trouble = '', answer = null, decided_at = null
            where m.channel = of_channel and m.reference = of_reference
                and m.fingerprint <> pg_catalog.sha256(text_of)
            returning * into known;
        end if;
        if known.id is not null then
            if (select count(*) from (select from tajzia.channel_message m
                                      where m.submitted_by = session_user
                                        and m.submitted_at > pg_catalog.clock_timestamp() - interval '1 minute'
                                      limit 1201) recent) > 1200
                or (select count(*) from (select from tajzia.channel_message m
                                          where m.state = 'waiting' and m.submitted_by = session_user
                                          limit 20001) waiting) > 20000
            then
                raise exception 'too many messages; try again in a minute' using errcode = '53400';
            end if;
            perform pg_catalog.pg_notify('tajzia_inbox', '');
        else
            select m.* into known from tajzia.channel_message m
            where m.channel = of_channel and m.reference = of_reference;
            if known.kind <> of_kind or known.fingerprint <> pg_catalog.sha256(text_of) then
                raise exception 'the reference % stands with another content', of_reference using errcode = 'TJ010';
            end if;
        end if;
        return pg_catalog.jsonb_build_object('version', 1, 'reference', known.reference, 'taken_at', known.submitted_at);
    end
    $$;
