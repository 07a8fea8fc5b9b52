//! What the reading process tells its parent: frames of a length and a message.

use std::io::{self, Read as _, Write};

use serde::{Deserialize, Serialize};

use crate::dataset::Table;
use crate::intake::{Options, Read};
use crate::records::InputFile;

/// What a reading process is asked; the file itself is its standard input.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Order {
    /// File name without its folder.
    pub(super) name: String,
    /// How to read.
    pub(super) options: Options,
}

/// What a reading process answers.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Message {
    /// The file is loaded; nothing of it was parsed yet.
    Opened(InputFile),
    /// Records of the sheet being read.
    Rows(Table),
    /// The records since the last word stand.
    Keep,
    /// They do not.
    Discard,
    /// The end: all that is not rows.
    Done(Box<Read>),
}

/// Frames beyond this are no answer of ours.
const LONGEST: u64 = 1 << 30;

/// Sends a message.
pub(super) fn send(out: &mut impl Write, message: &Message) -> io::Result<()> {
    let bytes = postcard::to_stdvec(message).map_err(io::Error::other)?;
    let length = bytes.len() as u64;
    out.write_all(&length.to_le_bytes())?;
    out.write_all(&bytes)
}

/// The next message; `None` where the sender ended between two.
pub(super) fn receive(from: &mut impl io::Read) -> io::Result<Option<Message>> {
    let mut head = Vec::with_capacity(8);
    from.by_ref().take(8).read_to_end(&mut head)?;
    if head.is_empty() {
        return Ok(None);
    }
    let length = <[u8; 8]>::try_from(head).map_err(|_| io::ErrorKind::UnexpectedEof)?;
    let length = u64::from_le_bytes(length);
    if length > LONGEST {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut bytes = Vec::new();
    from.take(length).read_to_end(&mut bytes)?;
    postcard::from_bytes(&bytes).map(Some).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use super::{Message, receive, send};

    #[test]
    fn messages_arrive_as_sent_and_a_torn_one_is_an_error() -> std::io::Result<()> {
        let mut pipe = Vec::new();
        send(&mut pipe, &Message::Done(Box::default()))?;
        let torn = pipe[..pipe.len() - 1].to_vec();
        assert!(matches!(receive(&mut pipe.as_slice())?, Some(Message::Done(_))));
        assert!(receive(&mut torn.as_slice()).is_err());
        assert!(receive(&mut [].as_slice())?.is_none());
        let mut endless = u64::MAX.to_le_bytes().to_vec();
        endless.push(0);
        assert!(receive(&mut endless.as_slice()).is_err());
        Ok(())
    }
}
