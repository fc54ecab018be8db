//! The page: its files are part of the program, so that nothing is fetched from elsewhere and nothing can be missing.

use axum::Router;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// The page under `/` and its files under `/web`.
pub(super) fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/", get(async || serve("index.html")))
        .route(
            "/web/{file}",
            get(async |Path(file): Path<String>| serve(&file)),
        )
}

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("web/", $name)))),*]
    };
}

/// Every file of the page, by name.
const FILES: &[(&str, &str)] = files![
    "api.js",
    "app.js",
    "avatars.js",
    "candidates.js",
    "chat.css",
    "commandline.js",
    "components.js",
    "composer.css",
    "composer.js",
    "content.css",
    "conversation.js",
    "deskclock.js",
    "dom.js",
    "embeds.js",
    "files.js",
    "forms.css",
    "forms.js",
    "guide.js",
    "icon.svg",
    "index.html",
    "interactions.js",
    "keyboard.js",
    "layout.css",
    "links.js",
    "markdown.js",
    "menus.js",
    "message.js",
    "optionfields.js",
    "overlays.css",
    "people.js",
    "popover.js",
    "quickswitch.js",
    "sidebar.css",
    "sidebar.js",
    "store.js",
    "suggestions.js",
    "theme.css",
    "theme.js",
    "time.js",
    "topbar.js",
];

fn serve(name: &str) -> Response {
    let Some((_, text)) = FILES.iter().find(|(known, _)| *known == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, media_type(name)),
        // The files change with the program, not with their names.
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, *text).into_response()
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "text/plain; charset=utf-8",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file that was added to the folder but not to the list would be missing on the page only.
    #[test]
    fn every_file_of_the_folder_is_served() {
        let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/standin/web"));
        let mut found: Vec<String> = folder
            .expect("the folder is part of the source")
            .map(|entry| {
                entry
                    .expect("the folder can be listed")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        found.sort();
        let listed: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
        assert_eq!(listed, found);
    }

    /// The page promises that it fetches nothing from elsewhere and never turns text into HTML.
    #[test]
    fn files_use_no_outside_assets_and_no_html_from_text() {
        for (name, text) in FILES {
            for forbidden in [
                "innerHTML",
                "outerHTML",
                "insertAdjacentHTML",
                "document.write",
                "eval(",
                "src=\"http",
                "@import",
                "url(http",
            ] {
                assert!(!text.contains(forbidden), "{name} contains {forbidden}");
            }
        }
    }

    #[test]
    fn unknown_files_are_not_found() {
        assert_eq!(serve("../server.rs").status(), StatusCode::NOT_FOUND);
        assert_eq!(serve("index.html").status(), StatusCode::OK);
    }
}
