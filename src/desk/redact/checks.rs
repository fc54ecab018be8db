//! What must be true of a token that matched: checksums, what is encoded in it, randomness.

use std::ops::Range;

use data_encoding::BASE64URL_NOPAD;

use super::view::View;

/// No check: the format alone is proof enough.
pub(super) fn whole(_: &View<'_>, matched: Range<usize>) -> Option<Range<usize>> {
    Some(matched)
}

/// The token must end where a word ends: its length is fixed.
pub(super) fn word(view: &View<'_>, matched: Range<usize>) -> Option<Range<usize>> {
    view.may_end(matched.end).then_some(matched)
}

/// The token must look random: an identifier in the code of a program that only begins like one does not.
pub(super) fn random(view: &View<'_>, matched: Range<usize>) -> Option<Range<usize>> {
    let text = &view.text[matched.clone()];
    (is_random(text) && entropy(text) >= 3.0).then_some(matched)
}

/// Discord's tokens begin with the user's id, as base64 of its digits.
pub(super) fn discord_token(view: &View<'_>, matched: Range<usize>) -> Option<Range<usize>> {
    let id = view.text[matched.clone()].split('.').next()?;
    let id = BASE64URL_NOPAD.decode(id.as_bytes()).ok()?;
    ((17..=20).contains(&id.len()) && id.iter().all(u8::is_ascii_digit)).then_some(matched)
}

/// Amazon's documentation uses ids that end in EXAMPLE.
pub(super) fn aws_key_id(view: &View<'_>, matched: Range<usize>) -> Option<Range<usize>> {
    word(view, matched).filter(|range| !view.text[range.clone()].ends_with("EXAMPLE"))
}

/// The header of a token is a JSON object, as base64.
pub(super) fn jwt(view: &View<'_>, matched: Range<usize>) -> Option<Range<usize>> {
    let header = view.text[matched.clone()].split('.').next()?;
    let header = BASE64URL_NOPAD.decode(header.as_bytes()).ok()?;
    serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(&header).ok()?;
    Some(matched)
}

/// Each of the eight groups is a 16-bit number times eleven.
pub(super) fn bitlocker_key(view: &View<'_>, matched: Range<usize>) -> Option<Range<usize>> {
    let range = word(view, matched)?;
    view.text[range.clone()]
        .split('-')
        .all(|group| {
            group
                .trim()
                .parse::<u32>()
                .is_ok_and(|number| number.is_multiple_of(11) && number / 11 <= u32::from(u16::MAX))
        })
        .then_some(range)
}

/// Words that say that the number after them is no card.
const OTHER_NUMBERS: [&str; 22] = [
    "imei",
    "iccid",
    "serial",
    "s/n",
    "order",
    "bestell",
    "ticket",
    "case",
    "tracking",
    "sendung",
    "asset",
    "invoice",
    "rechnung",
    "snowflake",
    "message",
    "channel",
    "guild",
    "user",
    "build",
    "error",
    "device",
    "trace",
];

/// A payment card: a known prefix with the length it goes with, and Luhn's checksum. What follows the number (expiry,
/// verification code) is left, but broken over lines only a number in groups counts: lists hold one number a line.
pub(super) fn payment_card(view: &View<'_>, matched: Range<usize>) -> Option<Range<usize>> {
    let text = &view.text[matched.clone()];
    let digits: Vec<(usize, u8)> = text
        .bytes()
        .enumerate()
        .filter(|(_, byte)| byte.is_ascii_digit())
        .map(|(at, byte)| (at, byte - b'0'))
        .collect();
    let length = *card_lengths(&digits).iter().find(|&&length| {
        digits.len() >= length && luhn(&digits[..length]) && {
            let end = matched.start + digits[length - 1].0 + 1;
            view.may_end(end)
        }
    })?;
    let range = matched.start..matched.start + digits[length - 1].0 + 1;
    let is_grouped = view.text[range.clone()].contains([' ', '-']);
    if view.seams_in(&range).next().is_some() && !is_grouped {
        return None;
    }
    let before: String = view.text[..range.start]
        .chars()
        .rev()
        .take(24)
        .take_while(|c| *c != '\n')
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect::<String>()
        .to_lowercase();
    let is_another = !is_grouped && OTHER_NUMBERS.iter().any(|word| before.contains(word));
    // A mention, a path, a part of an address.
    let is_inside = !view.is_seam(range.start) && before.ends_with(['@', '#', '<', '/', '.', '-']);
    (!is_another && !is_inside).then_some(range)
}

/// The lengths that card numbers with this beginning have.
fn card_lengths(digits: &[(usize, u8)]) -> &'static [usize] {
    let prefix = digits
        .iter()
        .take(4)
        .fold(0, |number, (_, digit)| number * 10 + u32::from(*digit));
    match prefix {
        3400..=3499 | 3700..=3799 => &[15],
        3000..=3059 | 3095 | 3600..=3699 | 3800..=3999 => &[14],
        3528..=3589 | 4000..=4999 | 5100..=5599 | 2221..=2720 | 6011 | 6440..=6599 => &[16],
        5018 | 5020 | 5038 | 5893 | 6304 | 6759 | 6761..=6763 => &[16, 19],
        6200..=6299 | 8100..=8199 => &[16, 19],
        _ => &[],
    }
}

fn luhn(digits: &[(usize, u8)]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, (_, digit))| match (place % 2, u32::from(*digit)) {
            (0, digit) => digit,
            (_, digit) if digit > 4 => 2 * digit - 9,
            (_, digit) => 2 * digit,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Countries that use IBANs and the length of theirs (SWIFT's IBAN registry).
const IBAN_LENGTHS: &[(&str, usize)] = &[
    ("AD", 24),
    ("AE", 23),
    ("AL", 28),
    ("AT", 20),
    ("AZ", 28),
    ("BA", 20),
    ("BE", 16),
    ("BG", 22),
    ("BH", 22),
    ("BI", 27),
    ("BR", 29),
    ("BY", 28),
    ("CH", 21),
    ("CR", 22),
    ("CY", 28),
    ("CZ", 24),
    ("DE", 22),
    ("DJ", 27),
    ("DK", 18),
    ("DO", 28),
    ("EE", 20),
    ("EG", 29),
    ("ES", 24),
    ("FI", 18),
    ("FK", 18),
    ("FO", 18),
    ("FR", 27),
    ("GB", 22),
    ("GE", 22),
    ("GI", 23),
    ("GL", 18),
    ("GR", 27),
    ("GT", 28),
    ("HN", 28),
    ("HR", 21),
    ("HU", 28),
    ("IE", 22),
    ("IL", 23),
    ("IQ", 23),
    ("IS", 26),
    ("IT", 27),
    ("JO", 30),
    ("KW", 30),
    ("KZ", 20),
    ("LB", 28),
    ("LC", 32),
    ("LI", 21),
    ("LT", 20),
    ("LU", 20),
    ("LV", 21),
    ("LY", 25),
    ("MC", 27),
    ("MD", 24),
    ("ME", 22),
    ("MK", 19),
    ("MN", 20),
    ("MR", 27),
    ("MT", 31),
    ("MU", 30),
    ("NI", 28),
    ("NL", 18),
    ("NO", 15),
    ("OM", 23),
    ("PK", 24),
    ("PL", 28),
    ("PS", 29),
    ("PT", 25),
    ("QA", 29),
    ("RO", 24),
    ("RS", 22),
    ("RU", 33),
    ("SA", 24),
    ("SC", 31),
    ("SD", 18),
    ("SE", 24),
    ("SI", 19),
    ("SK", 24),
    ("SM", 27),
    ("SO", 23),
    ("ST", 25),
    ("SV", 28),
    ("TL", 23),
    ("TN", 24),
    ("TR", 26),
    ("UA", 29),
    ("VA", 22),
    ("VG", 24),
    ("XK", 20),
    ("YE", 30),
];

/// A bank account number: its country's length, and the remainder of ISO 7064 (mod 97 is 1).
pub(super) fn iban(view: &View<'_>, matched: Range<usize>) -> Option<Range<usize>> {
    let text = &view.text[matched.clone()];
    let country = text[..2].to_ascii_uppercase();
    let (_, length) = IBAN_LENGTHS.iter().find(|(code, _)| *code == country)?;
    let signs: Vec<(usize, u8)> = text
        .bytes()
        .enumerate()
        .filter(|(_, byte)| byte.is_ascii_alphanumeric())
        .take(*length)
        .collect();
    if signs.len() < *length {
        return None;
    }
    let range = matched.start..matched.start + signs[length - 1].0 + 1;
    let remainder = signs[4..]
        .iter()
        .chain(&signs[..4])
        .fold(0u32, |remainder, (_, sign)| match sign {
            b'0'..=b'9' => (remainder * 10 + u32::from(sign - b'0')) % 97,
            letter => (remainder * 100 + u32::from(letter.to_ascii_uppercase() - b'A') + 10) % 97,
        });
    (remainder == 1 && view.may_end(range.end)).then_some(range)
}

/// Shannon's entropy of the characters, in bits for each.
pub(super) fn entropy(text: &str) -> f64 {
    let mut counts = [0u32; 256];
    for byte in text.bytes() {
        counts[usize::from(byte)] += 1;
    }
    let length = text.len() as f64;
    counts
        .iter()
        .filter(|count| **count > 0)
        .map(|count| f64::from(*count) / length)
        .map(|share| -share * share.log2())
        .sum()
}

/// Whether a run of characters looks like a part of a token rather than a word: digits among letters, or a capital
/// letter after a small one.
pub(super) fn is_random(text: &str) -> bool {
    let has_digit = text.contains(|c: char| c.is_ascii_digit());
    let has_letter = text.contains(|c: char| c.is_ascii_alphabetic());
    has_digit && has_letter || has_inner_capital(text)
}

/// Whether a capital letter follows a small one.
pub(super) fn has_inner_capital(text: &str) -> bool {
    let mut after_small = false;
    for c in text.chars() {
        if after_small && c.is_uppercase() {
            return true;
        }
        after_small = c.is_lowercase();
    }
    false
}
