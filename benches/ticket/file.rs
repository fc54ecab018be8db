//! Makes a file with many tickets and what belongs to them, as it stands after a few years.

use std::path::Path;

use deskhand::store::Store;
use sqlx::{Connection, SqliteConnection};

/// People of the first tier: ids count up from [`FIRST_TECHNICIAN`].
pub const TECHNICIANS: u64 = 40;
/// The first of them.
pub const FIRST_TECHNICIAN: u64 = 1_000;
/// Tickets that wait in the queue, in a file of any size: what is open does not grow with the years.
pub const IN_QUEUE: u64 = 200;
/// As many tickets again are being worked on.
const IN_WORK: u64 = 200;
/// Rows of one statement, so that the log of changes stays small.
const AT_ONCE: u64 = 50_000;

/// What is put in, for the tickets from ?1 to ?2 of ?3: every ticket by itself, what happened to it, its card, its timers;
/// and for the newest tenth what the desk forgets after a month.
const STATEMENTS: [&str; 7] = [
    "with recursive n (id) as (select ?1 union all select id + 1 from n where id < ?2),
     standing (id, state) as (
         select id, case
             when (id - 1) % (?3 / ?4) = 0 then 'new'
             when (id - 2) % (?3 / ?5) = 0 then 'in_progress'
             else 'closed' end from n
     )
     insert into ticket (
         id, guild, number, requester, requester_name, title, body, tried, category, confidential, impact, urgency, priority,
         tier, state, assignee, version, last_seq, opened_at, changed_at, resolved_at, thread, staff_thread
     )
     select id, 100, id, 100000 + id % 5000, 'Mia of ' || (id % 5000), 'VPN fails with error 809 on floor ' || (id % 90),
         'Since this morning the client says 809 after a minute. It worked yesterday, and it works for the others in my room. '
             || 'I have to send the figures by noon. Number ' || id || '.',
         'I have restarted the laptop and tried the phone''s network.', 'network', 0, 'low', 'medium', 4, 1, state,
         case when state = 'new' then null else ?6 + (id + id / 7) % ?7 end, 4,
         case state when 'new' then 1 when 'in_progress' then 4 else 6 end,
         1700000000000 + id * 60000, 1700000000000 + id * 60000 + case state when 'closed' then 10800000 else 7200000 end,
         case when state = 'closed' then 1700000000000 + id * 60000 + 9000000 end,
         500000000000000000 + id * 2, 500000000000000001 + id * 2
     from standing",
    "with recursive n (id) as (select ?1 union all select id + 1 from n where id < ?2),
     step (seq, kind, body) as (values
         (1, 'opened', '{\"kind\":\"opened\",\"impact\":\"low\",\"urgency\":\"medium\",\"priority\":\"P4\",\"category\":\"network\",\"ask\":null}'),
         (2, 'claimed', '{\"kind\":\"claimed\",\"answers\":null}'),
         (3, 'replied', '{\"kind\":\"replied\",\"text\":null}'),
         (4, 'noted', '{\"kind\":\"noted\",\"text\":\"The profile was out of date; a new one was sent to the laptop.\"}'),
         (5, 'resolved', '{\"kind\":\"resolved\",\"code\":\"fixed\",\"text\":\"The VPN has a new profile, and says nothing of 809 any more.\",\"article\":{\"article\":\"linked\",\"id\":\"vpn\",\"title\":\"VPN\",\"internal\":false},\"lesson\":null,\"reason\":null}'),
         (6, 'closed', '{\"kind\":\"closed\"}')
     )
     insert into event (ticket, seq, at, by, cause, kind, body)
     select id, seq, 1700000000000 + id * 60000 + seq * 1800000, ?6 + id % ?7,
         'interaction:' || (600000000000000000 + id * 4 + seq), kind, body
     from n join step where seq <= case
         when (id - 1) % (?3 / ?4) = 0 then 1
         when (id - 2) % (?3 / ?5) = 0 then 4
         else 6 end",
    "with recursive n (id) as (select ?1 union all select id + 1 from n where id < ?2)
     insert into card (ticket, tier, wanted, shown, channel_id, message_id, due_at)
     select id, 1, 4, 4, 301, 700000000000000000 + id, 1700000000000 + id * 60000 from n",
    "with recursive n (id) as (select ?1 union all select id + 1 from n where id < ?2),
     kind (kind) as (values ('close'), ('rating'), ('lock'))
     insert into timer (ticket, kind, generation, due_at, fired_at)
     select id, kind, 1, 1700000000000 + id * 60000 + 9000000, 1700000000000 + id * 60000 + 9000000
     from n join kind where (id - 1) % (?3 / ?4) <> 0 and (id - 2) % (?3 / ?5) <> 0",
    "with recursive n (id) as (select max(?1, ?3 - ?3 / 10) union all select id + 1 from n where id < ?2),
     part (part) as (values (1), (2), (3))
     insert into outbox (guild, ticket, event, lane, errand, due_at, attempts, delivered_at, channel_id, message_id)
     select 100, id, part, '100:' || id || ':thread', '{\"do\":\"say\",\"to\":\"thread\",\"notice\":{\"kind\":\"claimed\"}}',
         1700000000000 + id * 60000, 1, 1700000000000 + id * 60000 + 500, 301, 800000000000000000 + id * 4 + part
     from n join part where id between ?1 and ?2",
    "with recursive n (id) as (select max(?1, ?3 - ?3 / 10) union all select id + 1 from n where id < ?2),
     part (part) as (values (1), (2), (3), (4))
     insert into inbox (key, at)
     select 'interaction:' || (600000000000000000 + id * 4 + part), 1700000000000 + id * 60000 from n join part
     where id between ?1 and ?2",
    "with recursive n (id) as (select ?1 union all select id + 1 from n where id < ?2)
     insert into link (ticket, other, kind, at, by)
     select id, id + 1, 'related', 1700000000000 + id * 60000, ?6 from n where id % 20 = 0 and id < ?2",
];

/// Makes it at `path`.
pub async fn make(path: &Path, tickets: u64) {
    let store = Store::open(path).await.expect("a database");
    store.close().await;
    let address = format!("sqlite://{}", path.display());
    let mut file = SqliteConnection::connect(&address)
        .await
        .expect("the database");
    let staff = "pragma synchronous = off;
         insert into guild (id, name, next_number, duty_used, set_up_at) values (100, 'Larkfield', 1 + ?3, 0, 1700000000000);
         with recursive n (id) as (select ?6 union all select id + 1 from n where id < ?6 + ?7 - 1)
         insert into member (guild, user, name, tiers, lead, admin, seen_at)
         select 100, id, 'Technician ' || id, 1, 0, 0, 1700000000000 from n;
         insert into tier_rule (guild, tier, turns, capacity) values (100, 1, 'manual', 10)";
    put(&mut file, staff, (1, tickets), tickets).await;
    let mut first = 1;
    while first <= tickets {
        let last = tickets.min(first + AT_ONCE - 1);
        for statement in STATEMENTS {
            put(&mut file, statement, (first, last), tickets).await;
        }
        if last < tickets {
            println!("{last} of {tickets} tickets are there");
        }
        first = last + 1;
    }
    file.close().await.expect("it is kept");
}

async fn put(
    file: &mut SqliteConnection,
    statement: &'static str,
    (first, last): (u64, u64),
    tickets: u64,
) {
    let numbers = [
        first,
        last,
        tickets,
        IN_QUEUE,
        IN_WORK,
        FIRST_TECHNICIAN,
        TECHNICIANS,
    ];
    let mut query = sqlx::query(statement);
    for number in numbers {
        query = query.bind(number.cast_signed());
    }
    query.execute(file).await.expect("rows");
}
