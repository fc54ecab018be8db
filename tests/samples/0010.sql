update ticket set ladder = '{"generation":1}' where id = 1;
