insert into message (id, ticket, room, author, author_name, sent_at, deleted_at) values
    (5001, 1, 'thread', 1, 'Mia', 1781513010000, null),
    (5002, 1, 'staff', 11, 'Ravi', 1781513020000, null),
    (5003, 1, 'thread', null, '', 1781513030000, 1781513040000);
insert into message_version (message, at, text) values
    (5001, 1781513010000, 'It stays on connecting'),
    (5001, 1781513015000, 'It stays on connecting since nine'),
    (5002, 1781513020000, null);
insert into file (id, ticket, draft, message, owner, name, size, media_type, url, state, sha256, given_at, due_at) values
    (6001, 1, null, 5001, 1, 'screen.png', 3, 'image/png', null, 'kept',
     '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae', 1781513010000, 1781513010000),
    (6002, null, 1, null, 1, 'log.txt', 9, null, 'https://cdn.discordapp.com/attachments/1/6002/log.txt', 'waiting',
     null, 1781513010000, 1781513010000);
