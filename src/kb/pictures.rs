//! The pictures that articles show: files of the folder, and nothing else.

use super::article::ArticleId;
use super::folder::resolved;
use crate::domain::record::picture;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// A picture, as it lies in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// What it is called, without its folder.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Larger pictures are not shown: Discord takes ten mebibytes, and nobody reads a page of that size on a telephone.
const LARGEST: u64 = 8 * 1024 * 1024;

/// The picture that an article calls `target`. None where there is no such file inside the folder, where it is too large,
/// or where its first bytes are not those of a PNG, JPEG, GIF or WebP.
///
/// Reads a file, so it blocks.
pub(super) fn read(folder: &Path, article: &ArticleId, target: &str) -> Option<Picture> {
    let root = folder.canonicalize().ok()?;
    let path = resolved(Path::new(article.as_str()), target)?;
    let file = root.join(path).canonicalize().ok()?;
    if !file.starts_with(&root) || !file.is_file() {
        return None;
    }
    let mut bytes = Vec::new();
    File::open(&file)
        .ok()?
        .take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .ok()?;
    let is_small = bytes.len() as u64 <= LARGEST;
    // The ending is ours, by what the file is: a client goes by it.
    let ending = picture(&bytes).filter(|_| is_small).map(ending)?;
    let name = file.file_stem()?.to_str()?;
    Some(Picture {
        name: format!("{name}.{ending}"),
        bytes,
    })
}

/// What the name of a picture of this media type ends in.
fn ending(media_type: &str) -> &str {
    match media_type.trim_start_matches("image/") {
        "jpeg" => "jpg",
        kind => kind,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::symlink;

    #[test]
    fn only_pictures_inside_the_folder_are_shown() {
        let place = tempfile::tempdir().expect("a folder");
        let folder = place.path().join("kb");
        fs::create_dir_all(folder.join("network/img")).expect("a folder");
        let png = *b"\x89PNG\r\n\x1a\nrest";
        fs::write(folder.join("network/img/the icon.png"), png).expect("a file");
        fs::write(folder.join("logo.jpeg"), [0xff, 0xd8, 0xff, 0xe0]).expect("a file");
        fs::write(folder.join("page.png"), "<html>").expect("a file");
        fs::write(place.path().join("secret.png"), png).expect("a file");
        symlink(place.path().join("secret.png"), folder.join("link.png")).expect("a link");
        let read = |target: &str| {
            let article = ArticleId::new("network/vpn");
            read(&folder, &article, target).map(|picture| picture.name)
        };
        for (target, name) in [
            ("img/the%20icon.png", Some("the icon.png")),
            ("../logo.jpeg", Some("logo.jpg")),
            ("../logo.jpeg#part", Some("logo.jpg")),
            ("../page.png", None),
            ("../link.png", None),
            ("../../secret.png", None),
            ("/etc/passwd", None),
            ("img", None),
            ("gone.png", None),
            ("", None),
        ] {
            assert_eq!(read(target).as_deref(), name, "{target}");
        }
    }
}
