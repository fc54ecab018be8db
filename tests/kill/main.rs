//! The real process is killed at many points of a ticket's life, and started again: each notice is there exactly once
//! afterwards, each thread once, each ticket once.
//!
//! A point is a request to Discord: the n-th is written (or is not), its answer never arrives, and the process gets
//! SIGKILL while it waits. So every gap between a commit and its delivery, and between a delivery and its receipt, is
//! met. The story goes on in the next process, and its people do again only what had not happened.

mod desk;
#[path = "../support/people.rs"]
mod people;
#[path = "../support/process.rs"]
mod process;

use std::time::Duration;

use serde_json::{Value, json};

use desk::{CLAIMED_BY_IVO, Desk, RESOLVED_WITH_A_DRAFT, STEPS};

impl Desk {
    /// Plays one ticket's life; the process is killed at the point that `rule` makes, if the story comes that far.
    /// Returns whether it was.
    async fn round(&mut self, number: &str, title: &str, rule: Value) -> bool {
        self.people.fail(&rule).await.expect("a rule");
        let mut killed = false;
        for step in &STEPS {
            while !self.happened(title, step.happened).await {
                let struck = {
                    let desk = &*self;
                    tokio::select! {
                        () = desk.takes(step, number, title) => false,
                        () = desk.is_struck(), if !killed => true,
                    }
                };
                if struck {
                    self.is_killed().await;
                    killed = true;
                    self.starts().await;
                }
            }
        }
        // What is left is delivered, or the point is among that.
        while !killed {
            let struck = {
                let desk = &*self;
                tokio::select! {
                    () = desk.settles() => false,
                    () = desk.is_struck() => true,
                }
            };
            if !struck {
                break;
            }
            self.is_killed().await;
            killed = true;
            self.starts().await;
        }
        let faults = self.people.get("/faults").await.expect("the faults");
        if faults["rules"]
            .as_array()
            .is_some_and(|rules| !rules.is_empty())
        {
            // The story was over before its point came.
            let faults = format!("{}/faults", self.stand_in.rest_base());
            let cleared = reqwest::Client::new().delete(faults).send().await;
            cleared.expect("the faults are cleared");
            self.people
                .fail(&json!({"limits": "off"}))
                .await
                .expect("a setting");
        }
        self.settles().await;
        killed
    }

    /// Waits until the failure on demand has struck: from then on the process waits for an answer that never comes.
    async fn is_struck(&self) {
        loop {
            let faults = self.people.get("/faults").await.expect("the faults");
            if faults["rules"].as_array().is_some_and(Vec::is_empty) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(3)).await;
        }
    }

    /// Everything that the story promises stands there once.
    async fn everything_stands_once(&self, number: &str, title: &str, point: &str) {
        let once = |text: &str, part: &str| {
            assert_eq!(
                text.matches(part).count(),
                1,
                "{point}: “{part}” in\n{text}"
            );
        };
        let thread = self.transcript("mia", &format!("{number} · {title}")).await;
        once(&thread, "the desk has your request");
        once(&thread, "takes care of this now, for first contact (L1)");
        once(&thread, "Everything that you wrote goes along");
        once(&thread, "takes care of this now, for the specialists (L2)");
        once(&thread, "is resolved");
        let staff = self
            .transcript("ivo", &format!("{number} staff · {title}"))
            .await;
        once(&staff, "Hand-over L1 → L2");
        once(&staff, "accepts this for L2");
        once(&staff, "is resolved");
        for (who, place) in [
            ("ravi", "#l1-queue"),
            ("ivo", "#l2-queue"),
            ("ada", "#escalations"),
        ] {
            let all = self.transcript(who, place).await;
            let about = all
                .split("\n**")
                .filter(|message| message.contains(number))
                .count();
            assert_eq!(about, 1, "{point}: {number} in {place}\n{all}");
        }
        let world = self.people.get("/people/ada/world").await.expect("a world");
        let threads = world["threads"].as_array().cloned().unwrap_or_default();
        let named = |name: String| {
            threads
                .iter()
                .filter(|thread| thread["name"] == name)
                .count()
        };
        assert_eq!(
            named(format!("{number} · {title}")),
            1,
            "{point}: one thread"
        );
        assert_eq!(
            named(format!("{number} staff · {title}")),
            1,
            "{point}: one staff thread"
        );
        let history = self.database(
            "select ticket.title || ' ' || group_concat(kind, ' ') from event join ticket on ticket.id = event.ticket group by ticket.id",
        );
        let expected = format!("{title} opened claimed escalated offered accepted resolved");
        let history = history.await;
        let of_this: Vec<&str> = history
            .lines()
            .filter(|line| line.starts_with(&format!("{title} ")))
            .collect();
        assert_eq!(of_this, [expected], "{point}");
    }
}

/// How many points are tried, in debug and on a small machine within two minutes.
const POINTS: u64 = 40;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_anywhere_nothing_is_lost_and_nothing_comes_twice() {
    let mut desk = Desk::new().await;
    let mut killed = 0;
    for round in 1..=POINTS {
        let number = format!("T-{round:04}");
        let title = format!("Trouble of round {round}.");
        // Every other time the write happens before the process dies.
        let applied = round % 2 == 0;
        let what = if applied {
            json!({"delay_ms": 30_000, "apply": true})
        } else {
            json!({"status": 500, "delay_ms": 30_000, "apply": false})
        };
        let rule = json!({"route": "*", "after": round - 1, "times": 1, "what": what});
        let point = format!("killed at request {round} of the story, written: {applied}");
        killed += u64::from(desk.round(&number, &title, rule).await);
        desk.everything_stands_once(&number, &title, &point).await;
    }
    assert!(
        killed >= POINTS / 2,
        "only {killed} of {POINTS} points were met"
    );
    let integrity = desk
        .database("select integrity_check from pragma_integrity_check")
        .await;
    assert_eq!(integrity, "ok");
    let numbers = desk
        .database("select count(*) || ' of ' || max(number) from ticket")
        .await;
    assert_eq!(
        numbers,
        format!("{POINTS} of {POINTS}"),
        "no number is skipped or given twice"
    );
    desk.is_killed().await;
    desk.stand_in.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_while_it_starts_it_starts_the_next_time() {
    let mut desk = Desk::new().await;
    desk.is_killed().await;
    for delay in [0, 20, 60, 150, 300, 600] {
        desk.launches();
        tokio::time::sleep(Duration::from_millis(delay)).await;
        desk.is_killed().await;
    }
    desk.starts().await;
    let title = "Trouble after many starts";
    for step in &STEPS {
        desk.takes(step, "T-0001", title).await;
    }
    desk.settles().await;
    desk.everything_stands_once("T-0001", title, "after six short starts")
        .await;
    desk.is_killed().await;
    desk.stand_in.stop().await;
}

/// Here in real time: in the other stories whoever does something waits until Discord has all that follows.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_ended_before_its_card_was_posted_has_a_place_for_its_staff() {
    let mut desk = Desk::new().await;
    let tiers = json!({"user": "ivo", "add": ["L1"]});
    let given = desk.people.post("/people/ada/admin/roles", &tiers).await;
    given.expect("a role");
    // The first ticket's card is long on its way, and nothing else is posted in that channel meanwhile.
    let slow = json!({"route": "POST /channels/{channel_id}/messages", "times": 1, "what": {"delay_ms": 3000, "apply": true}});
    desk.people.fail(&slow).await.expect("a rule");
    let first = "Trouble with a slow channel";
    desk.takes(&STEPS[0], "T-0001", first).await;
    let title = "Trouble that is soon over";
    desk.takes(&STEPS[0], "T-0002", title).await;
    desk.takes(&CLAIMED_BY_IVO, "T-0002", title).await;
    desk.takes(&RESOLVED_WITH_A_DRAFT, "T-0002", title).await;
    assert!(desk.happened(title, "resolved").await);
    desk.settles().await;
    let staff = format!("T-0002 staff · {title}");
    let staff = desk.transcript("ivo", &staff).await;
    assert!(staff.contains("T-0002 is resolved"), "{staff}");
    let queue = desk.transcript("ravi", "#l1-queue").await;
    assert_eq!(queue.matches("T-0002 is resolved").count(), 1, "{queue}");
    desk.is_killed().await;
    desk.stand_in.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn told_to_stop_it_stops_and_keeps_what_it_promised() {
    let mut desk = Desk::new().await;
    let slow = json!({"route": "POST /channels/{channel_id}/messages", "times": 2, "what": {"delay_ms": 1500, "apply": true}});
    desk.people.fail(&slow).await.expect("a rule");
    let title = "Trouble at closing time";
    desk.takes(&STEPS[0], "T-0001", title).await;
    let process = desk.process.take().expect("it runs");
    let status = process.stops_within(Duration::from_secs(10)).await;
    assert_eq!(
        status.and_then(|status| status.code()),
        Some(0),
        "it stops by itself, and says that all is well"
    );
    desk.starts().await;
    for step in &STEPS[1..] {
        desk.takes(step, "T-0001", title).await;
    }
    desk.settles().await;
    desk.everything_stands_once("T-0001", title, "after a stop")
        .await;
    desk.is_killed().await;
    desk.stand_in.stop().await;
}
