//! What should have fired and did not is looked at again, and then the leads hear of it, once.

use super::*;

#[tokio::test]
async fn what_did_not_fire_is_tried_again_once_and_then_told() {
    let (_folder, desk) = desk(no_limits()).await;
    let mut urgent = opening("The whole site is offline");
    (urgent.impact, urgent.urgency) = (Impact::High, Urgency::High);
    let ticket = desk
        .open(urgent, &Actor::member(MIA, "Mia"), &cause(10), now())
        .await
        .expect("opened");
    let minute = SignedDuration::from_mins(1);
    let told = waiting(&desk).await;
    let audit = async |at| desk.audit_timers(at).await.expect("looked");
    assert_eq!(audit(now() + minute * 6).await, 0, "a minute is given");
    let late = now() + minute * 6 + SignedDuration::from_secs(1);
    assert_eq!(audit(late).await, 1);
    assert_eq!(waiting(&desk).await, told, "it is tried again first");
    assert_eq!(audit(late + minute).await, 1);
    assert_eq!(waiting(&desk).await, told + 1, "the leads are told");
    assert_eq!(audit(late + minute * 2).await, 1);
    assert_eq!(waiting(&desk).await, told + 1, "and not again");
    while desk.fire_due(late + minute * 2).await.expect("fired") > 0 {}
    assert_eq!(audit(late + minute * 3).await, 0);
    let by = Actor::member(MIA, "Mia");
    let now = desk.ticket(GUILD, ticket.number, &by, late).await;
    let ladder = now.expect("there").ladder;
    assert_eq!(ladder.run.map(|run| (run.next, run.repeat)), Some((2, 0)));
}
