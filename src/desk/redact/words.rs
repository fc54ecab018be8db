//! What people write next to the word "password" that is no password.

/// Said of passwords, or asked for next to one; in the languages whose labels are known.
const SAID: &str = "\
    able about above accepted access account accounts active again against allowed also always another anymore \
    anything asked asking authentication autofill automatically available because been before being below blank \
    blocked both broken cached case change changed changing character characters compliant complex complicated \
    compromised correct correctly current default denied different disabled does doesn done dead easy email \
    empty enabled encrypted enforced enough entered error exactly expired expires expiring exposed failed \
    failing fails false field fine forgot forgotten from gone good hard hash hashed have help here hidden \
    identical ignored incorrect invalid just known lapsed leaked like local locked login long longer lost \
    managed manager mandatory maybe missing must need needed needs never none nothing null okay old only \
    optional outdated over page pending permanent please policy possible probably problem prompt protected \
    random really recently recovered rejected remembered required requested reset resetting reused right rotated \
    safe same saved screen secret secure self sent service shared short should shown simple simply single \
    someone something somewhere sorry still stored strong stuck supposed sync synced taking temporarily \
    temporary tested thanks that there they this through together true typed unchanged undefined unknown \
    unlocked unset updated urgent used user username usually valid value vault very visible wait waiting weak \
    what when where whatever which with within without working works wrong your yours not and the abgelaufen \
    aber aktuell aktiviert bekannt bereits bitte deaktiviert dasselbe einfach erforderlich falsch fehler fehlt \
    geändert gesperrt gespeichert gesetzt gleich immer kaputt korrekt leer lang neu nicht noch nötig richtig \
    schon schwach sicher siehe temporär ungültig unbekannt vergessen verloren weg wieder zurückgesetzt \
    zurücksetzen zu bloqué changé correcte expiré faux incorrecte invalide oublié oubliée perdu requis toujours \
    trop bloqueada caducada cambiada correcta expirada incorrecta inválida muy olvidada olvidé perdida válida \
    vencida errada esquecida esqueci inválido obrigatória siempre sempre";

/// Words of a sentence that no passphrase made of random words holds.
const FUNCTION_WORDS: &str = "\
    a an as at be by can cannot for has i if in is it its my no of on or to was we you der die das ein eine ist \
    und oder le la les el los est es de que ne pas";

/// Products and systems whose names mix letters as passwords do.
const NAMES: &str = "\
    1password 2fa 365 activedirectory aes128 aes256 anyconnect bcrypt bitlocker bitwarden cyberark citrix \
    dashlane eap-tls entraid eduroam exchange2016 exchange2019 facetime faceid fido2 filevault forticlient \
    github gitlab globalprotect gmail icloud ios ipad ipados iphone jumpcloud keepass keepassxc keychain laps \
    lastpass ldap linkedin macbook macos mariadb md5 microsoft365 mfa ms365 mschapv2 ms-chapv2 mysql ntlm ntlmv2 \
    o365 oauth2 office365 office2016 office2019 office2021 okta onedrive onenote openvpn passkey paypal pbkdf2 \
    peap-mschapv2 postgresql powerbi powershell salesforce saml2 servicenow sha1 sha-1 sha256 sha-256 sha512 \
    sharepoint sql2019 sqlserver surfacepro teamviewer touchid ubuntu22 usb-c utf-8 utf8 vcenter vmware vpn2 \
    win10 win11 windows10 windows11 webex whatsapp wordpress workday wpa2 wpa3 wpa2-enterprise wpa3-enterprise \
    youtube yubikey yubikey5";

/// What a number next to a password counts.
const UNITS: &str = "\
    attempts attempt bit bits bytes char character characters chars day days devices digit digits employees \
    entries failed fehlversuche hour hours letters logins minute minutes mins month months people percent \
    seconds stellen tage times tries users versuche week weeks year years zeichen jours caractères caracteres \
    días dias stunden minuten accounts retries mb kb ms";

/// How the last part of a compound ends that describes a password ("90-day", "LDAP-backed", "MFA-only").
const COMPOUND_ENDS: &str = "\
    able age aware based basiert bit byte char character compliant day dependent digit ed enterprise ent factor \
    free friendly hour ible ing level long less minute month only party pflichtig protected ready related \
    sensitive specific stellig style time week wide word year out up date side type version like fähig geschützt \
    joined";

/// How references to tickets, articles and errors begin, before their number.
const REFERENCES: &str = "\
    aadsts bug case chg cve err error event hd inc it kb pol prb ref req ritm room rfc sop sr step t task tick \
    ticket id page section v ver version";

/// Endings of file names.
const FILE_ENDINGS: &str = "\
    txt pdf doc docx xls xlsx ppt pptx csv json yaml yml xml html htm png jpg jpeg gif zip exe msi log ini conf \
    cfg env kdbx md ps1 sh bat cmd eml msg aspx php com org net local internal corp example de io";

/// Whether `words` holds `word`.
fn is_among(words: &str, word: &str) -> bool {
    words.split_whitespace().any(|one| one == word)
}

/// What connects a label with what it is for: "the password for the VPN".
pub(super) fn is_preposition(word: &str) -> bool {
    [
        "for", "of", "on", "to", "in", "für", "fuer", "von", "vom", "zu", "zum", "zur", "am", "an",
        "im", "pour", "de", "del", "du", "para", "da", "do", "voor",
    ]
    .contains(&word)
}

/// What says of a label which value it has.
pub(super) fn is_verb(word: &str) -> bool {
    ["is", "was", "ist", "war", "lautet", "est", "es", "é", "è"].contains(&word)
}

/// What may stand between such a verb and the value.
pub(super) fn is_adverb(word: &str) -> bool {
    [
        "now",
        "still",
        "currently",
        "just",
        "jetzt",
        "noch",
        "maintenant",
        "ahora",
        "agora",
    ]
    .contains(&word)
}

/// Characters that hardly stand inside a word of a sentence.
pub(super) fn is_symbol(c: char) -> bool {
    matches!(
        c,
        '!' | '@'
            | '#'
            | '$'
            | '%'
            | '^'
            | '&'
            | '*'
            | '+'
            | '='
            | '?'
            | '~'
            | '§'
            | '€'
            | '£'
            | '\\'
            | '{'
            | '<'
    )
}

/// Whether a unit of measure or count is meant; `word` is in lower case.
pub(super) fn is_unit(word: &str) -> bool {
    is_among(UNITS, word)
}

/// Whether a word is an ordinary one that passphrases of random words do not hold.
pub(super) fn is_function_word(word: &str) -> bool {
    is_among(FUNCTION_WORDS, &word.to_lowercase())
}

/// Whether any part of `text` is a word that is said of passwords, or a word for one.
pub(super) fn is_said_of_passwords(text: &str) -> bool {
    let text = text.to_lowercase();
    text.split(|c: char| !c.is_alphabetic())
        .any(|part| part.len() >= 3 && (is_among(SAID, part) || is_label(part)))
}

/// Whether `text` is itself a word for a secret, as in an example of how to write one.
pub(super) fn is_label(text: &str) -> bool {
    let text = text.to_lowercase();
    [
        "password",
        "passwd",
        "passphrase",
        "passcode",
        "passwort",
        "kennwort",
        "pass",
        "pwd",
        "secret",
        "token",
        "contraseña",
        "senha",
        "mypassword",
        "yourpassword",
        "your_password",
        "my_password",
    ]
    .contains(&text.as_str())
}

/// Whether something stands for a value that is not there: stars, `<your password>`, `${PASSWORD}`, `%PASS%`, `xxxx`.
pub(super) fn is_placeholder(text: &str) -> bool {
    let enclosed = [
        ("<", ">"),
        ("{", "}"),
        ("[", "]"),
        ("%", "%"),
        ("${", "}"),
        ("$(", ")"),
        ("(", ")"),
        ("<", ""),
        ("{{", ""),
        ("[", ""),
    ]
    .iter()
    .any(|(opens, closes)| {
        text.strip_prefix(opens)
            .and_then(|inside| inside.strip_suffix(closes))
            .is_some_and(|inside| {
                inside.chars().all(|c| {
                    c.is_alphabetic() || matches!(c, '_' | '-' | ' ' | '.' | '{' | '}' | '>' | ']')
                })
            })
    });
    let variable = text.strip_prefix('$').is_some_and(|name| {
        name.chars()
            .all(|c| c.is_ascii_uppercase() || c == '_' || c == ':')
            || name == "null"
    });
    let first = text.chars().next();
    let filler = text
        .chars()
        .all(|c| Some(c) == first || matches!(c, '.' | '…'))
        && !text.starts_with(|c: char| c.is_ascii_digit())
        || text.chars().all(|c| {
            matches!(
                c,
                '*' | 'x'
                    | 'X'
                    | '•'
                    | '●'
                    | '.'
                    | '_'
                    | '-'
                    | '?'
                    | '!'
                    | '#'
                    | '…'
                    | '@'
                    | '$'
                    | '/'
                    | '\\'
                    | '|'
                    | '='
                    | '+'
                    | ':'
            )
        });
    enclosed || variable || filler
}

/// Whether something points elsewhere or measures: an address, a mention, a path, a file, a date, a time, a version, a
/// ticket, an article, an error.
pub(super) fn is_reference(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.contains("://")
        || lower.starts_with("www.")
        || lower
            .strip_prefix("0x")
            .is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_hexdigit()))
        || ["<@", "<#", "<:", "<t:", "#"].iter().any(|opens| {
            lower.starts_with(opens)
                && lower.contains(|c: char| c.is_ascii_digit())
                && lower.len() > 4
                && lower.chars().skip(1).all(|c| {
                    c.is_ascii_alphanumeric()
                        || matches!(c, ':' | '>' | '@' | '!' | '&' | '-' | '_')
                })
                && (opens.len() > 1 || lower[1..].bytes().all(|b| b.is_ascii_digit()))
        })
        || lower.starts_with("\\\\")
        || lower.starts_with('/') && lower[1..].contains('/')
        || lower.get(1..3) == Some(":\\")
        || lower.starts_with('%') && lower.contains("%\\")
        || is_email(&lower)
        || is_file(&lower)
        || is_measure(&lower)
        || is_numbered(&lower)
}

fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(user, host)| {
        !user.is_empty()
            && user
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+'))
            && host.rsplit_once('.').is_some_and(|(name, top)| {
                top.len() >= 2
                    && top.chars().all(|c| c.is_ascii_alphabetic())
                    && name
                        .chars()
                        .all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'))
            })
    })
}

fn is_file(text: &str) -> bool {
    text.rsplit_once('.').is_some_and(|(name, ending)| {
        is_among(FILE_ENDINGS, ending)
            && name
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '/' | '\\'))
    })
}

/// Dates, times, versions, ranges, addresses in numbers: digits in groups, with at most two letters in a row.
fn is_measure(text: &str) -> bool {
    let groups = text.split(['.', ':', '-', '/', '–', ',', '+', '%']);
    text.starts_with(|c: char| c.is_ascii_digit() || c == 'v')
        && groups.clone().count() > 1
        && groups.into_iter().all(|group| {
            let digits = group
                .trim_start_matches('v')
                .trim_end_matches(['h', 't', 'z', 's', 'm', 'p', 'a']);
            digits
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b't')
        })
}

fn is_numbered(text: &str) -> bool {
    let letters = text
        .trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_' | '#' | '.' | ':'));
    let number = &text[letters.len()..];
    is_among(REFERENCES, letters) && number.contains(|c: char| c.is_ascii_digit())
}

/// Whether `text` is a capital code such as a part number or an error: letters, then digits. Passwords may look the same;
/// after a verb a code is likelier.
pub(super) fn is_code(text: &str) -> bool {
    let digits = text.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let letters = text.len() - digits.len();
    (1..=8).contains(&letters)
        && digits.len() >= 2
        && digits
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'_' | b'.'))
}

/// Whether `text` is a product, a compound that describes ("90-day", "LDAP-synced"), an ordinal, or, where no separator
/// stands before it, a name of two capitalised words.
pub(super) fn is_name(text: &str, after_separator: bool) -> bool {
    let text = text
        .strip_suffix("'s")
        .or_else(|| text.strip_suffix("’s"))
        .unwrap_or(text);
    let lower = text.to_lowercase();
    if text.contains(is_symbol) {
        return false;
    }
    if is_among(NAMES, &lower) || is_ordinal(&lower) {
        return true;
    }
    let parts = || {
        lower
            .split(['-', '/', '_', ',', '.', '('])
            .filter(|part| !part.is_empty())
    };
    if parts().count() > 1 {
        let last = parts().next_back().unwrap_or_default();
        let describes = COMPOUND_ENDS
            .split_whitespace()
            .any(|end| last.ends_with(end))
            || is_unit(last)
            || is_among(SAID, last);
        let all_names = parts().all(|part| {
            is_among(NAMES, part) || is_among(SAID, part) || part.chars().all(char::is_alphabetic)
        });
        let has_digit_inside = text.contains(|c: char| c.is_ascii_digit());
        if last.chars().all(char::is_alphabetic) && describes
            || all_names
                && (has_digit_inside || !after_separator || !super::checks::has_inner_capital(text))
        {
            return true;
        }
    }
    !after_separator && is_two_words(text)
}

fn is_ordinal(text: &str) -> bool {
    let end = text.trim_start_matches(|c: char| c.is_ascii_digit());
    end.len() < text.len() && (["st", "nd", "rd", "th", "x", "fa"].contains(&end) || is_unit(end))
}

/// "SharePoint", "iCloud", "GlobalProtect": up to two capitalised words written as one.
fn is_two_words(text: &str) -> bool {
    text.chars().all(char::is_alphabetic) && text.chars().filter(|c| c.is_uppercase()).count() <= 2
}

/// Whether `text` is words and numbers joined by hyphens or the like, as in the name of a file, branch or host.
pub(super) fn is_slug(text: &str) -> bool {
    text.split(['-', '_', '.', '/', '=', '+', '~']).all(|part| {
        let digits = part.bytes().filter(u8::is_ascii_digit).count();
        part.len() <= 12
            && (digits == 0 && !super::checks::has_inner_capital(part)
                || digits == part.len() && digits <= 4)
    })
}

/// `value` up to the next parameter of a URL's query or of a connection string.
pub(super) fn before_next_parameter(value: &str) -> &str {
    let is_name = |name: &str| {
        name.len() >= 2
            && name
                .chars()
                .all(|c| c.is_ascii_alphabetic() || matches!(c, '_' | '-'))
    };
    let next = value.match_indices(['&', ';']).find(|(at, sign)| {
        let rest = &value[at + 1..];
        match rest.split_once('=') {
            Some((name, _)) => is_name(name),
            // "User Id=" is cut at the blank.
            None => *sign == ";" && is_name(rest),
        }
    });
    next.map_or(value, |(at, _)| &value[..at])
}
