//! What happens by itself: deliveries, timers, reconciliation. Each is a loop that ends when it is told to.

pub mod outbox;
pub mod reconcile;
pub mod timers;
