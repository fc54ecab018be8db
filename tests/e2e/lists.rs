//! Looking at tickets, and finding out what one can do.

use std::num::NonZeroU32;

use deskhand::config::Limits;

use crate::harness::{Given, story};

#[test]
fn a_ticket_as_its_requester_and_its_technician_see_it() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        let hers = desk
            .person("mia")
            .in_("#help")
            .runs("/ticket show ticket:T-0001")
            .await;
        assert!(hers.is_private());
        insta::assert_snapshot!(hers.shown(), @"");
        let thread = "T-0001 · The VPN is down";
        let his = desk.person("ravi").in_(thread).runs("/ticket show").await;
        assert!(his.is_private());
        insta::assert_snapshot!(his.shown(), @"");
    });
}

#[test]
fn lists_are_one_s_own_unless_one_is_on_the_desk() {
    story(async |desk| {
        let mia = desk.person("mia").in_("#help");
        let empty = mia.runs("/ticket list").await;
        insta::assert_snapshot!(empty.shown(), @"");
        desk.opens("mia", "The VPN is down").await;
        desk.opens("tom", "The printer is dead").await;

        let own = mia.runs("/ticket list").await;
        insta::assert_snapshot!(own.shown(), @"");
        let refused = mia.runs("/ticket list which:l1").await;
        insta::assert_snapshot!(refused.shown(), @"");
        let queue = desk
            .person("ravi")
            .in_("#l1-queue")
            .runs("/ticket list which:l1")
            .await;
        insta::assert_snapshot!(queue.shown(), @"");

        let shown = queue
            .chooses("Show one of them", "T-0002 · The printer is dead")
            .await;
        assert!(shown.shown().contains("The printer is dead"));
    });
}

#[test]
fn long_lists_have_pages() {
    let limits = Limits {
        openings_per_10_minutes: NonZeroU32::new(100),
        openings_per_day: NonZeroU32::new(100),
        open_tickets_max: NonZeroU32::new(100),
        ..Limits::default()
    };
    Given::default().limits(limits).story(async |desk| {
        for number in 1..=12 {
            desk.opens("mia", &format!("Trouble number {number}")).await;
        }
        let first = desk.person("mia").in_("#help").runs("/ticket list").await;
        let second = first.presses("Next").await;
        insta::assert_snapshot!(second.shown(), @"");
        let back = second.presses("Back").await;
        assert_eq!(back.shown().replace(" (edited)", ""), first.shown());
    });
}

#[test]
fn help_shows_what_one_can_do_here() {
    story(async |desk| {
        let everybody = desk.person("mia").in_("#help").runs("/help").await;
        insta::assert_snapshot!(everybody.shown(), @"");
        let technician = desk.person("ravi").in_("#help").runs("/help").await;
        insta::assert_snapshot!(technician.shown(), @"");
        let direct = desk.person("mia").in_("@bot").runs("/help").await;
        insta::assert_snapshot!(direct.shown(), @"");
    });
}
