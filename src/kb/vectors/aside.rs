//! A file without a name for bytes that are seldom needed and can be made again: the system takes it away with the process.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The file.
#[derive(Debug)]
pub(in crate::kb) struct Aside(Mutex<Inside>);

#[derive(Debug)]
struct Inside {
    file: File,
    end: u64,
    /// Where bytes lay that were let go, by how many they were.
    free: BTreeMap<usize, Vec<u64>>,
}

/// Where bytes lie.
#[derive(Debug)]
pub(in crate::kb) struct Slot {
    at: u64,
    length: usize,
}

impl Aside {
    /// A new one in that folder.
    ///
    /// # Errors
    /// When no file can be made there.
    pub fn new_in(folder: &Path) -> io::Result<Aside> {
        let file = tempfile::tempfile_in(folder)?;
        Ok(Aside(Mutex::new(Inside {
            file,
            end: 0,
            free: BTreeMap::new(),
        })))
    }

    /// Lays bytes aside.
    ///
    /// # Errors
    /// When they cannot be written: the disk is full.
    pub fn put(&self, bytes: &[u8]) -> io::Result<Slot> {
        let mut inside = self.inside();
        let length = bytes.len();
        let again = inside.free.get(&length).and_then(|free| free.last());
        let at = again.copied().unwrap_or(inside.end);
        inside.file.seek(SeekFrom::Start(at))?;
        inside.file.write_all(bytes)?;
        if at == inside.end {
            inside.end += length as u64;
        } else if let Some(free) = inside.free.get_mut(&length) {
            free.pop();
        }
        Ok(Slot { at, length })
    }

    /// Reads them again.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn get(&self, slot: &Slot) -> io::Result<Vec<u8>> {
        let mut inside = self.inside();
        let mut bytes = vec![0; slot.length];
        inside.file.seek(SeekFrom::Start(slot.at))?;
        inside.file.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    /// Their place is free for others of the same length.
    pub fn let_go(&self, slot: Slot) {
        let mut inside = self.inside();
        inside.free.entry(slot.length).or_default().push(slot.at);
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        // What is noted beside the file changes only after the file did.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_laid_aside_is_found_and_places_are_used_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let aside = Aside::new_in(folder.path()).expect("a file");
        let get = |slot: &Slot| aside.get(slot).expect("read");
        let one = aside.put(b"one").expect("written");
        let two = aside.put(b"second").expect("written");
        assert_eq!((get(&one), get(&two)), (b"one".into(), b"second".into()));
        aside.let_go(one);
        let other = aside.put(b"longer").expect("written");
        let again = aside.put(b"new").expect("written");
        assert_eq!((again.at, other.at), (0, 9));
        let last = aside.put(b"end").expect("written");
        assert_eq!(last.at, 15);
        let all = [two, other, again, last].map(|slot| get(&slot));
        assert_eq!(all, ["second", "longer", "new", "end"].map(Vec::from));
        let names = std::fs::read_dir(folder.path()).expect("listed");
        assert_eq!(names.count(), 0, "nothing is left behind");
    }
}
