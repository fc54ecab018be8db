//! Which language a text is in, and what that changes: its small words, its endings.
//!
//! The language is told by the small words that no sentence does without, counted over the beginning of a text, and by
//! letters and scripts that few languages use. That needs no model, costs microseconds an article, and errs on the side of
//! English: a text that tells nothing is taken for it. Whoever knows better says so in the front matter.

use super::quick::QuickMap;
use super::words;
use rust_stemmers::{Algorithm, Stemmer};
use std::borrow::Cow;
use std::fmt;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

/// A language that an article can be in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language(u8);

/// What is known of a language.
struct Known {
    /// ISO 639-1.
    code: &'static str,
    name: &'static str,
    /// How its words lose their endings; none where they are kept.
    endings: Option<Algorithm>,
    /// Letters that hardly any other of these languages has.
    letters: &'static str,
    /// Small words, folded. None that is a word of the trade: a question loses them.
    small: &'static str,
}

/// So many words of a text are looked at.
const READ: usize = 150;

/// With fewer small words than this, nothing is told.
const FEWEST: u32 = 2;

impl Language {
    /// What Deskhand is made for, and what a text that tells nothing is taken for.
    pub const ENGLISH: Language = Language(0);

    /// The language with this ISO 639-1 code, in whichever letters, also with a region (`pt-BR`).
    pub fn from_code(code: &str) -> Option<Language> {
        let code = code.trim().to_ascii_lowercase();
        let main = code.split(['-', '_']).next().unwrap_or_default();
        // Norwegian has two written forms and a code for both together.
        let main = if matches!(main, "nb" | "nn") {
            "no"
        } else {
            main
        };
        Some(Language(u8::try_from(place(main)?).ok()?))
    }

    /// The codes of all that can be told.
    pub fn codes() -> impl Iterator<Item = &'static str> {
        KNOWN.iter().map(|known| known.code)
    }

    /// ISO 639-1.
    pub fn code(self) -> &'static str {
        self.known().code
    }

    /// What it is called in English.
    pub fn name(self) -> &'static str {
        self.known().name
    }

    /// The language that a text is in; none if it does not tell.
    pub fn of(text: &str) -> Option<Language> {
        let mut votes = [0_u32; KNOWN.len()];
        for word in text
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| !word.is_empty())
            .take(READ)
        {
            let small = SMALL.get(&*words::fold(word));
            vote(&mut votes, small.copied().unwrap_or_default());
            if !word.is_ascii() {
                vote(
                    &mut votes,
                    word.chars().fold(0, |all, c| all | of_letter(c)),
                );
            }
        }
        // Japanese is written with Chinese signs too, but with others between them.
        if let (Some(japanese), Some(chinese)) = (place("ja"), place("zh"))
            && votes[japanese] > 0
        {
            votes[chinese] = 0;
        }
        // Of languages that are as likely, the first.
        let (at, most) = votes
            .iter()
            .enumerate()
            .rev()
            .max_by_key(|(_, votes)| **votes)?;
        let language = Language(u8::try_from(at).ok()?);
        Some(language).filter(|_| *most >= FEWEST)
    }

    /// Whether a folded word is one of its small words.
    pub(super) fn is_small(self, word: &str) -> bool {
        SMALL.get(word).is_some_and(|of| of & (1 << self.0) != 0)
    }

    /// A folded word without its ending.
    pub(super) fn stem(self, word: &str) -> Cow<'_, str> {
        match &STEMMERS[usize::from(self.0)] {
            Some(stemmer) => stemmer.stem(word),
            None => Cow::Borrowed(word),
        }
    }

    fn known(self) -> &'static Known {
        &KNOWN[usize::from(self.0)]
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

fn place(code: &str) -> Option<usize> {
    KNOWN.iter().position(|known| known.code == code)
}

fn vote(votes: &mut [u32], mut of: u32) {
    while of != 0 {
        votes[of.trailing_zeros() as usize] += 1;
        of &= of - 1;
    }
}

/// Which languages have a small word, a bit each.
static SMALL: LazyLock<QuickMap<Box<str>, u32>> = LazyLock::new(|| {
    let mut map: QuickMap<Box<str>, u32> = QuickMap::default();
    for (at, known) in KNOWN.iter().enumerate() {
        for word in known.small.split_whitespace() {
            *map.entry(word.into()).or_default() |= 1 << at;
        }
    }
    map
});

/// Which languages have a letter, a bit each.
static LETTERS: LazyLock<QuickMap<char, u32>> = LazyLock::new(|| {
    let mut map: QuickMap<char, u32> = QuickMap::default();
    for (at, known) in KNOWN.iter().enumerate() {
        let capitals = known.letters.chars().flat_map(char::to_uppercase);
        for letter in known
            .letters
            .chars()
            .chain(capitals)
            .filter(|c| !c.is_ascii())
        {
            *map.entry(letter).or_default() |= 1 << at;
        }
    }
    map
});

fn of_letter(letter: char) -> u32 {
    let script = SCRIPTS
        .iter()
        .find(|(_, letters)| letters.contains(&letter));
    let script = script.and_then(|(code, _)| place(code));
    script.map_or(0, |at| 1 << at) | LETTERS.get(&letter).copied().unwrap_or_default()
}

/// Scripts that one of these languages is written in.
const SCRIPTS: [(&str, RangeInclusive<char>); 8] = [
    ("ja", '\u{3041}'..='\u{30ff}'),
    ("ko", '\u{ac00}'..='\u{d7a3}'),
    ("el", '\u{0386}'..='\u{03ce}'),
    ("he", '\u{05d0}'..='\u{05ea}'),
    ("ar", '\u{0620}'..='\u{064a}'),
    ("hi", '\u{0904}'..='\u{0939}'),
    ("th", '\u{0e01}'..='\u{0e3a}'),
    ("zh", '\u{4e00}'..='\u{9fff}'),
];

static STEMMERS: LazyLock<[Option<Stemmer>; KNOWN.len()]> =
    LazyLock::new(|| std::array::from_fn(|at| KNOWN[at].endings.map(Stemmer::create)));

const fn known(
    code: &'static str,
    name: &'static str,
    endings: Option<Algorithm>,
    letters: &'static str,
    small: &'static str,
) -> Known {
    Known {
        code,
        name,
        endings,
        letters,
        small,
    }
}

/// English first, and of languages that are much alike the one that more people write: of those that are as likely the
/// first is told.
static KNOWN: [Known; 28] = [
    known(
        "en",
        "English",
        Some(Algorithm::English),
        "",
        "the and of to is you your it for with that this on if are not then from when be by or at as can have will do does my i we what how why where which only there they their",
    ),
    known(
        "de",
        "German",
        Some(Algorithm::German),
        "ß",
        "der das und ist nicht ein eine einen einem einer sie ihr ihre ihren ihrem mit auf für von den dem des im zu zum zur wenn oder auch wird werden sich bei nach aus kann können wie ich mein meine meinen wir haben hat sind noch dann",
    ),
    known(
        "fr",
        "French",
        Some(Algorithm::French),
        "œ",
        "le la les de des et est une du vous votre vos pour pas que qui dans sur avec ne au aux ce cette ces il elle ou puis être sont je mon mes comment nous cliquez si depuis",
    ),
    known(
        "es",
        "Spanish",
        Some(Algorithm::Spanish),
        "ñ",
        "el la de los las una por para con su sus del al está es y si cómo puedo mi usted desde este esta como haga cuando ser son pero más lo se en que",
    ),
    known(
        "it",
        "Italian",
        Some(Algorithm::Italian),
        "",
        "il gli che di per una con del della dei delle nel nella non è sono e se come si la lo tuo tua dal alla sul questo questa anche più può ed",
    ),
    known(
        "pt",
        "Portuguese",
        Some(Algorithm::Portuguese),
        "ãõ",
        "de uma um por para com não da dos das na seu sua você é e se em ao ou mais como está são pelo pela isso este esta que eu meu minha",
    ),
    known(
        "nl",
        "Dutch",
        Some(Algorithm::Dutch),
        "",
        "het een en van je niet op zijn voor met dat aan te uw als dan naar bij ook nog wordt worden hoe ik mijn wij kan kunt deze klik uit om maar of",
    ),
    known(
        "pl",
        "Polish",
        None,
        "łąęśźż",
        "nie się jest na do i w z że jak po oraz lub dla jeśli to który przez od za tego twój swoje ma są być czy jej co",
    ),
    known(
        "cs",
        "Czech",
        None,
        "řěů",
        "se je na v a s z že jak pro do nebo pokud jsou by který při od po které není jste tento jako být k ve ke své svůj můj moje když není jsem mi si",
    ),
    known(
        "sk",
        "Slovak",
        None,
        "ľĺŕ",
        "sa je na v a s z že ako pre do alebo ak sú by ktorý pri od po ktoré nie ste tento keď byť k vo svoje môj moje som mi si",
    ),
    known(
        "sv",
        "Swedish",
        Some(Algorithm::Swedish),
        "",
        "och att det är som en på för med av till den inte du din ditt om ett har eller när från kan jag hur vi ska din mitt min",
    ),
    known(
        "da",
        "Danish",
        Some(Algorithm::Danish),
        "",
        "og at det er som en på for med af til den ikke du din dit hvis et har eller når fra kan jeg hvordan vi skal min mit",
    ),
    known(
        "no",
        "Norwegian",
        Some(Algorithm::Norwegian),
        "",
        "og å det er som en på for med av til den ikke du din ditt hvis et har eller når fra kan jeg hvordan vi skal min mitt",
    ),
    known(
        "fi",
        "Finnish",
        Some(Algorithm::Finnish),
        "",
        "ja on ei se että voit kun jos tai ovat sen ole myös miten minun mutta kuin jotka sitten sinun tämä olet",
    ),
    known(
        "hu",
        "Hungarian",
        Some(Algorithm::Hungarian),
        "őű",
        "és az nem hogy egy ha van vagy meg ez azt csak kell hogyan majd már lehet ki el be minden ezt",
    ),
    known(
        "tr",
        "Turkish",
        Some(Algorithm::Turkish),
        "ığş",
        "ve bir bu için ile da olarak veya daha çok nasıl değil ne gibi sonra olan kadar ya ise benim",
    ),
    known(
        "ro",
        "Romanian",
        Some(Algorithm::Romanian),
        "ășț",
        "și în de la nu este cu pe care să un o din dacă sau pentru mai ca cum sunt dumneavoastră ce se",
    ),
    known(
        "ru",
        "Russian",
        Some(Algorithm::Russian),
        "ыэё",
        "и в не на что с по как для если или это вы ваш от из к у при то я мой мы нет так же его ее их есть чтобы до за",
    ),
    known(
        "uk",
        "Ukrainian",
        None,
        "іїєґ",
        "і в не на що з по як для якщо або це ви ваш від із до у при та я мій ми ні так його її їх є щоб за",
    ),
    known(
        "bg",
        "Bulgarian",
        None,
        "",
        "и в не на че с по как за ако или това вие вашия от из към при да се са е ще си аз моя ние със до",
    ),
    known("el", "Greek", Some(Algorithm::Greek), "", ""),
    known("ja", "Japanese", None, "", ""),
    known("zh", "Chinese", None, "", ""),
    known("ko", "Korean", None, "", ""),
    known("he", "Hebrew", None, "", ""),
    known("ar", "Arabic", Some(Algorithm::Arabic), "", ""),
    known("hi", "Hindi", None, "", ""),
    known("th", "Thai", None, "", ""),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_languages_by_their_small_words_and_letters() {
        for (text, code) in [
            (
                "Open the settings and choose your printer from the list.",
                "en",
            ),
            (
                "Öffnen Sie die Einstellungen und wählen Sie den Drucker aus.",
                "de",
            ),
            (
                "Ouvrez les paramètres et choisissez votre imprimante dans la liste.",
                "fr",
            ),
            ("Abra los ajustes y elija su impresora en la lista.", "es"),
            (
                "Aprire le impostazioni e scegliere la stampante dal menu, che si apre con un clic.",
                "it",
            ),
            (
                "Abra as definições e escolha a sua impressora. Não é preciso reiniciar.",
                "pt",
            ),
            (
                "Open de instellingen en kies je printer uit het menu.",
                "nl",
            ),
            (
                "Otwórz ustawienia i wybierz drukarkę. Jeśli to nie pomoże, uruchom ponownie.",
                "pl",
            ),
            (
                "Otevřete nastavení a vyberte tiskárnu. Pokud se nezobrazí, restartujte počítač.",
                "cs",
            ),
            (
                "Otvorte nastavenia a vyberte tlačiareň. Ak sa nezobrazí, reštartujte počítač, ktorý nie je pripojený.",
                "sk",
            ),
            (
                "Öppna inställningarna och välj skrivaren som du vill ha från listan.",
                "sv",
            ),
            (
                "Åbn indstillingerne og vælg den printer, som du vil have, af listen. Hvis du ikke finder den, skal du genstarte.",
                "da",
            ),
            (
                "Åpne innstillingene og velg skriveren du vil ha av listen. Hvis den ikke vises, må du starte på nytt, og vent til det er ferdig med å laste.",
                "no",
            ),
            (
                "Avaa asetukset ja valitse tulostin. Jos se ei näy, käynnistä tietokone.",
                "fi",
            ),
            (
                "Nyissa meg a beállításokat, és válassza ki a nyomtatót. Ha nem látszik, indítsa újra.",
                "hu",
            ),
            (
                "Ayarları açın ve yazıcıyı seçin. Görünmüyorsa bilgisayarı yeniden başlatın.",
                "tr",
            ),
            ("Deschideți setările și alegeți imprimanta din listă.", "ro"),
            (
                "Откройте настройки и выберите принтер. Если его нет, перезагрузите компьютер.",
                "ru",
            ),
            (
                "Відкрийте налаштування і виберіть принтер. Якщо його немає, перезавантажте.",
                "uk",
            ),
            (
                "Отворете настройките и изберете принтера. Ако го няма, рестартирайте и изчакайте да се появи.",
                "bg",
            ),
            ("Ανοίξτε τις ρυθμίσεις και επιλέξτε τον εκτυπωτή.", "el"),
            (
                "設定を開き、プリンターを選びます。表示されない場合は再起動します。",
                "ja",
            ),
            ("打开设置，选择打印机。如果没有，请重新启动。", "zh"),
            ("설정을 열고 프린터를 선택하세요.", "ko"),
            ("פתחו את ההגדרות ובחרו מדפסת.", "he"),
            ("افتح الإعدادات واختر الطابعة.", "ar"),
            ("सेटिंग्स खोलें और प्रिंटर चुनें।", "hi"),
            ("เปิดการตั้งค่า แล้วเลือกเครื่องพิมพ์", "th"),
        ] {
            assert_eq!(Language::of(text).map(Language::code), Some(code), "{text}");
            assert_eq!(Language::from_code(code).map(Language::code), Some(code));
        }
    }

    #[test]
    fn tells_nothing_where_nothing_tells() {
        for text in ["", "VPN", "Windows + P", "1. 2. 3.", "🙂", "xyzzy plugh"] {
            assert_eq!(Language::of(text), None, "{text}");
        }
        // Names of products and menus do not make a text English.
        let mixed = "Klicken Sie in Outlook auf **File > Account Settings > Manage Rules & Alerts** und dann auf OK.";
        assert_eq!(Language::of(mixed).map(Language::name), Some("German"));
    }

    #[test]
    fn is_named_by_its_code() {
        for (code, name) in [
            ("de", "German"),
            (" PT-br ", "Portuguese"),
            ("nb_NO", "Norwegian"),
            ("EN", "English"),
        ] {
            assert_eq!(
                Language::from_code(code).map(Language::name),
                Some(name),
                "{code}"
            );
        }
        for code in ["", "german", "xx", "d"] {
            assert_eq!(Language::from_code(code), None, "{code}");
        }
        assert_eq!(Language::codes().next(), Some(Language::ENGLISH.code()));
    }
}
