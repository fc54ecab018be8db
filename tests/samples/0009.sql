update ticket set by_direct = 1 where id = 1;
