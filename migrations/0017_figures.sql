-- What a report needs of a ticket that has ended, made of its events once and not at every report. Nothing depends on it: what is
-- missing, older than the ticket, or written by another program is made of the events again.
create table life (
    ticket integer primary key references ticket (id) on delete cascade,
    -- The last event that it is made of, and when that happened.
    seq integer not null,
    last_at integer not null,
    -- Which form `body` has; its bytes are written in base64, so that many are one text.
    form integer not null,
    body text not null
) strict;

-- How many more of the same stand beside the message of a row that was tried more than once; null until somebody looked.
alter table outbox add column copies integer;
create index outbox_tried_again on outbox (guild, id)
    where attempts > 1 and copies is null and delivered_at is not null and message_id is not null;
