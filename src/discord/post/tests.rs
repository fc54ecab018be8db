use super::*;
use crate::discord::line::Line;
use crate::discord::reply::{EmbedField, Field};
use crate::domain::ids::UserId;

fn length(value: &Value) -> usize {
    value.as_str().map_or(0, |text| text.chars().count())
}

fn button(label: &str, line: Line) -> Button {
    Button::new(label, Style::Secondary, line)
}

#[test]
fn nobody_is_pinged_but_those_who_are_named() {
    let nobody = message(&Post::text("@everyone <@1> <@&2>"));
    assert_eq!(
        nobody["allowed_mentions"],
        json!({ "parse": [], "users": [], "replied_user": false })
    );
    let some = message(&Post::text("<@1>").pinging([UserId(7), UserId(7), UserId(3)]));
    assert_eq!(some["allowed_mentions"]["users"], json!(["3", "7"]));
    let crowd = Post::text("").pinging((1..=150).map(UserId));
    let users = message(&crowd)["allowed_mentions"]["users"].clone();
    assert_eq!(users.as_array().map(Vec::len), Some(MENTIONS));
}

#[test]
fn an_edit_leaves_nothing_of_what_stood_there() {
    let body = message(&Post::text("done"));
    assert_eq!(body["embeds"], json!([]));
    assert_eq!(body["components"], json!([]));
}

#[test]
fn texts_are_counted_in_characters_and_cut_with_an_ellipsis() {
    for letter in ["x", "🙂", "é", "漢"] {
        let body = message(&Post::text(letter.repeat(3000)));
        assert_eq!(length(&body["content"]), CONTENT, "{letter}");
        assert!(
            body["content"]
                .as_str()
                .is_some_and(|text| text.ends_with('…'))
        );
    }
    // A letter and its accent are two characters and one letter: the cut falls between letters.
    let accents = message(&Post::text("q\u{323}".repeat(1500)));
    assert!(length(&accents["content"]) <= CONTENT);
    assert!(
        accents["content"]
            .as_str()
            .is_some_and(|text| text.ends_with("q\u{323}…"))
    );
    let whole = message(&Post::text(format!("  {}  ", "x".repeat(CONTENT))));
    assert_eq!(whole["content"], "x".repeat(CONTENT));
}

#[test]
fn the_reference_stands_at_the_end_however_long_the_rest_is() {
    let referred = |post: Post| {
        message(&Post {
            footer_ref: Some("T-0042·e45".into()),
            ..post
        })
    };
    let text = referred(Post::text("x".repeat(3000)));
    assert_eq!(length(&text["content"]), CONTENT);
    assert!(
        text["content"]
            .as_str()
            .is_some_and(|text| text.ends_with("…\n-# T-0042·e45"))
    );
    let long = Embed {
        description: Some("x".repeat(9000)),
        footer: Some("y".repeat(3000)),
        ..Embed::default()
    };
    let embed = referred(Post::embed(long));
    let footer = &embed["embeds"][0]["footer"]["text"];
    assert!(
        footer
            .as_str()
            .is_some_and(|text| text.ends_with(" · T-0042·e45"))
    );
}

#[test]
fn all_embeds_together_stay_below_the_sum() {
    let full = Embed {
        author: Some("a".repeat(300)),
        title: Some("t".repeat(300)),
        description: Some("d".repeat(5000)),
        fields: (0..30)
            .map(|_| EmbedField {
                name: "n".repeat(300),
                value: "v".repeat(2000),
                inline: false,
            })
            .collect(),
        footer: Some("f".repeat(3000)),
        ..Embed::default()
    };
    let body = message(&Post {
        embeds: vec![full; 12],
        ..Post::default()
    });
    let embeds = body["embeds"].as_array().expect("embeds");
    assert!(embeds.len() <= EMBEDS);
    let mut sum = 0;
    for embed in embeds {
        let fields = embed["fields"].as_array().map_or(&[][..], Vec::as_slice);
        assert!(fields.len() <= EMBED_FIELDS);
        for field in fields {
            assert!((1..=EMBED_TITLE).contains(&length(&field["name"])));
            assert!((1..=EMBED_FIELD_VALUE).contains(&length(&field["value"])));
            sum += length(&field["name"]) + length(&field["value"]);
        }
        for (part, most) in [("title", EMBED_TITLE), ("description", EMBED_DESCRIPTION)] {
            assert!(length(&embed[part]) <= most, "{part}");
            sum += length(&embed[part]);
        }
        sum += length(&embed["author"]["name"]) + length(&embed["footer"]["text"]);
    }
    assert!(sum <= EMBED_SUM, "{sum}");
}

#[test]
fn rows_buttons_and_choices_keep_their_number_and_their_ids_are_unique() {
    let line = |n: usize| Line::new("work claim").arg(format!("T-{n:04}"));
    let six = (0..6).map(|n| button(&"b".repeat(90), line(n))).collect();
    let mut post = Post::text("x").with_buttons(six);
    for row in 1..7 {
        post = post.with_buttons(vec![
            button("again", line(0)),
            button("new", line(100 + row)),
        ]);
    }
    let rows = message(&post)["components"].clone();
    let rows = rows.as_array().expect("rows");
    assert_eq!(rows.len(), ROWS);
    assert_eq!(
        rows[0]["components"].as_array().map(Vec::len),
        Some(BUTTONS)
    );
    assert_eq!(length(&rows[0]["components"][0]["label"]), BUTTON_LABEL);
    let mut ids = BTreeSet::new();
    for button in rows
        .iter()
        .flat_map(|row| row["components"].as_array().into_iter().flatten())
    {
        assert!(ids.insert(button["custom_id"].to_string()), "{button}");
    }
    let choice = |n: usize| Choice {
        label: "l".repeat(120),
        value: format!("v{}", n % 40),
        about: Some("a".repeat(120)),
        chosen: n == 0,
    };
    let select = Select {
        line: line(1),
        placeholder: "p".repeat(200),
        options: (0..60).map(choice).collect(),
        min: 1,
        max: 200,
    };
    let row =
        message(&Post::text("x").with_select(select))["components"][0]["components"][0].clone();
    assert_eq!(row["options"].as_array().map(Vec::len), Some(CHOICES));
    assert_eq!(
        (row["min_values"].clone(), row["max_values"].clone()),
        (json!(1), json!(CHOICES))
    );
    assert_eq!(length(&row["placeholder"]), PLACEHOLDER);
    assert_eq!(length(&row["options"][0]["label"]), CHOICE_TEXT);
    assert_eq!(row["options"][0]["default"], true);
}

#[test]
fn an_empty_select_and_a_row_without_buttons_are_left_out() {
    let empty = Select {
        line: Line::new("ask pick"),
        placeholder: String::new(),
        options: Vec::new(),
        min: 0,
        max: 1,
    };
    let post = Post::text("x").with_select(empty).with_buttons(Vec::new());
    assert_eq!(message(&post)["components"], json!([]));
}

#[test]
fn a_form_keeps_its_limits() {
    let field = |max: u16| Field {
        name: "summary",
        label: "l".repeat(60),
        size: Size::Paragraph,
        value: "🙂".repeat(5000),
        placeholder: "p".repeat(200),
        required: true,
        min: 30,
        max,
    };
    let body = form(&Form {
        line: Line::new("work escalate").arg("T-0042").version(7),
        title: "t".repeat(60),
        fields: vec![
            field(5000),
            field(20),
            field(0),
            field(100),
            field(100),
            field(100),
        ],
    });
    assert_eq!(body["custom_id"], "work escalate|T-0042|v7");
    assert_eq!(length(&body["title"]), FORM_TITLE);
    let rows = body["components"].as_array().expect("rows");
    assert_eq!(rows.len(), FORM_FIELDS);
    let limits: Vec<(Value, Value, usize)> = rows
        .iter()
        .map(|row| {
            let input = &row["components"][0];
            (
                input["min_length"].clone(),
                input["max_length"].clone(),
                length(&input["value"]),
            )
        })
        .collect();
    assert_eq!(limits[0], (json!(30), json!(FORM_VALUE), FORM_VALUE));
    assert_eq!(limits[1], (json!(20), json!(20), 20));
    assert_eq!(limits[2], (json!(1), json!(1), 1));
    let input = &rows[0]["components"][0];
    assert_eq!(
        (length(&input["label"]), length(&input["placeholder"])),
        (FORM_LABEL, FORM_PLACEHOLDER)
    );
}

#[test]
fn suggestions_that_discord_would_refuse_are_left_out() {
    let pair = |value: &str, label: &str| (value.to_owned(), label.to_owned());
    let mut offered = vec![
        pair("", "no value"),
        pair(&"v".repeat(101), "too long"),
        pair("v", " "),
    ];
    offered.extend((0..30).map(|n| pair(&n.to_string(), &"l".repeat(120))));
    let body = choices(&offered);
    let shown = body["choices"].as_array().expect("choices");
    assert_eq!(shown.len(), CHOICES);
    assert_eq!(shown[0]["value"], "0");
    assert_eq!(length(&shown[0]["name"]), CHOICE_TEXT);
}

#[test]
fn a_message_is_known_by_its_whole_reference() {
    let card =
        json!({ "content": "", "embeds": [{ "footer": { "text": "Opened by Mia · T-0042·e4" } }] });
    let line = json!({ "content": "T-0042 went to L2\n-# T-0042·e45", "embeds": [] });
    assert!(bears(&card, "T-0042·e4") && !bears(&card, "T-0042·e45"));
    assert!(bears(&line, "T-0042·e45") && !bears(&line, "T-0042·e4"));
    assert!(!bears(&json!({}), "T-0042·e4"));
}
