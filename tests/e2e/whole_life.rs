//! One ticket through the whole house: from a question through L1, L2, L3 and a vendor, back, resolved with a lesson,
//! reopened, closed, rated; and after each step what each person could read.

use jiff::SignedDuration;

use crate::harness::{Desk, story};

const THREAD: &str = "T-0001 · VPN drops every hour";
const STAFF: &str = "T-0001 staff · VPN drops every hour";

/// The requester, a colleague who has nothing to do with it, one of each tier, and a lead.
const PEOPLE: [&str; 6] = ["mia", "tom", "ravi", "ivo", "noor", "nia"];

/// What nobody but the staff may ever read.
const SECRETS: [&str; 6] = [
    "her laptop is one of the old batch",
    "probably the certificate",
    "Northline",
    "NL-77",
    "look at the line card first",
    "What you can do next time",
];

/// Who sees which of the ticket's two threads, and what stands last in each.
async fn seen(desk: &Desk) -> String {
    let mut lines = Vec::new();
    for who in PEOPLE {
        let places = desk.person(who).places().await;
        let mut parts = Vec::new();
        for (name, place) in [("thread", THREAD), ("staff", STAFF)] {
            if !places.iter().any(|seen| seen == place) {
                continue;
            }
            let last = desk.channel(place).as_(who).last(1).await;
            let said = last
                .lines()
                .skip(1)
                .map(|line| {
                    line.trim_start_matches([' ', '┌', '│', '└', '-', '#'])
                        .trim()
                })
                .find(|line| !line.is_empty() && !line.starts_with("T-0001·"))
                .unwrap_or_default()
                .to_owned();
            parts.push(format!("{name}: {said}"));
        }
        lines.push(format!(
            "{who}: {}",
            if parts.is_empty() {
                "nothing".to_owned()
            } else {
                parts.join(" | ")
            }
        ));
    }
    lines.join("\n")
}

/// Everything that the requester can read of it: the thread, the history, the ticket, direct messages.
async fn all_of_hers(desk: &Desk) -> String {
    let mut all = desk.channel(THREAD).as_("mia").transcript().await;
    all += &desk.channel("@bot").as_("mia").transcript().await;
    for line in [
        "/ticket show ticket:T-0001",
        "/ticket history ticket:T-0001",
    ] {
        all += desk.person("mia").in_("#help").runs(line).await.shown();
    }
    all
}

#[test]
fn one_ticket_through_the_whole_house() {
    story(async |desk| {
        let vendor = desk.person("nia").in_("#leads").runs("/lead vendor").await;
        vendor
            .submits(&[
                ("name", "Northline"),
                ("contact", "Support line, extension 4"),
                ("hours", "24/7"),
                ("response", "4h"),
            ])
            .await;

        // L0: Mia asks, and what she reads does not help
        let asked = desk.person("mia").in_("#help");
        let asked = asked.runs("/ask question:My VPN does not connect").await;
        assert!(
            asked.shown().contains("VPN does not connect"),
            "{}",
            asked.shown()
        );
        let draft = asked.presses("Open a ticket").await;
        draft.chooses("How many are affected?", "low").await;
        draft.chooses("Can you work?", "medium").await;
        let form = draft.presses("Continue").await;
        form.submits(&[
            ("title", "VPN drops every hour"),
            ("body", "It drops at every full hour since Monday."),
        ])
        .await;
        insta::assert_snapshot!(seen(desk).await, @"
        mia: thread: @Mia, the desk has your request.
        tom: nothing
        ravi: nothing
        ivo: nothing
        noor: nothing
        nia: thread: @Mia, the desk has your request.
        ");

        // L1 takes it, notes something, asks, and hands it up with the articles that were shown
        desk.claims("ravi", "T-0001").await;
        let ravi = desk.person("ravi").in_("#l1-queue");
        ravi.runs("/work note ticket:T-0001 text:her laptop is one of the old batch")
            .await;
        ravi.runs("/work ask-user ticket:T-0001 question:At home or in the office?")
            .await;
        desk.person("mia")
            .in_(THREAD)
            .says("In the office, on the cable")
            .await;
        desk.comes_to("T-0001 in_progress L1 Ravi").await;
        let form = ravi.runs("/work escalate ticket:T-0001").await;
        assert!(
            form.shown().contains("VPN does not connect"),
            "L0 goes along: {}",
            form.shown()
        );
        form.submits(&[
            (
                "summary",
                "Mia's VPN drops at every full hour, also on the cable",
            ),
            ("tried", "Article VPN does not connect; another cable"),
            ("findings", "The client is fine: probably the certificate"),
            ("asked", "Look at the gateway's log"),
            ("told", "That the specialists look at it"),
        ])
        .await;
        insta::assert_snapshot!(seen(desk).await, @"
        mia: thread: This goes to the specialists (L2). Everything that you wrote goes along, so you do not have to tell it twice.
        tom: nothing
        ravi: thread: This goes to the specialists (L2). Everything that you wrote goes along, so you do not have to tell it twice. | staff: @Ivo, this hand-over is offered to you: accept it, or send it back with a reason.
        ivo: staff: @Ivo, this hand-over is offered to you: accept it, or send it back with a reason.
        noor: staff: @Ivo, this hand-over is offered to you: accept it, or send it back with a reason.
        nia: thread: This goes to the specialists (L2). Everything that you wrote goes along, so you do not have to tell it twice. | staff: @Ivo, this hand-over is offered to you: accept it, or send it back with a reason.
        ");

        // L2 accepts and reads all of it, then hands it up
        desk.accepts("ivo", "T-0001").await;
        desk.passes(SignedDuration::from_hours(1)).await;
        let form = desk
            .person("ivo")
            .in_("#l2-queue")
            .runs("/work escalate ticket:T-0001")
            .await;
        assert!(
            form.shown().contains("another cable"),
            "L1's work goes along: {}",
            form.shown()
        );
        form.submits(&[
            ("summary", "The gateway restarts its line card every hour"),
            ("findings", "Log lines of the line card, at every full hour"),
            ("asked", "Find out why the card restarts"),
            ("told", "That the experts look at it"),
        ])
        .await;
        desk.accepts("noor", "T-0001").await;
        insta::assert_snapshot!(seen(desk).await, @"
        mia: thread: @Noor takes care of this now, for the experts (L3).
        tom: nothing
        ravi: thread: @Noor takes care of this now, for the experts (L3). | staff: @Noor accepts this for L3, less than a minute after it was offered.
        ivo: thread: @Noor takes care of this now, for the experts (L3). | staff: @Noor accepts this for L3, less than a minute after it was offered.
        noor: thread: @Noor takes care of this now, for the experts (L3). | staff: @Noor accepts this for L3, less than a minute after it was offered.
        nia: thread: @Noor takes care of this now, for the experts (L3). | staff: @Noor accepts this for L3, less than a minute after it was offered.
        ");

        // L3 asks the vendor, who answers
        let noor = desk.person("noor").in_("#l3-queue");
        noor.runs(
            "/vendor open ticket:T-0001 vendor:Northline reference:NL-77 text:The card restarts",
        )
        .await;
        insta::assert_snapshot!(seen(desk).await, @"
        mia: thread: An outside company is asked for help with this. You read here when they have answered.
        tom: nothing
        ravi: thread: An outside company is asked for help with this. You read here when they have answered. | staff: @Noor asks Northline: case NL-77
        ivo: thread: An outside company is asked for help with this. You read here when they have answered. | staff: @Noor asks Northline: case NL-77
        noor: thread: An outside company is asked for help with this. You read here when they have answered. | staff: @Noor asks Northline: case NL-77
        nia: thread: An outside company is asked for help with this. You read here when they have answered. | staff: @Noor asks Northline: case NL-77
        ");
        desk.passes(SignedDuration::from_hours(3)).await;
        noor.runs("/vendor close ticket:T-0001 text:They sent a new card")
            .await;
        assert_eq!(desk.standing().await, "T-0001 in_progress L3 Noor");

        // resolved, with a lesson for the tiers below
        let line = "/work resolve ticket:T-0001 code:fixed article:network/vpn-does-not-connect";
        let form = noor.runs(line).await;
        form.submits(&[
            ("done", "A part of the gateway was broken and is replaced."),
            (
                "lesson",
                "When it drops at fixed times, look at the line card first.",
            ),
        ])
        .await;
        insta::assert_snapshot!(seen(desk).await, @"
        mia: thread: @Mia
        tom: nothing
        ravi: thread: @Mia | staff: T-0001 is resolved
        ivo: thread: @Mia | staff: T-0001 is resolved
        noor: thread: @Mia | staff: T-0001 is resolved
        nia: thread: @Mia | staff: T-0001 is resolved
        ");
        for (queue, who) in [("#l1-queue", "ravi"), ("#l2-queue", "ivo")] {
            let last = desk.channel(queue).as_(who).last(1).await;
            assert!(
                last.contains("look at the line card first"),
                "{queue}: {last}"
            );
        }

        // It drops once more: reopened, with who had it; then it is really solved
        let form = desk.person("mia").in_(THREAD).presses("Still broken").await;
        form.submits(&[("reason", "It dropped again at noon")])
            .await;
        assert_eq!(desk.standing().await, "T-0001 in_progress L3 Noor");
        insta::assert_snapshot!(seen(desk).await, @"
        mia: thread: @Noor, it is with you again.
        tom: nothing
        ravi: thread: @Noor, it is with you again. | staff: @Noor, it is with you again.
        ivo: thread: @Noor, it is with you again. | staff: @Noor, it is with you again.
        noor: thread: @Noor, it is with you again. | staff: @Noor, it is with you again.
        nia: thread: @Noor, it is with you again. | staff: @Noor, it is with you again.
        ");
        let form = noor.runs(line).await;
        form.submits(&[
            (
                "done",
                "The second line card was broken too and is replaced.",
            ),
            (
                "lesson",
                "Cards fail in pairs: look at both of them at once.",
            ),
        ])
        .await;
        let closed = desk.person("mia").in_(THREAD).presses("All good").await;
        assert!(
            closed.shown().contains("how did it go"),
            "{}",
            closed.shown()
        );
        let rated = closed.presses("4").await;
        assert!(!rated.shown().is_empty());
        insta::assert_snapshot!(seen(desk).await, @"
        mia: thread: T-0001 is closed. If the trouble comes back, `/ticket reopen` opens a follow-up that knows all of this.
        tom: nothing
        ravi: thread: T-0001 is closed. If the trouble comes back, `/ticket reopen` opens a follow-up that knows all of this. | staff: T-0001 is resolved
        ivo: thread: T-0001 is closed. If the trouble comes back, `/ticket reopen` opens a follow-up that knows all of this. | staff: T-0001 is resolved
        noor: thread: T-0001 is closed. If the trouble comes back, `/ticket reopen` opens a follow-up that knows all of this. | staff: T-0001 is resolved
        nia: thread: T-0001 is closed. If the trouble comes back, `/ticket reopen` opens a follow-up that knows all of this. | staff: T-0001 is resolved
        ");
        assert_eq!(
            desk.database("select state || ' ' || rated || ' ' || reopened from ticket")
                .await,
            "closed 4 1"
        );

        // Nobody told anything twice: the whole chain stands in one place
        let chain = desk
            .person("nia")
            .in_("#leads")
            .runs("/work handover ticket:T-0001")
            .await;
        insta::assert_snapshot!(chain.shown(), @"
        **Deskhand** (bot) · 13:00 (only for Nia)
          ┌ T-0001: its hand-overs
          │ L1 for less than a minute
          │ L2 for 1 h 0 min
          │ L3 for 3 h 0 min
          │ of it waiting for vendors: 3 h 0 min
          │ L3 since ⟨2026-06-15 13:00Z R⟩, @Noor
          │ L2 → L3: ⟨2026-06-15 10:00Z f⟩, by @Ivo
          │ accepted by @Noor after less than a minute
          │ What this is about: The gateway restarts its line card every hour
          │ Tried so far: By the requester: Read already: VPN does not connect (network/vpn-does-not-connect)
          │ At L1, by Ravi: Article VPN does not connect; another cable
          │ Findings: Log lines of the line card, at every full hour
          │ What is asked of the next tier: Find out why the card restarts
          │ What the requester was told: That the experts look at it
          └ Page 2 of 2
          [Back] (Next)
        ");
        // and the requester has read no word that the staff wrote for each other
        let hers = all_of_hers(desk).await;
        for secret in SECRETS {
            assert!(!hers.contains(secret), "{secret} in\n{hers}");
        }
        // nor a stranger anything at all
        let no = desk
            .person("tom")
            .in_("#help")
            .runs("/ticket show ticket:T-0001")
            .await;
        insta::assert_snapshot!(no.shown(), @"
        **Deskhand** (bot) · 13:00 (only for Tom)
          No ticket T-0001 that you can see. Check the number, or find yours with `/ticket list`.
        ");
    });
}
