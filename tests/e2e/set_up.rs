//! The set-up: roles and channels are made, adopted, or mapped, by those who may.

use serde_json::json;

use crate::harness::{Desk, Given, SetUp, story};

const MANAGE_CHANNELS: u64 = 1 << 4;

#[test]
fn the_owner_sets_the_desk_up_with_one_command() {
    Given::default().set_up(SetUp::Not).story(async |desk| {
        let ada = desk.person("ada").in_("#general");

        let answer = ada.runs("/setup run").await;

        assert!(answer.is_private());
        insta::assert_snapshot!(answer.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Ada)
          ┌ Setting the desk up
          │ This is the plan. It is being carried out now; a report follows in the leads' channel.
          │ Roles: - L1 is made
          │ - L2 is made
          │ - L3 is made
          │ - Lead is made
          │ - Desk admin is made
          │ Channels: - #help is made
          │ - #tickets is made
          │ - #tickets-confidential is made
          │ - #l1-queue is made
          │ - #l2-queue is made
          │ - #l3-queue is made
          │ - #escalations is made
          │ - #leads is made
          └ Next: give your technicians the roles, and look at the result with /setup check.
        ");
        insta::assert_snapshot!(ada.in_("#leads").transcript().await, @r"
        **Deskhand** (bot) · 09:00
          @Ada, the set-up is done as far as it goes.
          -# desk·r
        ");
        insta::assert_snapshot!(ada.places().await.join("\n"), @r"
        general
        help
        tickets
        tickets-confidential
        l1-queue
        l2-queue
        l3-queue
        escalations
        leads
        ");
        insta::assert_snapshot!(desk.roles_of_the_server().await, @r"
        Deskhand
        L1
        L2
        L3
        Lead
        Desk admin
        @everyone
        ");
    });
}

#[test]
fn nobody_but_the_owner_begins() {
    Given::default().set_up(SetUp::Not).story(async |desk| {
        for who in ["mia", "nia"] {
            let answer = desk.person(who).in_("#general").runs("/setup run").await;
            assert_eq!(
                answer.shown().lines().nth(1).map(str::trim),
                Some(
                    "The first set-up is for the server's owner or an administrator. Ask one of them to run `/setup run`."
                )
            );
        }
        assert_eq!(desk.person("ada").places().await, ["general"]);
    });
}

#[test]
fn before_the_set_up_people_can_ask_but_not_open_tickets() {
    Given::default().set_up(SetUp::Not).story(async |desk| {
        let mia = desk.person("mia").in_("#general");
        let form = mia
            .runs("/ticket open category:network affected:low can_work:high")
            .await;
        insta::assert_snapshot!(form.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Mia)
          The desk is not set up on this server yet. Somebody who administers the server can do it with `/setup run`.
        ");
        let answer = mia.runs("/ask question:the vpn does not connect").await;
        assert!(answer.shown().contains("VPN does not connect"));
    });
}

#[test]
fn a_second_run_changes_nothing() {
    story(async |desk| {
        let ada = desk.person("ada").in_("#general");
        let places = ada.places().await;
        let roles = desk.roles_of_the_server().await;

        let answer = ada.runs("/setup run").await;

        insta::assert_snapshot!(answer.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Ada)
          ┌ Setting the desk up
          │ This is the plan. It is being carried out now; a report follows in the leads' channel.
          │ Roles: - @L1 stays
          │ - @L2 stays
          │ - @L3 stays
          │ - @Lead stays
          │ - @Desk admin stays
          │ Channels: - #help stays
          │ - #tickets stays
          │ - #tickets-confidential stays
          │ - #l1-queue stays
          │ - #l2-queue stays
          │ - #l3-queue stays
          │ - #escalations stays
          │ - #leads stays
          └ Next: give your technicians the roles, and look at the result with /setup check.
        ");
        assert_eq!(ada.places().await, places);
        assert_eq!(desk.roles_of_the_server().await, roles);
    });
}

#[test]
fn what_was_deleted_is_made_again() {
    story(async |desk| {
        desk.forgives("of the desk is gone");
        desk.forgives("a delivery is blocked");
        desk.admin("ada", "delete", json!({"channel": "escalations"}))
            .await;
        let nia = desk.person("nia");
        assert!(!nia.sees("escalations").await);
        desk.person("ada").in_("#general").runs("/setup run").await;
        desk.settles().await;
        assert!(nia.sees("escalations").await);
        // It is the desk's again, and not only there.
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        desk.escalates("ravi", "T-0001").await;
        let line = desk.channel("#escalations").as_("nia").last(1).await;
        assert!(line.contains("T-0001 · L1 → L2"), "{line}");
    });
}

#[test]
fn a_desk_admin_may_run_it_again_and_others_may_not() {
    story(async |desk| {
        desk.roles("tom", &["Desk admin"], &[]).await;
        let tom = desk.person("tom").in_("#general").runs("/setup run").await;
        assert!(tom.is_private());
        let mia = desk.person("mia").in_("#general").runs("/setup run").await;
        insta::assert_snapshot!(mia.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Mia)
          This is for Desk admin. Ask a desk admin if you should have that role.
        ");
    });
}

#[test]
fn what_has_the_right_name_is_adopted() {
    Given::default()
        .set_up(SetUp::Not)
        .channel("help")
        .channel("escalations")
        .story(async |desk| {
            let ada = desk.person("ada").in_("#general");

            let answer = ada.runs("/setup run").await;

            insta::assert_snapshot!(answer.shown(), @r"
            **Deskhand** (bot) · 09:00 (only for Ada)
              ┌ Setting the desk up
              │ This is the plan. It is being carried out now; a report follows in the leads' channel.
              │ Roles: - L1 is made
              │ - L2 is made
              │ - L3 is made
              │ - Lead is made
              │ - Desk admin is made
              │ Channels: - #help is taken over, because of its name
              │ - #tickets is made
              │ - #tickets-confidential is made
              │ - #l1-queue is made
              │ - #l2-queue is made
              │ - #l3-queue is made
              │ - #escalations is taken over, because of its name
              │ - #leads is made
              └ Next: give your technicians the roles, and look at the result with /setup check.
            ");
            let places = ada.places().await;
            assert_eq!(places.iter().filter(|name| *name == "help").count(), 1);
            assert_eq!(
                places.iter().filter(|name| *name == "escalations").count(),
                1
            );
        });
}

#[test]
fn what_is_there_under_another_name_is_mapped() {
    Given::default()
        .set_up(SetUp::Not)
        .channel("service-desk")
        .story(async |desk| {
            let ada = desk.person("ada").in_("#general");

            let answer = ada.runs("/setup run help:#service-desk").await;

            insta::assert_snapshot!(answer.shown(), @"
            **Deskhand** (bot) · 09:00 (only for Ada)
              ┌ Setting the desk up
              │ This is the plan. It is being carried out now; a report follows in the leads' channel.
              │ Roles: - L1 is made
              │ - L2 is made
              │ - L3 is made
              │ - Lead is made
              │ - Desk admin is made
              │ Channels: - #help: #service-desk, as you chose
              │ - #tickets is made
              │ - #tickets-confidential is made
              │ - #l1-queue is made
              │ - #l2-queue is made
              │ - #l3-queue is made
              │ - #escalations is made
              │ - #leads is made
              └ Next: give your technicians the roles, and look at the result with /setup check.
            ");
            assert!(!ada.sees("help").await);
        });
}

#[test]
fn a_small_desk_gives_two_tiers_to_one_role() {
    story(async |desk| {
        let ada = desk.person("ada").in_("#general");
        let answer = ada.runs("/setup run l1:@L2").await;
        insta::assert_snapshot!(answer.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ada)
          ┌ Setting the desk up
          │ This is the plan. It is being carried out now; a report follows in the leads' channel.
          │ Roles: - L1: @L2, as you chose
          │ - @L2 stays
          │ - @L3 stays
          │ - @Lead stays
          │ - @Desk admin stays
          │ Channels: - #help stays
          │ - #tickets stays
          │ - #tickets-confidential stays
          │ - #l1-queue stays
          │ - #l2-queue stays
          │ - #l3-queue stays
          │ - #escalations stays
          │ - #leads stays
          └ Next: give your technicians the roles, and look at the result with /setup check.
        ");
        desk.opens("mia", "The VPN is down").await;
        // Whoever had the role before holds nothing any more; who has the new one holds both tiers.
        let former = desk.claims("sami", "T-0001").await;
        insta::assert_snapshot!(former.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Sami)
          This is for L1, L2, L3 or Lead. Ask a desk admin if you should have that role.
        ");
        desk.claims("ivo", "T-0001").await;
        assert_eq!(desk.standing().await, "T-0001 in_progress L1 Ivo");
    });
}

#[test]
fn an_error_on_the_way_makes_nothing_twice() {
    Given::default().set_up(SetUp::Not).story(async |desk| {
        let error = json!({"status": 500, "apply": true});
        desk.fails(json!([
            {"route": "POST /guilds/{guild_id}/channels", "times": 2, "what": error},
            {"route": "POST /guilds/{guild_id}/roles", "times": 2, "what": error},
        ]))
        .await;
        let ada = desk.person("ada").in_("#general");
        ada.runs("/setup run").await;
        desk.passes(jiff::SignedDuration::from_mins(10)).await;
        let places = ada.places().await;
        insta::assert_snapshot!(places.join("\n"), @r"
        general
        help
        tickets
        tickets-confidential
        l1-queue
        l2-queue
        l3-queue
        escalations
        leads
        ");
        insta::assert_snapshot!(desk.roles_of_the_server().await, @r"
        Deskhand
        L1
        L2
        L3
        Lead
        Desk admin
        @everyone
        ");
    });
}

#[test]
fn a_missing_permission_is_named_with_its_place() {
    Given::default()
        .set_up(SetUp::Not)
        .bot_lacks(MANAGE_CHANNELS)
        .story(async |desk| {
            desk.leaves_work();
            desk.forgives("Missing Permissions");
            let ada = desk.person("ada").in_("#general");
            let answer = ada.runs("/setup run").await;
            insta::assert_snapshot!(answer.shown(), @r"
            **Deskhand** (bot) · 09:00 (only for Ada)
              ┌ Setting the desk up
              │ Nothing was changed. Mend this first, then run the set-up again:
              │
              └ To make roles and channels I need Manage Channels on the server. Give my role these permissions in Server Settings → Roles, or name the roles and channels that you have as options of this command.
            ");
        });
}

#[test]
fn the_check_finds_nothing_on_a_healthy_desk() {
    story(async |desk| {
        let answer = desk
            .person("ada")
            .in_("#general")
            .runs("/setup check")
            .await;
        insta::assert_snapshot!(answer.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Ada)
          ┌ How the desk is set up
          │ Everything is in place.
          │ Roles and channels: L1: @L1 · L2: @L2 · L3: @L3 · Lead: @Lead · Desk admin: @Desk admin
          │ #help #tickets #tickets-confidential #l1-queue #l2-queue #l3-queue #escalations #leads
          └ 6 articles are served.
        ");
        let refused = desk
            .person("mia")
            .in_("#general")
            .runs("/setup check")
            .await;
        insta::assert_snapshot!(refused.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Mia)
          This is for Desk admin. Ask a desk admin if you should have that role.
        ");
    });
}

#[test]
fn the_check_names_what_is_missing_and_where() {
    story(async |desk| {
        let denied = json!({"channel": "#escalations", "user": "Deskhand", "allow": "274877989888", "deny": "2048"});
        desk.admin("ada", "permissions", denied).await;

        let answer = desk
            .person("ada")
            .in_("#general")
            .runs("/setup check")
            .await;

        insta::assert_snapshot!(answer.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Ada)
          ┌ How the desk is set up
          │ One thing needs you:
          │ What is wrong: - In #escalations: Send Messages
          │ Roles and channels: L1: @L1 · L2: @L2 · L3: @L3 · Lead: @Lead · Desk admin: @Desk admin
          │ #help #tickets #tickets-confidential #l1-queue #l2-queue #l3-queue #escalations #leads
          └ 6 articles are served.
        ");
    });
}

impl Desk {
    async fn roles_of_the_server(&self) -> String {
        let world = self.person("ada").world().await;
        let roles = world["roles"].as_array().cloned().unwrap_or_default();
        let names: Vec<&str> = roles
            .iter()
            .filter_map(|role| role["name"].as_str())
            .collect();
        names.join("\n")
    }
}
