//! What is known of a server, read only: from what the gateway told, never asked for.

/// A handle to what is known of one server.
#[derive(Clone, Default)]
pub struct Server;
