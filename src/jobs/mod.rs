//! What happens by itself: deliveries, timers, files, reconciliation. Each is a loop that ends when it is told to.

pub mod articles;
pub mod files;
pub mod learning;
pub mod outbox;
pub mod reconcile;
pub mod reports;
pub mod timers;
pub mod vectors;
