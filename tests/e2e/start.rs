//! How the desk starts, stops, and starts again.

use crate::harness::{Given, SetUp, story};

#[test]
fn the_real_client_connects_and_sees_the_server() {
    Given::default().set_up(SetUp::Not).story(async |desk| {
        // The bot is there, and what it registered can be typed.
        assert_eq!(desk.person("mia").world().await["bot"]["online"], true);
        assert_eq!(desk.database("select name from guild").await, "Larkfield");
        let help = desk.person("mia").in_("#general").runs("/help").await;
        assert!(help.is_private());
        insta::assert_snapshot!(help.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          ┌ What you can do here
          │ Ask first; when nothing fits, open a ticket. Only you see this.
          │ For everybody: `/ask` Ask about anything that does not work; only you see the answer
          │ `/ticket open` Open a ticket: a person helps
          │ `/ticket show` Show a ticket: where it stands and who has it
          │ `/ticket list` List your tickets, or those of a queue
          │ `/ticket search` Find tickets by words, state, priority, tier and age
          │ `/ticket history` Show what happened to a ticket, from the beginning
          │ `/ticket transcript` Get all that was said and done about a ticket, as one file
          │ `/ticket cancel` Withdraw your ticket before somebody answers it
          │ `/ticket confirm` Say that your ticket is solved; it closes
          │ `/ticket reopen` Open a resolved ticket again, or follow up on a closed one
          │ `/ticket rate` Say how it went with your ticket
          │ `/ticket ask-escalation` Ask for more help with your ticket, once a day
          │ `/work people` Show, add or remove who takes part in a ticket
          │ `/kb search` Look for articles by their words; only you see what is found
          │ `/kb show` Read an article; only you see it
          │ …: `/kb vote` Say whether an article helps; your last word counts, and nobody sees whose it is
          │ `/sla calendar` See when the desk is open; admins set it
          │ `/sla holidays` See on which days the desk is closed; admins add days and take them back
          │ `/help` See what you can do here
          │ On a message: its menu → Apps: `Ask Deskhand` Look for the steps that help with what this message says; only you see them
          └ `Open a ticket` Open a ticket that quotes this message
          [Open a ticket]
        ");
    });
}

#[test]
fn commands_are_registered_once_over_a_restart() {
    story(async |desk| {
        let registered = desk.registrations().await;
        assert_eq!(registered, [1, 1], "once for the server, once everywhere");

        desk.restarts().await;
        desk.person("mia").in_("#help").runs("/help").await;

        assert_eq!(desk.registrations().await, registered);
    });
}

#[test]
fn a_second_process_is_refused_and_the_first_goes_on() {
    story(async |desk| {
        let second = desk.tries_to_start().await.err().expect("a refusal");

        insta::assert_snapshot!(
            format!("{second:#}").replace(&desk.folder().display().to_string(), "…"),
            @"…/desk.sqlite is in use by another Deskhand. Stop that one first, or give this one a database of its own (DESKHAND_DATABASE)"
        );
        desk.person("mia").in_("#help").runs("/help").await;
    });
}

#[test]
fn what_was_under_way_is_there_after_a_restart() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.restarts().await;

        desk.person("ravi").in_("#l1-queue").presses("Claim").await;

        let thread = desk
            .person("mia")
            .in_("T-0001 · The VPN is down")
            .transcript()
            .await;
        insta::assert_snapshot!(thread, @"
        · Deskhand added Mia to the thread · 09:00
        **Deskhand** (bot) · 09:00
          @Mia, the desk has your request.
          ┌ T-0001 · The VPN is down
          │ Next, first contact (L1) looks at it, and you read here who takes it.
          │ Add whatever helps in the meantime: a screenshot, an error message word for word, what you tried.
          │ You hear from us by ⟨2026-06-15 17:00Z f⟩.
          │ What happens: It stays on connecting since nine.
          └ T-0001·e1
        · Deskhand added Ravi to the thread · 09:00
        **Deskhand** (bot) · 09:00
          ┌ @Ravi takes care of this now, for first contact (L1).
          └ T-0001·e2
        ");
    });
}

impl crate::harness::Desk {
    /// How often commands were registered: on the server, and everywhere.
    async fn registrations(&self) -> [usize; 2] {
        let of_server = "/applications/{application_id}/guilds/{guild_id}/commands";
        let everywhere = "/applications/{application_id}/commands";
        [
            self.requests("PUT", of_server).await,
            self.requests("PUT", everywhere).await,
        ]
    }
}
