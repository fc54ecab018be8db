//! What many stories begin with, so that each tells only what it is about.

use super::{Answer, Desk};

/// A hand-over that leaves nothing open.
pub const HAND_OVER: &[(&str, &str)] = &[
    (
        "summary",
        "Mia's VPN stays on connecting since this morning, at home and in the office",
    ),
    ("tried", "Restarted the client, switched Wi-Fi off and on"),
    (
        "findings",
        "The gateway answers, the login does not: probably the certificate",
    ),
    (
        "asked",
        "Look at the gateway's log for mia and renew the certificate",
    ),
    ("told", "A specialist takes over today"),
];

/// What was done, in words that a requester understands.
pub const DONE: &str = "The certificate was renewed; connect again and it works.";

impl Desk {
    /// Somebody opens a ticket of middling urgency (P4) in the help channel, and reads that it is open.
    pub async fn opens(&self, who: &str, title: &str) -> Answer<'_> {
        self.opens_as(who, title, "category:network affected:low can_work:medium")
            .await
    }

    /// Somebody opens a ticket with these choices.
    pub async fn opens_as(&self, who: &str, title: &str, choices: &str) -> Answer<'_> {
        let form = self
            .person(who)
            .in_("#help")
            .runs(&format!("/ticket open {choices}"))
            .await;
        form.submits(&[
            ("title", title),
            ("body", "It stays on connecting since nine."),
        ])
        .await
    }

    /// Somebody takes a ticket from wherever they are.
    pub async fn claims(&self, who: &str, number: &str) -> Answer<'_> {
        let line = format!("/work claim ticket:{number}");
        self.person(who).in_("#general").runs(&line).await
    }

    /// Somebody hands a ticket over, with nothing left open.
    pub async fn escalates(&self, who: &str, number: &str) -> Answer<'_> {
        let line = format!("/work escalate ticket:{number}");
        let form = self.person(who).in_("#general").runs(&line).await;
        form.submits(HAND_OVER).await
    }

    /// Somebody takes what was handed over.
    pub async fn accepts(&self, who: &str, number: &str) -> Answer<'_> {
        let line = format!("/work accept ticket:{number}");
        self.person(who).in_("#general").runs(&line).await
    }

    /// Somebody sends a hand-over back.
    pub async fn rejects(&self, who: &str, number: &str, reason: &str) -> Answer<'_> {
        let line = format!("/work reject ticket:{number}");
        let form = self.person(who).in_("#general").runs(&line).await;
        form.submits(&[("reason", reason)]).await
    }

    /// Somebody resolves a ticket for which there is an article.
    pub async fn resolves(&self, who: &str, number: &str) -> Answer<'_> {
        let line = format!(
            "/work resolve ticket:{number} code:fixed article:network/vpn-does-not-connect"
        );
        let form = self.person(who).in_("#general").runs(&line).await;
        form.submits(&[("done", DONE)]).await
    }
}
