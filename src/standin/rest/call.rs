//! One request, read: path, query, body, files.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use serde_json::{Value, json};

use crate::standin::ids::Id;
use crate::standin::laws::Refused;
use crate::standin::laws::message::Upload;

/// A request as it arrived, before anybody asked what it means.
pub struct Heard {
    /// The method.
    pub method: String,
    /// Path and query as sent.
    pub path: String,
    /// The path's segments after `/api/v10`, decoded.
    pub segments: Vec<String>,
    /// The query.
    pub query: HashMap<String, String>,
    /// The token's header.
    pub authorization: Option<String>,
    /// The audit log reason, decoded.
    pub reason: Option<String>,
    /// The JSON body, or null.
    pub body: Value,
    /// Files.
    pub files: Vec<Upload>,
}

/// A request that matched a route.
pub struct Call<'a> {
    params: Vec<(&'static str, String)>,
    heard: &'a Heard,
    /// Who asks: the bot.
    pub by: Id,
}

/// An answer.
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: Option<Value>,
}

impl Reply {
    /// 200 with a body.
    pub fn ok(body: Value) -> Self {
        Self {
            status: 200,
            body: Some(body),
        }
    }

    /// 201 with a body.
    pub fn created(body: Value) -> Self {
        Self {
            status: 201,
            body: Some(body),
        }
    }

    /// 204.
    pub fn nothing() -> Self {
        Self {
            status: 204,
            body: None,
        }
    }
}

impl<'a> Call<'a> {
    /// Puts request and match together.
    pub fn new(heard: &'a Heard, params: Vec<(&'static str, String)>, by: Id) -> Self {
        Self { params, heard, by }
    }

    /// A parameter of the path as text.
    pub fn param(&self, name: &str) -> &str {
        self.params
            .iter()
            .find(|(known, _)| *known == name)
            .map_or("", |(_, value)| value)
    }

    /// A parameter of the path as an id.
    ///
    /// # Errors
    /// 50035 for anything else.
    pub fn id(&self, name: &str) -> Result<Id, Refused> {
        let text = self.param(name);
        let message = format!("Value \"{text}\" is not snowflake.");
        Id::parse(text).ok_or_else(|| Refused::field(name, "NUMBER_TYPE_COERCE", &message))
    }

    /// The JSON body.
    pub fn body(&self) -> &Value {
        &self.heard.body
    }

    /// The files.
    pub fn files(&self) -> Vec<Upload> {
        self.heard.files.clone()
    }

    /// A value of the query.
    pub fn query(&self, name: &str) -> Option<&str> {
        self.heard.query.get(name).map(String::as_str)
    }

    /// A yes or no of the query: `true`, `True` and `1` are yes.
    pub fn flag(&self, name: &str) -> bool {
        matches!(self.query(name), Some("true" | "True" | "1"))
    }

    /// A number of the query, within bounds.
    ///
    /// # Errors
    /// 50035 for anything else.
    pub fn number(
        &self,
        name: &str,
        min: usize,
        max: usize,
        unsaid: usize,
    ) -> Result<usize, Refused> {
        let Some(text) = self.query(name) else {
            return Ok(unsaid);
        };
        let message = |what: &str, limit: usize| {
            format!("int value should be {what} than or equal to {limit}.")
        };
        match text.parse::<usize>() {
            Err(_) => Err(Refused::field(
                name,
                "NUMBER_TYPE_COERCE",
                &format!("Value \"{text}\" is not int."),
            )),
            Ok(number) if number > max => Err(Refused::field(
                name,
                "NUMBER_TYPE_MAX",
                &message("less", max),
            )),
            Ok(number) if number < min => Err(Refused::field(
                name,
                "NUMBER_TYPE_MIN",
                &message("greater", min),
            )),
            Ok(number) => Ok(number),
        }
    }

    /// An id of the query.
    ///
    /// # Errors
    /// 50035 for anything else.
    pub fn query_id(&self, name: &str) -> Result<Option<Id>, Refused> {
        let Some(text) = self.query(name) else {
            return Ok(None);
        };
        // Zero means "from the beginning" for some libraries.
        match text.parse() {
            Ok(id) => Ok(Some(Id(id))),
            Err(_) => {
                let message = format!("Value \"{text}\" is not snowflake.");
                Err(Refused::field(name, "NUMBER_TYPE_COERCE", &message))
            }
        }
    }
}

/// Reads a request.
///
/// # Errors
/// 50109 for a body that is not JSON; 400 for a broken multipart body.
pub async fn hear(request: Request) -> Result<Heard, Refused> {
    let (parts, body) = request.into_parts();
    let text = |name: &str| {
        parts
            .headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned)
    };
    let path = parts
        .uri
        .path_and_query()
        .map_or_else(|| parts.uri.path().to_owned(), ToString::to_string);
    let mut segments: Vec<String> = parts.uri.path().split('/').skip(2).map(decode).collect();
    if segments.first().is_some_and(|first| is_version(first)) {
        segments.remove(0);
    }
    let query = parts
        .uri
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty());
    let query = query
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(&value.replace('+', " ")))
        })
        .collect();
    let mut heard = Heard {
        method: parts.method.as_str().to_owned(),
        path,
        segments,
        query,
        authorization: text("authorization"),
        reason: text("x-audit-log-reason").map(|reason| decode(&reason)),
        body: Value::Null,
        files: Vec::new(),
    };
    if heard
        .reason
        .as_ref()
        .is_some_and(|reason| reason.chars().count() > 512)
    {
        return Err(Refused::field(
            "X-Audit-Log-Reason",
            "BASE_TYPE_MAX_LENGTH",
            "Must be 512 or fewer in length.",
        ));
    }
    let media_type = parts
        .headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let multipart = media_type.starts_with("multipart/form-data");
    let request = Request::from_parts(parts, body);
    if multipart {
        (heard.body, heard.files) = hear_parts(request).await?;
        return Ok(heard);
    }
    let bytes = axum::body::Bytes::from_request(request, &())
        .await
        .map_err(|_| too_large())?;
    if !bytes.is_empty() {
        heard.body = serde_json::from_slice(&bytes).map_err(|_| Refused::not_json())?;
    }
    Ok(heard)
}

async fn hear_parts(request: Request) -> Result<(Value, Vec<Upload>), Refused> {
    let broken = |_| {
        Refused::new(
            StatusCode::BAD_REQUEST,
            50110,
            "The request body is not valid multipart.",
        )
    };
    let mut multipart = Multipart::from_request(request, &()).await.map_err(|_| {
        Refused::new(
            StatusCode::BAD_REQUEST,
            50110,
            "The request body is not valid multipart.",
        )
    })?;
    let mut body = json!({});
    let mut files = Vec::new();
    while let Some(field) = multipart.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        let filename = field.file_name().map(str::to_owned);
        let media_type = field.content_type().map(str::to_owned);
        let bytes = field.bytes().await.map_err(broken)?;
        if name == "payload_json" {
            body = serde_json::from_slice(&bytes).map_err(|_| Refused::not_json())?;
        } else if let Some(filename) = filename {
            let number = name
                .strip_prefix("files[")
                .and_then(|rest| rest.strip_suffix(']'));
            let number = number
                .and_then(|number| number.parse().ok())
                .unwrap_or(files.len() as u64);
            files.push(Upload {
                number,
                filename,
                media_type,
                description: None,
                bytes: Arc::from(bytes.as_ref()),
            });
        } else {
            body[name] = json!(String::from_utf8_lossy(&bytes));
        }
    }
    Ok((body, files))
}

fn too_large() -> Refused {
    Refused::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        40005,
        "Request entity too large",
    )
}

fn is_version(segment: &str) -> bool {
    segment
        .strip_prefix('v')
        .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

/// Decodes `%40` and the like; what is not a valid escape stays.
fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escape = text.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        match escape.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn paths_are_decoded_and_broken_escapes_stay() {
        assert_eq!(decode("%40original"), "@original");
        assert_eq!(decode("a%3Ab"), "a:b");
        assert_eq!(decode("100%"), "100%");
        assert_eq!(decode("%zz"), "%zz");
        assert_eq!(decode("Gr%C3%BC%C3%9Fe"), "Grüße");
    }
}
