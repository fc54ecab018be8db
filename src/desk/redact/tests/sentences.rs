//! Clean sentences of a help desk that look as if they held secrets.

use super::Rng;

/// A sentence without a secret.
pub(super) fn sentence(rng: &mut Rng) -> String {
    let subject = rng.pick(SUBJECTS);
    let state = rng.pick(STATES);
    let number = number(rng);
    let place = rng.pick(PLACES);
    let tail = rng.pick(TAILS);
    match rng.below(12) {
        0 => format!("{subject} {state}{tail}"),
        1 => format!("{subject} {state}, {number}{tail}"),
        2 => format!("{} {place}{tail}", rng.pick(STEPS)),
        3 => format!("{number}: {subject} {state}{tail}"),
        4 => format!("{} {number} {place}{tail}", rng.pick(LEADS)),
        5 => format!("{}\n{number}\n{}{tail}", rng.pick(STEPS), self::number(rng)),
        6 => format!("{} {}{tail}", rng.pick(FOREIGN), number),
        7 => format!("{}: {}{tail}", rng.pick(FIELDS), rng.pick(FIELD_VALUES)),
        8 => format!("{number}\n{}\n{}", self::number(rng), self::number(rng)),
        9 => format!("{} {} {place}{tail}", rng.pick(LEADS), rng.pick(PATHS)),
        10 => format!("```\n{}\n{}\n```{tail}", rng.pick(CODE), rng.pick(CODE)),
        _ => format!("{subject} {state} {place}. {} {number}{tail}", rng.pick(LEADS)),
    }
}

const SUBJECTS: &[&str] = &[
    "My password", "The password", "my Windows password", "Password", "The password for the VPN", "her new password", "the passphrase", "The passcode", "His PIN",
    "the pin", "PIN code", "My pass", "the boarding pass", "The parking pass", "The wifi password", "The Wi-Fi key", "WPA2 key", "the guest WLAN password", "The verification code", "my one-time code",
    "The security code", "the MFA code", "2FA", "The OTP", "The API key", "the access token", "Your client secret", "the token", "The refresh token", "the bot token", "The secret",
    "The recovery key", "the BitLocker recovery key", "The private key", "The authorization header", "the compass app", "The bypass", "the pin board", "The passport scan",
    "the license key", "The app password", "the admin password on the printer",
];

const STATES: &[&str] = &[
    "is wrong", "is expired", "is not accepted", "is required", "is correct", "is case-sensitive", "is at least 12 characters long", "is 90 days old", "is still the same", "is now valid again", "is MFA-protected",
    "is synced from ActiveDirectory", "is SharePoint-only", "is in KeePassXC", "is managed by GlobalProtect", "was reset yesterday", "was changed on 2026-11-02", "was last changed 02.11.2026 at 10:15", "is 8-16 characters",
    "is 14-character", "is incorrect!", "is blank?", "is missing...", "is asked again and again", "is stored in LastPass", "is out-of-date", "is locked after 5 attempts", "is reset every 90-day cycle", "is 12 characters", "is LDAP-synced",
    "is not working!!", "is Office365's problem", "is unknown to Windows11", "is self-service", "is UTF-8 encoded", "is base64-encoded", "is SHA-256 hashed", "is the one from T-0042", "is rejected (0x8007052E)", "is older than 1000 days",
    "is KB0012345", "is documented in KB-2041", "is 2FA-protected", "is 128-bit", "is AES256 encrypted", "is: wrong", "= expired", ": not working", ": see T-0042", ": forgotten", ": expired since 2026-10-31", ": ********", ": <your password>", ": ${PASSWORD}",
    "is iCloud's", "is YubiKey-based", "is null", "is empty", "is unchanged", "is temporarily disabled", "is too short/weak", "is refused by intranet.corp.example", "is the user's problem", "is not saved in Chrome", "is wrong/expired", "is SharePoint", "is okay",
    "is expired,please help", "isn't accepted", "was never sent to ana.lima@example.com", "expires in 14 days", "has to be changed by 31.12.2026", "has 16 characters", "never arrives", "does not arrive on +49 170 1234567",
    "is visible at https://vault.corp.example/item/4711", "is at https://intranet.example.com/kb/2041?user=ana#reset", "-> Settings -> Reset", "is printed on the back of LT-20931", "fails with AADSTS50126", "is pending approval",
];

const TAILS: &[&str] = &["", ".", "!", "?", " - thanks", ", please help", " (third time today)", "\nThanks, Ana", " :(", " since v14.2.1", " @ 10:45", " <@184467440737095516>"];

const PLACES: &[&str] = &[
    "on LT-20931", "on DESKTOP-7F3K2QX", "in room 4.017", "on the 3rd floor", "at 09:30", "on 2026-11-21T10:15:00Z", "on Windows 11 23H2 (build 22631.4460)", "in Outlook 16.0.17328.20346", "on the host srv-db-01.corp.example",
    "at 10.20.30.40:8443", "via fe80::1ff:fe23:4567:890a", "on 00:1A:2B:3C:4D:5E", "for user CORP\\jdoe", "for ana.lima+test@example.com", "with the YubiKey 5C", "after KB5031455",
];

const STEPS: &[&str] = &[
    "Please reset my password", "I forgot my password", "Go to Settings > Password > Reset", "Open Accounts > Security > 2FA", "How do I change the PIN?", "Enter the code from the authenticator app", "Press Ctrl+Alt+Del and choose Change a password",
    "Where do I find the API key?", "The page says \"Your password must have 12+ characters, 1 symbol and 1 digit\"", "It says 'password: access denied'", "password:", "Token:", "Error: invalid token", "The message was: \"wrong user name or password\"",
    "I was asked for a password twice", "He typed username/password and it failed", "We changed the password to comply with the policy", "We moved from password to YubiKey5", "I switched from passwords to passkeys", "Password reset link: https://reset.example.com/r?id=48213",
    "Username | Password | Status", "password policy: minimum 14, history 24, maximum age 365", "password=required&user=required", "The secret is out: we are moving", "the token ring is down", "The key is under the mat",
    "My PIN is not accepted", "the code is 404", "code: 500 Internal Server Error", "It needs a passcode or fingerprint",
];

const LEADS: &[&str] = &[
    "See", "It is about", "The reference is", "I called about", "Please look at", "This happened with", "The display shows", "Inventory:", "We got", "The supplier wrote about",
];

const FOREIGN: &[&str] = &[
    "Mein Passwort ist abgelaufen,", "Das Kennwort ist falsch!", "Passwort vergessen:", "Mein Passwort funktioniert nicht,", "Das Passwort für das VPN ist gesperrt,", "Passwort: ungültig,", "Das WLAN-Passwort ist nicht bekannt,",
    "Mon mot de passe est expiré,", "Le mot de passe est incorrect,", "mot de passe oublié :", "Mi contraseña es incorrecta,", "La contraseña está bloqueada,", "Minha senha é inválida,", "A senha expirou,", "Esqueci a senha:", "Der Bestätigungscode kommt nicht an,",
    "Der PIN ist gesperrt,", "пароль не подходит,", "密码错误，", "パスワードを忘れました。",
];

const FIELDS: &[&str] = &[
    "Password", "password", "Passwort", "Pass", "PIN", "Token", "Secret", "API key", "Access token", "WiFi password", "OTP", "Verification code", "Mot de passe", "Contraseña", "pwd", "Password (VPN)", "Security code", "client secret",
];

const FIELD_VALUES: &[&str] = &[
    "expired", "forgotten", "not working", "see ticket T-0042", "********", "n/a", "none", "unknown", "reset on 2026-11-02", "(hidden)", "wrong", "same as Windows", "required", "see KB0012345", "https://vault.corp.example/items/48213", "ask Ana",
    "in LastPass", "SharePoint", "YubiKey", "min. 12 characters", "2-factor", "changed yesterday", "please reset", "<password>", "***", "xxxxxxxx", "OneDrive and Teams", "it expires in 14 days", "ana.lima@example.com", "90-day rotation", "\\\\srv-files\\it\\passwords.kdbx", "not valid anymore!",
    "-", "?", "...", "still locked", "incorrect (attempt 3)", "RITM0042137", "MFA-only", "[hidden]", "TBD", "as discussed", "yes", "T-0042",
];

const PATHS: &[&str] = &[
    "C:\\Users\\jdoe\\AppData\\Local\\Temp\\~DF3A1.tmp", "/etc/ssl/private/server.key", "\\\\srv-files-02\\share\\2026\\Q4", "https://portal.example.com/ticket/48213?view=full&tab=2", "https://discord.com/channels/1184467440737095516/1284467440737095517/1384467440737095518",
    "https://github.com/contoso/app/pull/4821", "https://intranet.example.com:8443/a/b?c=d", "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows", "ftp://files.example.com/pub/readme-2.4.1.txt", "~/.ssh/id_ed25519.pub", "/usr/lib/x86_64-linux-gnu/libssl.so.3", "git@gitlab.example.com:it/desk.git",
    "https://user@host.example.com/path", "https://cdn.discordapp.com/attachments/1184467440737095516/1284467440737095517/image.png?ex=65a1b2c3&is=65a0f123&hm=0f3c2b1a",
];

const CODE: &[&str] = &[
    "npm ERR! code ELIFECYCLE", "npm_config_registry=https://registry.example.com/", "fatal: Authentication failed for 'https://git.example.com/it/desk.git'", "Authorization: Bearer <token>", "password = os.environ[\"DB_PASSWORD\"]", "PASSWORD=${DB_PASSWORD}", "password: {{ vault_password }}",
    "commit 9fceb02d0ae598e95dc970b74767f19372d61af8", "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "java.lang.IllegalStateException: token expired at 1763719200", "Event ID 4625, Logon Type 3, Status 0xC000006D", "SSID: Corp-Guest, WPA2-Enterprise, channel 36", "uuid 550e8400-e29b-41d4-a716-446655440000",
    "if password == None: raise ValueError", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExamplePublicKeyOnly jdoe@lt-20931", "token_count = 1048576", "max_tokens: 4096", "-----BEGIN CERTIFICATE-----", "PIN_CODE_LENGTH = 4", "secret_name: kv-prod-westeurope-01", "apiVersion: v1", "sk_buff alloc failed", "key=value&token=&page=2", "Set-ADAccountPassword -Identity jdoe -Reset",
    "tokenizer=BertTokenizerFast", "accessToken: string | undefined", "password_hash VARCHAR(255) NOT NULL", "api_key: ***", "postgres://db01.corp.example:5432/main", "http://localhost:8080/login?next=/home",
];

/// A number as help desks have them; none is a card or an account.
fn number(rng: &mut Rng) -> String {
    let digits = |rng: &mut Rng, length| rng.string("0123456789", length);
    match rng.below(22) {
        0 => format!("ticket T-{}", digits(rng, 4)),
        1 => format!("INC{}", digits(rng, 7)),
        2 => format!("order number 45{}", digits(rng, 14)),
        3 => format!("order {}-{}", digits(rng, 3), digits(rng, 7)),
        4 => format!("message 1{}", digits(rng, 18)),
        5 => format!("user id {}{}", 1 + rng.below(9), digits(rng, 17)),
        6 => format!("phone +49 {} {}", digits(rng, 3), digits(rng, 8)),
        7 => format!("call me at (0{}) {}-{}", digits(rng, 2), digits(rng, 4), digits(rng, 4)),
        8 => format!("serial number {}{}", rng.string("ABCDEFGHJKLMNPQRSTUVWXYZ", 2), rng.string("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", 10)),
        9 => format!("S/N 5CG{}", rng.string("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", 7)),
        10 => format!("IMEI 35{}", digits(rng, 13)),
        11 => format!("error 0x{}", rng.string("0123456789ABCDEF", 8)),
        12 => format!("error code: {}", digits(rng, 6)),
        13 => format!("AADSTS{}", digits(rng, 5)),
        14 => format!("version {}.{}.{}.{}", rng.below(20), rng.below(100), digits(rng, 5), digits(rng, 3)),
        15 => format!("tracking number 1Z{}", rng.string("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", 16)),
        16 => format!("commit {}", rng.string("0123456789abcdef", 40)),
        17 => format!("correlation id {}-{}-{}-{}-{}", rng.string("0123456789abcdef", 8), digits(rng, 4), rng.string("0123456789abcdef", 4), rng.string("89ab", 4), rng.string("0123456789abcdef", 12)),
        18 => format!("asset {} / {}", digits(rng, 8), digits(rng, 6)),
        19 => format!("product key ending in {}", rng.string("BCDFGHJKMPQRTVWXY2346789", 5)),
        20 => format!("<@{}{}>", 1 + rng.below(9), digits(rng, 17)),
        _ => format!("timestamp 17{}", digits(rng, 11)),
    }
}
