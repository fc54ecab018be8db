//! Articles in other languages: told, indexed as their language has it, and found by who asks in it.

use super::{desk, write};
use crate::kb::{Kb, Language, Reader, Verdict};

/// Name, front matter, body.
const ARTICLES: [(&str, &str, &str); 12] = [
    (
        "de/vpn",
        "title: VPN verbindet sich nicht\nasks: [das vpn geht nicht]",
        "Prüfen Sie zuerst, ob das Internet geht.\n\n1. Öffnen Sie den VPN-Client und wählen Sie **Verbinden**.\n2. Bestätigen Sie die Anmeldung auf Ihrem Telefon.",
    ),
    (
        "de/drucker",
        "title: Der Drucker druckt nichts",
        "1. Löschen Sie alle Druckaufträge.\n2. Schalten Sie das Gerät aus und nach zehn Sekunden wieder ein.\n3. Drucken Sie eine Testseite.",
    ),
    (
        "fr/mot-de-passe",
        "title: Réinitialiser votre mot de passe",
        "1. Ouvrez la page de connexion et choisissez **Mot de passe oublié**.\n2. Confirmez avec votre téléphone.",
    ),
    (
        "fr/imprimante",
        "title: L'imprimante n'imprime rien",
        "1. Annulez toutes les impressions.\n2. Éteignez l'imprimante et rallumez-la dans dix secondes.",
    ),
    (
        "es/contrasena",
        "title: Restablecer la contraseña",
        "1. Abra la página de inicio de sesión y elija **He olvidado mi contraseña**.\n2. Confirme con el teléfono.",
    ),
    (
        "es/correo",
        "title: Configurar el correo en el móvil",
        "1. Abra los ajustes del teléfono y elija **Cuentas**.\n2. Añada su cuenta de correo con la dirección de la empresa.",
    ),
    (
        "cs/heslo",
        "title: Zapomenuté heslo",
        "1. Otevřete přihlašovací stránku a zvolte **Zapomenuté heslo**.\n2. Potvrďte změnu na svém telefonu.",
    ),
    (
        "cs/tiskarna",
        "title: Tiskárna netiskne",
        "1. Zrušte všechny tiskové úlohy.\n2. Tiskárnu vypněte a po deseti sekundách zapněte.",
    ),
    (
        "ru/vpn",
        "title: VPN не подключается",
        "1. Откройте клиент VPN и нажмите «Подключить».\n2. Подтвердите вход на телефоне.",
    ),
    (
        "ru/parol",
        "title: Сброс забытого пароля",
        "1. Откройте страницу входа и выберите «Забыли пароль».\n2. Подтвердите на телефоне, что это вы.",
    ),
    (
        "ja/vpn",
        "title: VPNに接続できない",
        "1. VPNクライアントを開き、「接続」を選びます。\n2. 電話でサインインを承認します。",
    ),
    (
        "ja/password",
        "title: パスワードを忘れた場合",
        "1. サインイン画面で「パスワードを忘れた」を選びます。\n2. 新しいパスワードを設定します。",
    ),
];

#[test]
fn articles_are_found_by_who_asks_in_their_language() {
    let (folder, kb) = desk();
    let english = kb.answer("VPN does not connect");
    for (name, front, body) in ARTICLES {
        write(folder.path(), name, &format!("---\n{front}\n---\n{body}\n"));
    }
    kb.reload();
    for article in kb.articles() {
        let folder = article.id.as_str().split('/').next().unwrap_or_default();
        let expected = Language::from_code(folder).unwrap_or(Language::ENGLISH);
        assert_eq!(article.language, expected, "{}", article.id);
    }
    for (question, expected) in [
        ("Wie verbinde ich mich mit dem VPN?", "de/vpn"),
        ("mein vpn verbindet nicht", "de/vpn"),
        ("der drucker druckt keine seiten", "de/drucker"),
        (
            "Ich kann den Druckauftrag nicht loeschen, er druckt nichts",
            "de/drucker",
        ),
        ("j'ai oublié mon mot de passe", "fr/mot-de-passe"),
        ("comment reinitialiser le mot de passe ?", "fr/mot-de-passe"),
        ("mon imprimante n’imprime plus", "fr/imprimante"),
        ("he olvidado la contrasena", "es/contrasena"),
        ("¿Cómo configuro el CORREO en mi móvil?", "es/correo"),
        ("zapomněl jsem heslo", "cs/heslo"),
        ("tiskarna netiskne", "cs/tiskarna"),
        ("не могу подключиться к VPN", "ru/vpn"),
        ("я забыл пароль", "ru/parol"),
        ("VPNに接続できません", "ja/vpn"),
        ("パスワードを忘れました", "ja/password"),
        // English questions are answered from English articles still.
        ("I forgot my password", "accounts/reset-password"),
        ("how to install printers", "printing/add-printer"),
    ] {
        let answer = kb.answer(question);
        let first = answer
            .matches
            .first()
            .map(|found| found.article.id.to_string());
        assert_eq!(first.as_deref(), Some(expected), "{question}: {answer:#?}");
        assert!(
            matches!(answer.verdict, Verdict::Sure | Verdict::Maybe),
            "{question}: {answer:#?}"
        );
    }
    let now = kb.answer("VPN does not connect");
    assert_eq!(now.verdict, Verdict::Sure);
    assert_eq!(now.matches[0].article.id, english.matches[0].article.id);
}

#[test]
fn no_english_ending_is_taken_off_a_word_of_another_language() {
    let folder = tempfile::tempdir().expect("a folder");
    // In English, "printing" and "prints" are one word.
    write(
        folder.path(),
        "a",
        "---\ntitle: Das Printing-Portal\n---\nDas Printing ist nicht im Portal und nicht im Netz.\n",
    );
    write(
        folder.path(),
        "b",
        "---\ntitle: The prints\n---\nThe prints are in the portal.\n",
    );
    let kb = Kb::open(folder.path());
    let found = |words: &str| -> Vec<String> {
        let found = kb.search(Reader::ALL, words, 5);
        let ids = found.iter().map(|found| found.article.id.to_string());
        ids.collect()
    };
    assert_eq!(found("prints"), ["b"]);
    assert_eq!(found("printed"), ["b"]);
    assert!(found("printing").contains(&"a".to_owned()));
    let told = |text: &str| {
        write(
            folder.path(),
            "c",
            &format!("---\ntitle: Das Portal\n{text}---\nIt is open to all.\n"),
        );
        kb.reload();
        kb.article(&crate::kb::ArticleId::new("c"))
            .map(|article| article.language.code())
    };
    assert_eq!(told(""), Some("en"));
    assert_eq!(told("language: de\n"), Some("de"));
    assert_eq!(told("language: klingon\n"), Some("en"));
}
