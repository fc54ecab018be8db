//! What the staff says among itself is read by the staff.

use crate::harness::{DONE, Desk, story};

/// Stands in every text that is for the staff alone, and nowhere else.
const MARK: &str = "zebrafish";

/// Everything that somebody can read: every place that they see, their direct messages, and what the commands for everybody answer.
async fn all_that_they_read(desk: &Desk, who: &str) -> String {
    let person = desk.person(who);
    let mut all = person.transcript().await;
    for place in person.places().await {
        let channel = desk.channel(&place);
        all.push_str(&channel.as_(who).transcript().await);
    }
    let here = person.in_("#help");
    for line in [
        "/ticket show ticket:T-0001",
        "/ticket history ticket:T-0001",
        "/ticket list",
        "/ticket search text:zebrafish",
        "/ask question:the vpn gateway drops",
        "/kb search words:zebrafish",
        "/kb show article:VPN does not connect",
    ] {
        all.push_str(here.runs(line).await.shown());
    }
    let transcript = here.runs("/ticket transcript ticket:T-0001").await;
    all.push_str(&transcript.file().await.1);
    // They asked for it with that word.
    all.replace("words:zebrafish", "")
        .replace("text:zebrafish", "")
}

#[test]
fn no_text_that_a_requester_reads_holds_what_the_staff_said_among_itself() {
    story(async |desk| {
        desk.opens("mia", "The VPN gateway drops").await;
        desk.claims("ravi", "T-0001").await;
        let staff = |who: &str| desk.person(who).in_("#general");
        let says = |line: &str| format!("{line} {MARK}");
        staff("ravi")
            .runs(&says("/work note ticket:T-0001 text:The user was rude"))
            .await;
        staff("ravi")
            .runs("/work reply ticket:T-0001 text:I look into it")
            .await;
        let marked = format!("Something with a {MARK} in it, and long enough to be taken");
        let form = staff("ravi").runs("/work escalate ticket:T-0001").await;
        let texts = [
            ("summary", marked.as_str()),
            ("tried", &marked),
            ("findings", &marked),
            ("asked", &marked),
            ("told", &marked),
        ];
        form.submits(&texts).await;
        desk.rejects("ivo", "T-0001", &marked).await;
        let form = staff("ravi").runs("/work escalate ticket:T-0001").await;
        form.submits(&texts).await;
        desk.accepts("ivo", "T-0001").await;
        staff("nia")
            .runs(&says("/lead priority ticket:T-0001 to:P2 reason:The chief"))
            .await;
        staff("ivo")
            .runs(&says("/work release ticket:T-0001 reason:My day is over"))
            .await;
        desk.claims("lena", "T-0001").await;
        let form = staff("lena").runs("/work escalate ticket:T-0001").await;
        form.submits(&texts).await;
        desk.accepts("noor", "T-0001").await;
        let form = staff("noor")
            .runs("/work resolve ticket:T-0001 code:fixed article:+")
            .await;
        form.submits(&[("done", DONE), ("lesson", &marked)]).await;
        desk.settles().await;
        staff("noor").runs("/kb draft ticket:T-0001").await;
        staff("noor").presses("Ask for a review").await;
        desk.settles().await;
        let lena = desk.person("lena").in_("#l2-queue");
        lena.runs("/kb approve draft:T-0001").await;
        let form = lena.presses("Send back").await;
        form.submits(&[("reason", &marked)]).await;
        desk.opens("tom", "The VPN gateway drops again").await;
        desk.claims("ravi", "T-0002").await;
        desk.settles().await;

        // The word is there to be found.
        let theirs = desk.channel("T-0001 staff · The VPN gateway drops");
        let theirs = theirs.as_("ivo").transcript().await;
        assert!(theirs.matches(MARK).count() >= 10, "{theirs}");
        for who in ["mia", "tom"] {
            if who == "mia" {
                let hers = all_that_they_read(desk, who).await;
                assert!(hers.contains("I look into it"), "{hers}");
                assert!(!hers.contains(MARK), "{hers}");
            }
            for place in desk.person(who).places().await {
                let seen = desk.channel(&place).as_(who).transcript().await;
                assert!(!seen.contains(MARK), "{who} in {place}: {seen}");
            }
        }
    });
}
