//! Text from a fixed seed: words of schools in all their forms and, behind them, a long tail of invented ones, as often as words
//! are in a language (the n-th about 1/n as often as the first).

const FORMS: &str = include_str!("../../../../crates/server/src/search/forms.tsv");

/// Words by how often they come.
pub struct Vocabulary {
    words: Vec<String>,
    /// Sum of 1/n up to each word.
    weights: Vec<f64>,
}

impl Vocabulary {
    /// From `least` words up to one less than `most`.
    pub fn text(&self, dice: &mut Dice, least: u64, most: u64) -> String {
        let count = least + dice.below(most - least);
        let words: Vec<_> = (0..count).map(|_| self.draw(dice)).collect();
        words.join(" ")
    }

    pub fn draw(&self, dice: &mut Dice) -> &str {
        let total = self.weights.last().copied().unwrap_or(0.0);
        let drawn = dice.share() * total;
        let at = self.weights.partition_point(|weight| *weight < drawn);
        &self.words[at.min(self.words.len() - 1)]
    }
}

pub fn vocabulary() -> Vocabulary {
    let mut dice = Dice(1_236_547);
    let lines = FORMS.lines().filter_map(|line| line.split_once('\t')).filter(|(lemma, _)| !lemma.starts_with('#'));
    let mut words: Vec<String> = lines.flat_map(|(_, forms)| forms.split(' ').map(str::to_owned)).collect();
    for at in (1..words.len()).rev() {
        words.swap(at, dice.below(at as u64 + 1) as usize);
    }
    let starts =
        ["b", "br", "d", "dr", "g", "k", "kl", "l", "m", "n", "p", "pr", "r", "s", "st", "š", "t", "tr", "v", "ž"];
    let vowels = ["a", "e", "ė", "i", "y", "o", "u", "ū", "ai", "ei", "au", "uo"];
    let endings = [
        "as", "o", "ui", "ą", "u", "e", "ai", "ų", "ams", "us", "ais", "uose", "a", "os", "oje", "oms", "ė", "ės",
        "inti", "auti",
    ];
    let mut pick = |list: &[&'static str]| list[dice.below(list.len() as u64) as usize];
    for _ in 0..30_000 {
        let word = [pick(&starts), pick(&vowels), pick(&starts), pick(&vowels), pick(&starts), pick(&endings)];
        words.push(word.concat());
    }
    let weights = words.iter().enumerate().scan(0.0, |sum, (at, _)| {
        *sum += 1.0 / (at as f64 + 8.0);
        Some(*sum)
    });
    Vocabulary { weights: weights.collect(), words }
}

/// Marsaglia's xorshift: the same text on every machine.
pub struct Dice(pub u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}
