update ticket set staff_thread = 918, staffed = 1 where id = 2;
update outbox set delivered_at = 1781513100000 where id = 1017;
