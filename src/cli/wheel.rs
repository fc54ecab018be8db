//! Reads a Python wheel, which is a ZIP archive: what is in it, and single files of it. What it says is not trusted: nothing
//! is written where it says, and nothing is unpacked beyond a limit.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use anyhow::{Context, bail, ensure};
use flate2::Crc;
use flate2::read::DeflateDecoder;

/// The list of contents may have so many bytes.
const LONGEST_LIST: u64 = 16 << 20;
/// The record at the end, and the longest comment that may follow it.
const LONGEST_END: u64 = 22 + 65_535;

/// A wheel.
pub struct Wheel {
    file: File,
    /// What is in it.
    pub entries: Vec<Entry>,
}

/// A file in a wheel.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its path.
    pub name: String,
    /// How many bytes it has, as the list says.
    pub size: u64,
    packed_size: u64,
    method: u16,
    crc: u32,
    at: u64,
}

impl Wheel {
    /// Opens a wheel and reads the list of what is in it.
    ///
    /// # Errors
    /// When the file cannot be read, or is no such archive.
    pub fn open(path: &Path) -> anyhow::Result<Wheel> {
        let mut file =
            File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
        let entries = list(&mut file)
            .with_context(|| format!("{} is no wheel, or not a whole one", path.display()))?;
        Ok(Wheel { file, entries })
    }

    /// Unpacks a file of at most `most` bytes.
    ///
    /// # Errors
    /// When it is larger, damaged, or packed in an unknown way.
    pub fn read(&mut self, entry: &Entry, most: u64) -> anyhow::Result<Vec<u8>> {
        ensure!(entry.size <= most, "{} is too large", entry.name);
        let mut head = [0; 30];
        self.file.seek(SeekFrom::Start(entry.at))?;
        self.file.read_exact(&mut head)?;
        ensure!(
            head.starts_with(b"PK\x03\x04"),
            "{} is not there",
            entry.name
        );
        let skipped = u64::from(two(&head, 26)) + u64::from(two(&head, 28));
        self.file.seek(SeekFrom::Start(entry.at + 30 + skipped))?;
        let packed = (&mut self.file).take(entry.packed_size);
        let mut bytes = Vec::new();
        // One byte more than it should have shows that it has more.
        match entry.method {
            0 => packed.take(entry.size + 1).read_to_end(&mut bytes)?,
            8 => DeflateDecoder::new(packed)
                .take(entry.size + 1)
                .read_to_end(&mut bytes)?,
            other => bail!("{} is packed in the unknown way {other}", entry.name),
        };
        let mut crc = Crc::new();
        crc.update(&bytes);
        ensure!(
            bytes.len() as u64 == entry.size && crc.sum() == entry.crc,
            "{} is damaged",
            entry.name
        );
        Ok(bytes)
    }
}

/// The list of contents, found by the record at the end.
fn list(file: &mut File) -> anyhow::Result<Vec<Entry>> {
    let length = file.seek(SeekFrom::End(0))?;
    let tail_at = length.saturating_sub(LONGEST_END);
    file.seek(SeekFrom::Start(tail_at))?;
    let mut tail = Vec::new();
    file.take(LONGEST_END).read_to_end(&mut tail)?;
    let end = (0..tail.len().saturating_sub(21))
        .rev()
        .find(|&at| tail[at..].starts_with(b"PK\x05\x06"))
        .context("it has no list of contents")?;
    let end = &tail[end..];
    let (size, at) = (u64::from(four(end, 12)), u64::from(four(end, 16)));
    ensure!(size <= LONGEST_LIST, "its list of contents is too long");
    file.seek(SeekFrom::Start(at))?;
    let mut list = Vec::new();
    file.take(size).read_to_end(&mut list)?;
    ensure!(list.len() as u64 == size, "its list of contents is cut off");
    let mut rest = list.as_slice();
    let mut entries = Vec::new();
    while !rest.is_empty() {
        ensure!(
            rest.len() >= 46 && rest.starts_with(b"PK\x01\x02"),
            "its list of contents is damaged"
        );
        let name_end = 46 + usize::from(two(rest, 28));
        let next = name_end + usize::from(two(rest, 30)) + usize::from(two(rest, 32));
        ensure!(next <= rest.len(), "its list of contents is damaged");
        entries.push(Entry {
            name: String::from_utf8_lossy(&rest[46..name_end]).into_owned(),
            size: u64::from(four(rest, 24)),
            packed_size: u64::from(four(rest, 20)),
            method: two(rest, 10),
            crc: four(rest, 16),
            at: u64::from(four(rest, 42)),
        });
        rest = &rest[next..];
    }
    Ok(entries)
}

/// The two bytes at a place that is known to be there.
fn two(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

/// The four bytes at a place that is known to be there.
fn four(bytes: &[u8], at: usize) -> u32 {
    u32::from(two(bytes, at)) | u32::from(two(bytes, at + 2)) << 16
}
