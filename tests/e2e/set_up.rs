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
        insta::assert_snapshot!(answer.shown(), @"");
        insta::assert_snapshot!(ada.in_("#leads").transcript().await, @"");
        insta::assert_snapshot!(ada.places().await.join("\n"), @"");
        insta::assert_snapshot!(desk.roles_of_the_server().await, @"");
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
        insta::assert_snapshot!(form.shown(), @"");
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

        insta::assert_snapshot!(answer.shown(), @"");
        assert_eq!(ada.places().await, places);
        assert_eq!(desk.roles_of_the_server().await, roles);
    });
}

#[test]
fn a_desk_admin_may_run_it_again_and_others_may_not() {
    story(async |desk| {
        desk.roles("tom", &["Desk admin"], &[]).await;
        let tom = desk.person("tom").in_("#general").runs("/setup run").await;
        assert!(tom.is_private());
        let mia = desk.person("mia").in_("#general").runs("/setup run").await;
        insta::assert_snapshot!(mia.shown(), @"");
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

            insta::assert_snapshot!(answer.shown(), @"");
            let places = ada.places().await;
            assert_eq!(places.iter().filter(|name| *name == "help").count(), 1);
            assert_eq!(
                places.iter().filter(|name| *name == "escalations").count(),
                1
            );
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
            insta::assert_snapshot!(answer.shown(), @"");
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
        insta::assert_snapshot!(answer.shown(), @"");
        let refused = desk
            .person("mia")
            .in_("#general")
            .runs("/setup check")
            .await;
        insta::assert_snapshot!(refused.shown(), @"");
    });
}

#[test]
fn the_check_names_what_is_missing_and_where() {
    story(async |desk| {
        let denied = json!({"channel": "#escalations", "user": "Deskhand", "deny": "2048"});
        desk.admin("ada", "permissions", denied).await;

        let answer = desk
            .person("ada")
            .in_("#general")
            .runs("/setup check")
            .await;

        insta::assert_snapshot!(answer.shown(), @"");
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
