//! What somebody typed and the desk did not take.

use crate::discord::plain;
use crate::discord::reply::{Embed, Post};
use crate::discord::words::Words;
use crate::discord::words::parts::{colour, with_long_field};
use crate::domain::refusal::Refusal;

/// Why not, and all that was typed, so that nothing is lost: pairs of what a text is and what it says. `next` says what
/// can be done with it.
pub fn kept(words: Words, refusal: &Refusal, next: String, texts: &[(String, &str)]) -> Post {
    let mut embed = Embed {
        description: Some(next),
        colour: Some(colour::WAITS),
        ..Embed::default()
    };
    for (name, text) in texts {
        if !text.trim().is_empty() {
            embed = with_long_field(embed, name, &plain::quoted(text));
        }
    }
    let post = Post::text(words.refusal(refusal));
    if embed.fields.is_empty() {
        post
    } else {
        post.with_embed(embed)
    }
}
