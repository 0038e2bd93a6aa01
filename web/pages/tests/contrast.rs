//! The colours of `web/style/tokens.css` meet WCAG 2.2 AA in light and in dark.

use std::collections::BTreeMap;

const TOKENS: &str = include_str!("../../style/tokens.css");

/// Colours of the blocks that begin with `opening`, by name.
fn colours(opening: &str) -> Vec<BTreeMap<&'static str, [f64; 3]>> {
    let blocks = TOKENS.split(opening).skip(1).filter_map(|rest| rest.split('}').next());
    let colour = |line: &'static str| {
        let (name, value) = line.trim().strip_prefix("--")?.strip_suffix(';')?.split_once(':')?;
        let hex = u32::from_str_radix(value.strip_prefix('#')?, 16).ok()?;
        Some((name, [16, 8, 0].map(|shift| f64::from(hex >> shift & 255) / 255.0)))
    };
    blocks.map(|block| block.lines().filter_map(colour).collect()).collect()
}

/// WCAG 2.2, “relative luminance” and “contrast ratio”.
fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let linear = |c: f64| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) };
    let luminance = |[r, g, b]: [f64; 3]| 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn text_stands_out_from_its_ground_in_light_and_dark() {
    let light = colours(":root{").remove(0);
    let dark = colours("[data-theme=dark]{").remove(0);
    assert_eq!(light.len(), dark.len(), "both have the same tokens");
    for (theme, colours) in [("light", light), ("dark", dark)] {
        let text =
            ["ink", "ink-muted", "accent", "accent-strong", "bad", "leadership", "inclusion", "culture", "steam"];
        let mut pairs: Vec<(&str, &str, f64)> = Vec::new();
        for ground in ["paper", "card"] {
            pairs.extend(text.iter().map(|ink| (*ink, ground, 4.5)));
            pairs.push(("edge", ground, 3.0));
            pairs.push(("accent", ground, 3.0));
        }
        pairs.extend([("ink", "sunk", 4.5), ("ink-muted", "sunk", 4.5), ("accent", "sunk", 4.5)]);
        pairs.extend([("on-accent", "accent", 4.5), ("on-accent", "accent-strong", 4.5)]);
        pairs.extend([
            ("ink", "accent-soft", 4.5),
            ("accent-strong", "accent-soft", 4.5),
            ("ink-muted", "accent-soft", 4.5),
        ]);
        pairs.push(("accent", "accent-soft", 4.5));
        for mood in ["bad", "warn", "good"] {
            let soft = ["bad-soft", "warn-soft", "good-soft"].into_iter().find(|soft| soft.starts_with(mood)).unwrap();
            pairs.extend([(mood, soft, 4.5), ("ink", soft, 4.5), ("ink-muted", soft, 4.5)]);
        }
        for (ink, ground, least) in pairs {
            let ratio = contrast(colours[ink], colours[ground]);
            assert!(ratio >= least, "{theme}: {ink} on {ground} is {ratio:.2}, needs {least}");
        }
    }
}

#[test]
fn dark_by_choice_and_by_device_are_the_same() {
    assert_eq!(colours("[data-theme=dark]{"), colours(":not([data-theme=light]){"));
}
