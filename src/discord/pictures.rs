//! A report as a picture: what people would rather look at than read.
//!
//! The background is dark and the ink light, so that it is read in Discord's dark theme and in its light one alike; the colours are
//! those of Okabe and Ito, which people with any kind of colour-blindness tell apart, and each bar has its number beside it. The
//! letters come along with the program: a server has no fonts.

use std::sync::{Arc, Once};

use plotters::backend::BitMapBackend;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontStyle, IntoFont, IntoTextStyle, RGBColor, ShapeStyle, register_font};

use super::reply::Upload;
use super::words::Words;
use crate::domain::clocks::ClockKind;
use crate::domain::report::{Figure, Personal, Report, Share, Spans};
use jiff::SignedDuration;

mod said;

/// About as wide as Discord shows a picture on a screen; a phone shows two thirds of it, and letters of 20 are read there still.
/// All that is drawn is measured in this.
const WIDTH: u32 = 600;
/// Drawn larger than it is measured, so that it is sharp where points are small: by 3 / 2.
const fn sharp(length: i32) -> i32 {
    length * 3 / 2
}
/// Around each part.
const EDGE: i32 = 28;
/// Below the headline of each part.
const TOP: i32 = 66;
const LETTERS: &str = "letters";
const PROMISES: [ClockKind; 2] = [ClockKind::FirstResponse, ClockKind::Resolution];

const BACK: RGBColor = RGBColor(0x2b, 0x2d, 0x31);
const INK: RGBColor = RGBColor(0xf2, 0xf3, 0xf5);
const FAINT: RGBColor = RGBColor(0x4e, 0x50, 0x58);
const BLUE: RGBColor = RGBColor(0x56, 0xb4, 0xe9);
const ORANGE: RGBColor = RGBColor(0xe6, 0x9f, 0x00);
const GREEN: RGBColor = RGBColor(0x00, 0x9e, 0x73);
const RED: RGBColor = RGBColor(0xd5, 0x5e, 0x00);

/// The ages by which the backlog is counted, in days.
const AGE_NAMES: [&str; 6] = ["0–1", "1–3", "3–7", "7–14", "14–30", "30+"];

type Area<'a> = DrawingArea<BitMapBackend<'a>, Shift>;
/// How high a part is, and what draws it.
type Part<T> = (u32, fn(&Area<'_>, Words, &T) -> anyhow::Result<()>);

/// What the desk did, as one picture.
///
/// # Errors
/// If a letter cannot be drawn, or the picture cannot be packed.
pub fn sheet(words: Words, report: &Report, name: &str) -> anyhow::Result<Upload> {
    let tiers_high = 82 + 66 * u32::try_from(report.tiers.len()).unwrap_or(3);
    let parts: [Part<Report>; 5] = [
        (330, days),
        (300, ages),
        (170, promises),
        (tiers_high, tiers),
        (330, hours),
    ];
    let about = said::of_desk(words, report);
    drawn(&parts, words, report, name, about)
}

/// What one person did, as one picture: nothing that counts too few.
///
/// # Errors
/// If a letter cannot be drawn, or the picture cannot be packed.
pub fn sheet_of_one(words: Words, personal: &Personal, name: &str) -> anyhow::Result<Upload> {
    let parts: [Part<Personal>; 2] = [(170, own_promises), (290, own_times)];
    let about = said::of_one(words, personal);
    drawn(&parts, words, personal, name, about)
}

fn drawn<T>(
    parts: &[Part<T>],
    words: Words,
    figures: &T,
    name: &str,
    about: String,
) -> anyhow::Result<Upload> {
    static FONT: Once = Once::new();
    FONT.call_once(|| {
        // It is part of the program: it can be read, or no test passes.
        let read = register_font(
            LETTERS,
            FontStyle::Normal,
            epaint_default_fonts::UBUNTU_LIGHT,
        );
        if read.is_err() {
            tracing::error!("the font for pictures cannot be read");
        }
    });
    let points = |length: u32| length * 3 / 2;
    let height: u32 = parts.iter().map(|(height, _)| points(*height)).sum();
    let width = points(WIDTH);
    let mut pixels = vec![0; 3 * (width * height) as usize];
    {
        let mut rest = BitMapBackend::with_buffer(&mut pixels, (width, height)).into_drawing_area();
        rest.fill(&BACK)?;
        for (height, part) in parts {
            let (here, below) = rest.split_vertically(points(*height));
            part(&here, words, figures)?;
            rest = below;
        }
        rest.present()?;
    }
    let mut packed = Vec::new();
    let mut encoder = png::Encoder::new(&mut packed, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header()?.write_image_data(&pixels)?;
    Ok(Upload {
        name: name.to_owned(),
        bytes: Arc::from(packed),
        about: Some(about),
    })
}

fn write(
    area: &Area<'_>,
    text: &str,
    at: (i32, i32),
    size: i32,
    colour: RGBColor,
    to: HPos,
) -> anyhow::Result<()> {
    let at = (sharp(at.0), sharp(at.1));
    let style = (LETTERS, sharp(size)).into_font().color(&colour);
    let style = style.into_text_style(area).pos(Pos::new(to, VPos::Center));
    area.draw(&Text::new(text.to_owned(), at, style))?;
    Ok(())
}

fn fill(area: &Area<'_>, from: (i32, i32), to: (i32, i32), colour: RGBColor) -> anyhow::Result<()> {
    let corner = |(x, y)| (sharp(x), sharp(y));
    area.draw(&Rectangle::new(
        [corner(from), corner(to)],
        ShapeStyle::from(&colour).filled(),
    ))?;
    Ok(())
}

fn headline(area: &Area<'_>, text: &str) -> anyhow::Result<()> {
    write(area, text, (EDGE, EDGE + 6), 26, INK, HPos::Left)
}

/// How long a bar is, of at most `room`, where `most` is the largest.
fn length(value: i64, most: i64, room: i32) -> i32 {
    let length = value.max(0) * i64::from(room) / most.max(1);
    i32::try_from(length).unwrap_or(room)
}

fn whole(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn place(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

fn right() -> i32 {
    i32::try_from(WIDTH).unwrap_or(i32::MAX) - EDGE
}

/// What was opened and what was solved, day by day.
fn days(area: &Area<'_>, words: Words, report: &Report) -> anyhow::Result<()> {
    headline(area, &words.picture_days())?;
    let legend = [
        (BLUE, words.picture_opened(report.opened)),
        (ORANGE, words.picture_solved(report.solved)),
    ];
    for (row, (colour, text)) in legend.into_iter().enumerate() {
        let x = right() - 290 + 150 * place(row);
        fill(area, (x, EDGE), (x + 14, EDGE + 14), colour)?;
        write(area, &text, (x + 22, EDGE + 7), 20, INK, HPos::Left)?;
    }
    let (floor, room) = (300 - EDGE, 300 - EDGE - TOP - 24);
    let most = report
        .days
        .iter()
        .map(|day| day.opened.max(day.solved))
        .max();
    let most = whole(most.unwrap_or(0));
    let count = place(report.days.len().max(1));
    let wide = (right() - EDGE) / count;
    // Where there is no room for each number, the highest bars have theirs.
    let every = wide >= 44;
    for (at, day) in report.days.iter().enumerate() {
        let x = EDGE + place(at) * wide;
        let bar = ((wide - 4) / 2).clamp(2, 40);
        for (side, (n, colour)) in [(day.opened, BLUE), (day.solved, ORANGE)]
            .into_iter()
            .enumerate()
        {
            let n = whole(n);
            let left = x + place(side) * bar;
            let top = floor - length(n, most, room);
            fill(area, (left, top), (left + bar - 1, floor), colour)?;
            if n > 0 && (every || n == most) {
                write(
                    area,
                    &n.to_string(),
                    (left + bar / 2, top - 12),
                    18,
                    INK,
                    HPos::Center,
                )?;
            }
        }
        let step = 72 / wide.max(1) + 1;
        if place(at) % step == 0 {
            let date = day.date.get(5..).unwrap_or_default();
            write(area, date, (x + bar, floor + 17), 18, INK, HPos::Center)?;
        }
    }
    fill(area, (EDGE, floor), (right(), floor + 1), FAINT)
}

/// One bar that lies, with its name before it and its number behind it.
fn bar(
    area: &Area<'_>,
    y: i32,
    name: &str,
    (value, most): (i64, i64),
    said: &str,
    colour: RGBColor,
) -> anyhow::Result<()> {
    let (from, room) = (EDGE + 130, right() - EDGE - 130 - 218);
    write(area, name, (from - 12, y), 20, INK, HPos::Right)?;
    let to = from + length(value, most, room).max(2);
    fill(area, (from, y - 11), (to, y + 11), colour)?;
    write(area, said, (to + 10, y), 20, INK, HPos::Left)
}

/// How old it is what was open at the end.
fn ages(area: &Area<'_>, words: Words, report: &Report) -> anyhow::Result<()> {
    headline(area, &words.picture_ages(report.backlog.n))?;
    let most = report.backlog_ages.iter().copied().max().unwrap_or(0);
    for (row, (name, n)) in AGE_NAMES.into_iter().zip(report.backlog_ages).enumerate() {
        let name = words.picture_age(name);
        let y = TOP + 18 + 34 * place(row);
        bar(
            area,
            y,
            &name,
            (whole(n), whole(most)),
            &n.to_string(),
            BLUE,
        )?;
    }
    Ok(())
}

/// Which promises were kept.
fn promises(area: &Area<'_>, words: Words, report: &Report) -> anyhow::Result<()> {
    headline(area, &words.report_promises())?;
    for (row, clock) in PROMISES.into_iter().enumerate() {
        let share = report.promises.get(clock.key()).copied();
        let share = share.unwrap_or_default();
        kept(area, row, words, clock, (share, &said(words, share)))?;
    }
    Ok(())
}

/// How one promise was kept, and what is said of it.
fn kept(
    area: &Area<'_>,
    row: usize,
    words: Words,
    clock: ClockKind,
    (share, said): (Share, &str),
) -> anyhow::Result<()> {
    let y = TOP + 18 + 38 * place(row);
    let percent = share.percent().map_or(0, whole);
    let colour = match share.percent() {
        None => FAINT,
        Some(90..) => GREEN,
        Some(_) => RED,
    };
    bar(area, y, &words.clock(clock), (percent, 100), said, colour)
}

/// Which promises one person kept.
fn own_promises(area: &Area<'_>, words: Words, personal: &Personal) -> anyhow::Result<()> {
    headline(area, &words.report_promises())?;
    for (row, clock) in PROMISES.into_iter().enumerate() {
        let figure = personal.promises.get(clock.key());
        let figure = figure.unwrap_or(&Figure::TooFew);
        let share = figure.told().copied().unwrap_or_default();
        let said = words.figure(figure, |share| said(words, *share));
        kept(area, row, words, clock, (share, &said))?;
    }
    Ok(())
}

/// How long what took, of one person.
fn own_times(area: &Area<'_>, words: Words, personal: &Personal) -> anyhow::Result<()> {
    headline(area, &words.picture_personal_times())?;
    let times = said::times(words, personal);
    let told = times.iter().filter_map(|(_, figure)| figure.told()?.p90);
    let most = told.max().unwrap_or(0);
    for (row, (name, figure)) in times.iter().enumerate() {
        let y = TOP + 18 + 66 * place(row);
        match figure.told() {
            Some(spans) => stay(area, y, name, words, (spans, most))?,
            None => bar(area, y, name, (0, 1), &words.report_personal_few(), FAINT)?,
        }
    }
    Ok(())
}

fn said(words: Words, share: Share) -> String {
    match share.percent() {
        Some(percent) => words.picture_share(percent, share.part, share.of),
        None => words.picture_none(),
    }
}

/// How long a stay at each tier was: half of them, and nine of ten.
fn tiers(area: &Area<'_>, words: Words, report: &Report) -> anyhow::Result<()> {
    headline(area, &words.picture_tiers())?;
    let stays: Vec<&Spans> = report.tiers.iter().map(|tier| &tier.stay).collect();
    let most = stays.iter().filter_map(|stay| stay.p90).max().unwrap_or(0);
    for (row, tier) in report.tiers.iter().enumerate() {
        let y = TOP + 18 + 66 * place(row);
        let name = words.picture_tier(tier.tier, tier.stay.n);
        stay(area, y, &name, words, (&tier.stay, most))?;
    }
    Ok(())
}

/// Two bars: what is typical, and what is bad, of `most`.
fn stay(
    area: &Area<'_>,
    y: i32,
    name: &str,
    words: Words,
    (spans, most): (&Spans, i64),
) -> anyhow::Result<()> {
    let long = |seconds: i64| words.duration(SignedDuration::from_secs(seconds));
    let (Some(median), Some(p90)) = (spans.median, spans.p90) else {
        return bar(area, y, name, (0, 1), &words.picture_none(), FAINT);
    };
    let half = words.picture_half(&long(median));
    bar(area, y, name, (median, most), &half, BLUE)?;
    let nine = words.picture_nine(&long(p90));
    bar(area, y + 27, "", (p90, most), &nine, ORANGE)
}

/// In which hours of the week tickets are opened: the brighter, the more.
fn hours(area: &Area<'_>, words: Words, report: &Report) -> anyhow::Result<()> {
    headline(area, &words.picture_hours())?;
    let most = report.hours.iter().copied().max().unwrap_or(0);
    let days = words.picture_weekdays();
    let days: Vec<&str> = days.split_whitespace().collect();
    let (left, wide, high) = (EDGE + 46, 21, 28);
    for (at, n) in report.hours.iter().enumerate() {
        let (day, hour) = (at / 24, at % 24);
        let x = left + place(hour) * wide;
        let y = TOP + place(day) * high;
        let colour = shade(*n, most);
        fill(area, (x, y), (x + wide - 3, y + high - 3), colour)?;
        if *n > 0 && *n < 100 {
            let ink = if *n * 2 > most { BACK } else { INK };
            write(
                area,
                &n.to_string(),
                (x + wide / 2 - 1, y + high / 2 - 1),
                15,
                ink,
                HPos::Center,
            )?;
        }
        if hour == 0 {
            let day = days.get(day).copied().unwrap_or_default();
            write(
                area,
                day,
                (left - 10, y + high / 2 - 1),
                20,
                INK,
                HPos::Right,
            )?;
        }
        if day == 0 && hour % 3 == 0 {
            let below = TOP + 7 * high + 12;
            write(area, &format!("{hour}:00"), (x, below), 18, INK, HPos::Left)?;
        }
    }
    Ok(())
}

/// Between faint and blue.
fn shade(n: usize, most: usize) -> RGBColor {
    let (n, most) = (n.min(most), most.max(1));
    let mix = |from: u8, to: u8| {
        let (from, to) = (usize::from(from), usize::from(to));
        u8::try_from((from * (most - n) + to * n) / most).unwrap_or(u8::MAX)
    };
    RGBColor(
        mix(FAINT.0, BLUE.0),
        mix(FAINT.1, BLUE.1),
        mix(FAINT.2, BLUE.2),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::report::{Day, TierReport};
    use crate::domain::tier::Tier;

    fn report() -> Report {
        let spans = |median, p90| Spans {
            n: 12,
            median: Some(median),
            p90: Some(p90),
            longest: Some(p90),
        };
        let day = |n: usize| Day {
            date: format!("2026-06-{:02}", n + 1),
            opened: n * 7 % 13,
            solved: n * 5 % 11,
        };
        Report {
            opened: 180,
            solved: 150,
            backlog: Spans {
                n: 25,
                ..spans(90_000, 900_000)
            },
            backlog_ages: [12, 7, 3, 0, 1, 2],
            promises: [
                ("first_response".to_owned(), Share { part: 95, of: 100 }),
                ("resolution".to_owned(), Share { part: 7, of: 9 }),
            ]
            .into(),
            tiers: Tier::ALL
                .into_iter()
                .map(|tier| TierReport {
                    tier,
                    came: 3,
                    solved: 2,
                    escalated: Share { part: 1, of: 3 },
                    stay: if tier == Tier::L3 {
                        Spans::default()
                    } else {
                        spans(5000, 90_000)
                    },
                })
                .collect(),
            hours: (0..7 * 24).map(|n| n * 31 % 17).collect(),
            days: (0..30).map(day).collect(),
            ..Report::default()
        }
    }

    fn pixels(upload: &Upload) -> Vec<u8> {
        let decoder = png::Decoder::new(std::io::Cursor::new(&upload.bytes[..]));
        let mut reader = decoder.read_info().expect("a picture");
        let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
        let info = reader.next_frame(&mut pixels).expect("a frame");
        assert_eq!(info.width, 900);
        pixels
    }

    #[test]
    fn every_figure_has_its_colour_and_letters_are_there() {
        let full = pixels(&sheet(Words::of("en"), &report(), "x.png").expect("drawn"));
        let has = |pixels: &[u8], colour: RGBColor| {
            let wanted = [colour.0, colour.1, colour.2];
            pixels.chunks(3).filter(|pixel| *pixel == wanted).count()
        };
        for colour in [BLUE, ORANGE, GREEN, RED, FAINT] {
            assert!(has(&full, colour) > 100, "{colour:?}");
        }
        assert!(has(&full, INK) > 500, "letters");
        let empty = pixels(&sheet(Words::of("en"), &Report::default(), "x.png").expect("drawn"));
        assert!(
            has(&empty, ORANGE) < has(&full, ORANGE),
            "nothing was solved"
        );
        assert!(has(&empty, INK) > 300, "it says what would stand there");
    }

    #[test]
    fn it_is_small_enough_to_be_sent() {
        let packed = sheet(Words::of("en"), &report(), "x.png").expect("drawn");
        assert!(packed.bytes.len() < 500_000, "{}", packed.bytes.len());
    }
}
