//! Figures and how they are shown.

use std::time::Duration;

/// One line of the table.
pub fn times(
    name: &str,
    all: &[Duration],
    aim: Option<Duration>,
    floor: Option<&[Duration]>,
) -> String {
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    let p99 = percentile(all, 0.99);
    let aim_text = aim.map_or(String::new(), |aim| format!("{:.0}", ms(aim)));
    let of_aim = aim.map_or(String::new(), |aim| format!("{:.2}", ms(p99) / ms(aim)));
    let of_floor = floor.map_or(String::new(), |floor| {
        format!("{:.1}", ms(p99) / ms(percentile(floor, 0.99)))
    });
    format!(
        "{name:<28} {:>6} {:>9.1} {:>9.1} {:>9.1} {aim_text:>8} {of_aim:>10} {of_floor:>9}",
        all.len(),
        ms(percentile(all, 0.5)),
        ms(p99),
        ms(percentile(all, 1.0)),
    )
}

/// Nearest rank.
fn percentile(all: &[Duration], part: f64) -> Duration {
    let mut sorted = all.to_vec();
    sorted.sort();
    let rank = (part * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.max(1) - 1).copied().unwrap_or_default()
}

/// What was measured under load.
#[derive(Default)]
pub struct Load {
    /// Questions.
    pub ask: Vec<Duration>,
    /// Claims.
    pub claim: Vec<Duration>,
    /// Openings, from sending the form.
    pub open: Vec<Duration>,
}

impl Load {
    /// Every act.
    pub fn all(&self) -> Vec<Duration> {
        [self.ask.as_slice(), &self.claim, &self.open].concat()
    }
}
