//! The two compressions of the gateway: each large message by itself, or all of them as one stream.

use flate2::{Compress, Compression, FlushCompress};

/// How a connection sends its messages.
pub enum Packing {
    /// As text.
    Plain,
    /// Large ones as zlib data, each for itself (`compress: true` in identify).
    PerMessage,
    /// All in one zlib stream (`?compress=zlib-stream`).
    Stream(Box<Compress>),
}

/// Messages below this size are not worth compressing by themselves.
const WORTHWHILE: usize = 1024;

/// A message ready to be sent.
pub enum Packed {
    /// Text.
    Text(String),
    /// Compressed.
    Binary(Vec<u8>),
}

impl Packing {
    /// One stream for the whole connection.
    pub fn stream() -> Self {
        Self::Stream(Box::new(Compress::new(Compression::default(), true)))
    }

    /// Packs one message.
    pub fn pack(&mut self, text: String) -> Packed {
        match self {
            Self::Plain => Packed::Text(text),
            Self::PerMessage if text.len() < WORTHWHILE => Packed::Text(text),
            Self::PerMessage => {
                let mut compress = Compress::new(Compression::default(), true);
                Packed::Binary(run(&mut compress, text.as_bytes(), FlushCompress::Finish))
            }
            Self::Stream(compress) => {
                Packed::Binary(run(compress, text.as_bytes(), FlushCompress::Sync))
            }
        }
    }
}

/// Feeds everything and takes everything that comes out. With a sync flush the output ends with `00 00 FF FF`, by which
/// clients know that a message is complete.
fn run(compress: &mut Compress, mut input: &[u8], flush: FlushCompress) -> Vec<u8> {
    let mut output = Vec::with_capacity(input.len() / 2 + 64);
    loop {
        output.reserve(256);
        let (before_in, before_out) = (compress.total_in(), output.len());
        let room = output.capacity() - output.len();
        if compress.compress_vec(input, &mut output, flush).is_err() {
            return output;
        }
        let taken = usize::try_from(compress.total_in() - before_in).unwrap_or(0);
        input = &input[taken..];
        if input.is_empty() && output.len() - before_out < room {
            return output;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn a_stream_of_messages_inflates_to_what_was_said() {
        let mut packing = Packing::stream();
        let mut wire = Vec::new();
        let long = "words and more words, ".repeat(5000);
        for text in ["{\"op\":10}", long.as_str(), "{\"op\":11}"] {
            let Packed::Binary(bytes) = packing.pack(text.to_owned()) else {
                panic!("a stream is binary")
            };
            assert_eq!(bytes[bytes.len() - 4..], [0, 0, 0xFF, 0xFF]);
            wire.extend(bytes);
        }
        let mut said = vec![0; long.len() + 18];
        flate2::read::ZlibDecoder::new(wire.as_slice())
            .read_exact(&mut said)
            .expect("it inflates");
        assert_eq!(
            String::from_utf8(said).expect("it is text"),
            format!("{{\"op\":10}}{long}{{\"op\":11}}")
        );
    }

    #[test]
    fn a_large_message_inflates_by_itself() {
        let text = "x".repeat(100_000);
        let Packed::Binary(bytes) = Packing::PerMessage.pack(text.clone()) else {
            panic!("a large message is binary")
        };
        let mut said = String::new();
        flate2::read::ZlibDecoder::new(bytes.as_slice())
            .read_to_string(&mut said)
            .expect("it inflates");
        assert_eq!(said, text);
    }
}
