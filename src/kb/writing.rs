//! Reading and writing single files of the folder of articles, for the desk that publishes.

use super::base::Kb;
use super::folder;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

/// What became of writing a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// It holds the text now, or held it already.
    Done,
    /// It holds something that is neither the old text nor the new one: somebody changed it meanwhile. Nothing was written.
    Changed,
}

/// Why a file could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum NotWritten {
    /// The path leads out of the folder, or to something that is no article.
    #[error("the path leads out of the folder of articles")]
    Outside,
    /// It holds more than an article may, or no text.
    #[error("the file is no text of at most 1 MB")]
    NoText,
    /// The system said no.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl Kb {
    /// What the file at `path` in the folder holds; none if there is no such file.
    ///
    /// Reads a file, so it blocks.
    pub fn file(&self, path: &str) -> Result<Option<String>, NotWritten> {
        let whole = within(self.folder(), path)?;
        let bytes = match folder::read_bytes(&whole) {
            Ok(bytes) => bytes.ok_or(NotWritten::NoText)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        if bytes.len() as u64 > super::article::LARGEST_FILE {
            return Err(NotWritten::NoText);
        }
        let text = String::from_utf8(bytes).map_err(|_| NotWritten::NoText)?;
        Ok(Some(text))
    }

    /// Puts `text` into the file at `path`, if that still holds `was` (nothing: there is no such file). It holds the old text or
    /// the new one at any moment, never a part.
    ///
    /// Writes a file, so it blocks.
    pub fn put(&self, path: &str, was: Option<&str>, text: &str) -> Result<Written, NotWritten> {
        let held = self.file(path)?;
        if held.as_deref() == Some(text) {
            return Ok(Written::Done);
        }
        if held.as_deref() != was {
            return Ok(Written::Changed);
        }
        let whole = within(self.folder(), path)?;
        let parent = whole.parent().ok_or(NotWritten::Outside)?;
        fs::create_dir_all(parent)?;
        // A link among the folders could lead elsewhere.
        if !parent
            .canonicalize()?
            .starts_with(self.folder().canonicalize()?)
        {
            return Err(NotWritten::Outside);
        }
        let name = whole.file_name().ok_or(NotWritten::Outside)?;
        // Hidden files are no articles, so nobody is answered with half of one.
        let beside = parent.join(format!(".{}.new", name.to_string_lossy()));
        let mut file = File::create(&beside)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        drop(file);
        fs::rename(&beside, &whole)?;
        // The name is safe on the disk as well; where a folder cannot be opened as a file, the system sees to it itself.
        if let Ok(folder) = File::open(parent) {
            let _ = folder.sync_all();
        }
        Ok(Written::Done)
    }
}

fn within(folder: &Path, path: &str) -> Result<PathBuf, NotWritten> {
    let inside = Path::new(path)
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    if inside && path.ends_with(".md") {
        Ok(folder.join(path))
    } else {
        Err(NotWritten::Outside)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_once_and_what_somebody_else_wrote_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let kb = Kb::open(folder.path());
        let put = |was: Option<&str>, text: &str| kb.put("new/a.md", was, text).expect("no fault");
        assert_eq!(kb.file("new/a.md").expect("no fault"), None);
        assert_eq!(put(None, "one"), Written::Done);
        assert_eq!(put(None, "one"), Written::Done, "it holds it already");
        assert_eq!(put(None, "two"), Written::Changed);
        assert_eq!(put(Some("zero"), "two"), Written::Changed);
        assert_eq!(
            kb.file("new/a.md").expect("no fault").as_deref(),
            Some("one")
        );
        assert_eq!(put(Some("one"), "two"), Written::Done);
        assert_eq!(
            kb.file("new/a.md").expect("no fault").as_deref(),
            Some("two")
        );
        let names = fs::read_dir(folder.path().join("new")).expect("a folder");
        assert_eq!(names.count(), 1, "nothing is left beside it");
    }

    #[test]
    fn no_path_leads_out_of_the_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        let kb = Kb::open(folder.path());
        for path in ["../a.md", "/etc/a.md", "a/../../b.md", "a.txt", "a"] {
            let no = kb.put(path, None, "text").expect_err(path);
            assert!(matches!(no, NotWritten::Outside), "{path}: {no}");
        }
        #[cfg(unix)]
        {
            let elsewhere = tempfile::tempdir().expect("a folder");
            let link = folder.path().join("link");
            std::os::unix::fs::symlink(elsewhere.path(), link).expect("a link");
            let no = kb.put("link/a.md", None, "text").expect_err("a link");
            assert!(matches!(no, NotWritten::Outside), "{no}");
        }
    }
}
