//! Where the parts of the screen are. It depends on the size of the terminal and on how much there is to show on the whole
//! walk, not on the moment, so nothing jumps from one step to the next; but for the end, which is said in full first.

use ratatui_core::layout::Rect;

/// From this size on, the steps stand beside the rest.
const WIDE: u16 = 100;
const HIGH: u16 = 16;

/// The steps beside the rest have a column as wide as they are, but within these bounds.
const NARROWEST: u16 = 30;
const WIDEST: u16 = 50;

/// The columns between the two.
const BETWEEN: u16 = 3;

/// What there is to show, in rows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wants {
    pub(super) threads: u16,
    pub(super) objects: u16,
    pub(super) steps: u16,
    /// How wide the widest step is.
    pub(super) steps_width: u16,
    /// Rows of what went wrong; 0 but at the end.
    pub(super) end: u16,
    pub(super) notice: bool,
    /// Rows of the keys.
    pub(super) help: u16,
}

/// Where everything is. A part that is left out has no height.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) header: Rect,
    pub(super) notice: Rect,
    /// The step in words.
    pub(super) now: Rect,
    /// The source around it, or what went wrong.
    pub(super) source: Rect,
    pub(super) threads: Rect,
    pub(super) objects: Rect,
    pub(super) steps: Rect,
    pub(super) help: Rect,
    /// Whether threads, objects and steps begin with a row that says so.
    pub(super) titles: bool,
    /// Whether a thread has two rows: where it is, and what it does.
    pub(super) roomy: bool,
}

/// How many rows each part gets.
#[derive(Default)]
struct Rows {
    rest: u16,
    header: u16,
    gap: u16,
    notice: u16,
    now: u16,
    source: u16,
    threads: u16,
    objects: u16,
    steps: u16,
    help: u16,
    titles: bool,
    /// Whether there is an empty row above each title.
    spaced: bool,
    roomy: bool,
}

impl Layout {
    /// All of the screen but the part in which the steps stand beside the rest.
    pub(super) fn left(area: Rect, steps_width: u16) -> Rect {
        if area.width < WIDE || area.height < HIGH {
            return area;
        }
        let right = steps_width.clamp(NARROWEST, WIDEST);
        Rect {
            width: area.width - right - BETWEEN,
            ..area
        }
    }

    pub(super) fn of(area: Rect, wants: &Wants) -> Layout {
        let Rect { width: left, .. } = Layout::left(area, wants.steps_width);
        let beside = left < area.width;
        let rows = Rows::of(area.height, wants, beside);
        let title = u16::from(rows.titles);
        let gap = u16::from(rows.spaced);
        let mut y = area.y;
        let mut next = |height: u16, width: u16| {
            let part = Rect::new(area.x, y, width, height);
            y += height;
            part
        };
        let with_title = |rows: u16| if rows > 0 { rows + title } else { 0 };
        let header = next(rows.header, area.width);
        let notice = next(rows.notice, area.width);
        let below = next(rows.gap, area.width).bottom();
        let now = next(rows.now, left);
        let source = next(rows.source, left);
        let [threads, objects] = [rows.threads, rows.objects].map(|rows| {
            next(if rows > 0 { gap } else { 0 }, left);
            next(with_title(rows), left)
        });
        let steps = match beside {
            true => Rect::new(
                area.x + left + BETWEEN,
                below,
                area.width - left - BETWEEN,
                area.bottom().saturating_sub(rows.help + below),
            ),
            false => {
                next(if rows.steps > 0 { gap } else { 0 }, left);
                next(with_title(rows.steps), left)
            }
        };
        let help = Rect::new(area.x, area.bottom() - rows.help, area.width, rows.help);
        Layout {
            header,
            notice,
            now,
            source,
            threads,
            objects,
            steps,
            help,
            titles: rows.titles,
            roomy: rows.roomy,
        }
    }
}

impl Rows {
    /// Shares the rows out: first what one cannot do without, then what makes it pleasant.
    fn of(height: u16, wants: &Wants, beside: bool) -> Rows {
        let mut rows = Rows {
            rest: height,
            ..Rows::default()
        };
        let steps = if beside { 0 } else { wants.steps };
        rows.now = rows.up_to(0, 1);
        rows.header = rows.up_to(0, 1);
        rows.help = rows.up_to(0, wants.help);
        rows.source = rows.up_to(0, if wants.end > 0 { wants.end } else { 2 });
        rows.threads = rows.up_to(0, wants.threads.min(3));
        rows.objects = rows.up_to(0, wants.objects.min(2));
        rows.steps = rows.up_to(0, steps.min(1));
        rows.notice = rows.up_to(0, u16::from(wants.notice));
        let titles = [rows.threads, rows.objects, rows.steps];
        let titles = titles.into_iter().filter(|rows| *rows > 0).count() as u16;
        rows.titles = rows.all(titles);
        rows.gap = rows.up_to(0, 1);
        rows.threads = rows.up_to(rows.threads, wants.threads);
        rows.objects = rows.up_to(rows.objects, wants.objects);
        rows.source = rows.up_to(rows.source, wants.end.max(4));
        rows.steps = rows.up_to(rows.steps, steps.min(3));
        let second = rows.threads;
        rows.roomy = rows.threads == wants.threads && rows.all(second);
        if rows.roomy {
            rows.threads += second;
        }
        rows.source = rows.up_to(rows.source, wants.end.max(6));
        rows.steps = rows.up_to(rows.steps, steps.min(6));
        rows.spaced = rows.titles && rows.all(titles);
        rows.steps = rows.up_to(rows.steps, steps);
        rows.source = rows.up_to(rows.source, wants.end.max(16));
        rows
    }

    /// As many rows more as there are, up to so many altogether.
    fn up_to(&mut self, has: u16, wants: u16) -> u16 {
        let more = wants.saturating_sub(has).min(self.rest);
        self.rest -= more;
        has + more
    }

    /// So many rows or none.
    fn all(&mut self, wants: u16) -> bool {
        let fits = wants <= self.rest;
        if fits {
            self.rest -= wants;
        }
        fits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WANTS: Wants = Wants {
        threads: 3,
        objects: 2,
        steps: 12,
        steps_width: 40,
        end: 0,
        notice: true,
        help: 1,
    };

    fn parts(layout: &Layout) -> [Rect; 8] {
        [
            layout.header,
            layout.notice,
            layout.now,
            layout.source,
            layout.threads,
            layout.objects,
            layout.steps,
            layout.help,
        ]
    }

    #[test]
    fn no_part_lies_on_another_or_outside_at_any_size() {
        for end in [0, 3, 40] {
            for (width, height) in (0..150).flat_map(|width| (0..60).map(move |height| (width, height))) {
                let area = Rect::new(0, 0, width, height);
                let layout = Layout::of(area, &Wants { end, ..WANTS });
                let parts = parts(&layout);
                for (at, part) in parts.iter().enumerate() {
                    assert!(
                        part.is_empty() || area.intersection(*part) == *part,
                        "{area}: {layout:?}"
                    );
                    for other in &parts[at + 1..] {
                        assert!(part.intersection(*other).is_empty(), "{area}: {layout:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_small_terminal_shows_what_one_cannot_do_without() {
        let layout = Layout::of(Rect::new(0, 0, 40, 10), &WANTS);
        let heights = parts(&layout).map(|part| part.height);
        // Header, no notice, the step, its line with a caret, threads, objects, no list of steps, keys.
        assert_eq!(heights, [1, 0, 1, 2, 3, 2, 0, 1]);
        assert!(!layout.titles && !layout.roomy);
    }

    #[test]
    fn a_usual_terminal_has_room_for_all() {
        let layout = Layout::of(Rect::new(0, 0, 80, 24), &WANTS);
        assert!(layout.titles, "{layout:?}");
        assert!(
            layout.source.height >= 4 && layout.steps.height >= 4,
            "{layout:?}"
        );
    }

    #[test]
    fn a_wide_terminal_has_the_steps_beside_the_rest() {
        let layout = Layout::of(Rect::new(0, 0, 120, 40), &WANTS);
        assert!(layout.steps.x > layout.source.right());
        assert!(layout.roomy && layout.steps.height > 30, "{layout:?}");
    }

    #[test]
    fn the_end_is_said_before_all_else() {
        let wants = Wants { end: 7, ..WANTS };
        let layout = Layout::of(Rect::new(0, 0, 40, 10), &wants);
        assert_eq!((layout.source.height, layout.help.height), (7, 1));
    }
}
