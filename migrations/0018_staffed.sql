-- Whether its staff talk in a thread: it is there, or it is promised and Discord has not opened it yet. What is said among the
-- staff follows from this, and not from how far Discord happened to have come.
alter table ticket add column staffed integer not null default 0;
update ticket set staffed = 1
where staff_thread is not null
   or exists (
       select 1 from outbox
       where outbox.ticket = ticket.id and outbox.delivered_at is null and outbox.given_up_at is null
         and outbox.errand ->> '$.errand' = 'open_thread' and outbox.errand ->> '$.thread' = 'staff'
   );
