-- Where Discord has no room for another thread, the talk with the requester goes by direct message.

alter table ticket add column by_direct integer not null default 0
    constraint ticket_by_direct_is_bool check (by_direct in (0, 1));

-- Whose direct messages belong to a ticket: asked at every direct message.
create index ticket_by_direct on ticket (requester) where by_direct = 1;
