//! The stand-in's contract: it says no where Discord says no, over real HTTP and WebSocket.

mod commands;
mod faults;
mod forms;
mod gateway;
mod harness;
mod interactions;
mod messages;
#[path = "../support/openapi.rs"]
mod openapi;
mod people;
mod permissions;
mod threads;
mod whole;
