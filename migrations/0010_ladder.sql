-- What happens while nobody takes a ticket: how far it has come. Which steps there are is the program's to know.

alter table ticket add column ladder text;

-- A timer that did not fire in time: when it was looked at again, and when the leads were told.
alter table timer add column missed_at integer;
alter table timer add column told_at integer;
