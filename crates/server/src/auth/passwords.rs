//! Passwords: what is accepted, and argon2id.

use std::{
    collections::HashSet,
    sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering},
    },
};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use model::{
    accounts::PASSWORD_LENGTH,
    refusal::{Code, Refusal},
};
use tokio::sync::Semaphore;

use crate::{app::random, error::Fault};

/// Words that everybody would try first here.
const SITE_WORDS: [&str; 8] =
    ["tinklaveika", "mokykla", "mokytojas", "mokytoja", "slaptazodis", "slaptažodis", "lietuva", "tukstantmecio"];

/// How dear a hash is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Cost {
    /// 19 MiB, 2 passes, 1 lane: the OWASP Password Storage Cheat Sheet's second choice.
    #[default]
    Real,
    /// For tests with hundreds of accounts.
    Cheap,
}

pub struct Passwords {
    argon2: Argon2<'static>,
    /// At most this many hashes at once: each takes 19 MiB.
    turns: Semaphore,
    /// Verified against when there is no such account, so that the answer takes as long.
    nobody: String,
    /// Hashes computed so far, whoever they were for.
    computed: AtomicU64,
}

impl Passwords {
    pub fn new(cost: Cost) -> anyhow::Result<Self> {
        let params = match cost {
            Cost::Real => Params::new(19 * 1024, 2, 1, None),
            Cost::Cheap => Params::new(64, 1, 1, None),
        };
        let params = params.map_err(|error| anyhow::anyhow!("argon2: {error}"))?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let nobody = hash(&argon2, "nobody has this password")?;
        Ok(Self { argon2, turns: Semaphore::new(4), nobody, computed: AtomicU64::new(0) })
    }

    /// How many hashes were computed since the start: what an answer costs, for a test that both answers cost the same.
    pub fn computed(&self) -> u64 {
        self.computed.load(Ordering::Relaxed)
    }

    /// The PHC text of `password`. Never between `write()` and `commit()`: it takes tens of milliseconds.
    pub async fn hash(&self, password: &str) -> Result<String, Fault> {
        let _turn = self.turns.acquire().await.map_err(anyhow::Error::from)?;
        self.computed.fetch_add(1, Ordering::Relaxed);
        let (argon2, password) = (self.argon2.clone(), password.to_owned());
        let hashed = tokio::task::spawn_blocking(move || hash(&argon2, &password)).await;
        Ok(hashed.map_err(anyhow::Error::from)??)
    }

    /// Whether `password` is the one of `phc`; without an account it takes as long and is false.
    pub async fn verify(&self, password: &str, phc: Option<&str>) -> Result<bool, Fault> {
        let _turn = self.turns.acquire().await.map_err(anyhow::Error::from)?;
        self.computed.fetch_add(1, Ordering::Relaxed);
        let known = phc.is_some();
        let (argon2, password) = (self.argon2.clone(), password.to_owned());
        let phc = phc.unwrap_or(&self.nobody).to_owned();
        let verified = tokio::task::spawn_blocking(move || {
            PasswordHash::new(&phc).is_ok_and(|phc| argon2.verify_password(password.as_bytes(), &phc).is_ok())
        });
        Ok(verified.await.map_err(anyhow::Error::from)? && known)
    }
}

fn hash(argon2: &Argon2<'_>, password: &str) -> anyhow::Result<String> {
    let hashed = argon2.hash_password_with_salt(password.as_bytes(), &random::<16>());
    Ok(hashed.map_err(|error| anyhow::anyhow!("argon2: {error}"))?.to_string())
}

/// Whether a new password is good enough: 12 to 128 characters, not one that is guessed early, whatever characters it is of.
///
/// # Errors
/// `password.short`, `password.long`, `password.common`, `password.weak`, each at `field`.
pub fn judge(password: &str, about: &[&str], field: &str) -> Result<(), Refusal> {
    let length = password.chars().count();
    if length < *PASSWORD_LENGTH.start() {
        return Err(Refusal::of(Code::PasswordShort).at(field).fact("limit", PASSWORD_LENGTH.start()));
    }
    if length > *PASSWORD_LENGTH.end() {
        return Err(Refusal::of(Code::PasswordLong).at(field).fact("limit", PASSWORD_LENGTH.end()));
    }
    if is_common(password) {
        return Err(Refusal::of(Code::PasswordCommon).at(field));
    }
    let words: Vec<&str> = SITE_WORDS.iter().chain(about).copied().collect();
    if zxcvbn::zxcvbn(password, &words).score() < zxcvbn::Score::Three {
        return Err(Refusal::of(Code::PasswordWeak).at(field));
    }
    Ok(())
}

/// Whether it is one of the 100,000 that are tried first, in whatever case; no network is asked.
fn is_common(password: &str) -> bool {
    static COMMON: LazyLock<HashSet<&str>> =
        LazyLock::new(|| include_str!("common.txt").lines().filter(|line| !line.starts_with("# ")).collect());
    COMMON.contains(password.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_unusual_password_is_good_and_a_common_one_is_not() {
        assert!(judge("graži diena prie ežero", &[], "password").is_ok());
        let code = |password: &str| judge(password, &["rasa@mokykla.lt"], "password").unwrap_err().code;
        assert_eq!(code("trumpas"), Code::PasswordShort);
        assert_eq!(code(&"ilgas ".repeat(22)), Code::PasswordLong);
        for weak in ["123456789013", "passwordpassworD", "tinklaveika1", "qwertyuiop12", "aaaaaaaaaaaaaaa"] {
            assert!(matches!(code(weak), Code::PasswordWeak | Code::PasswordCommon), "{weak}");
        }
        assert_eq!(code("tinklaveika1"), Code::PasswordWeak);
    }

    #[test]
    fn none_of_the_hundred_thousand_most_used_passwords_is_taken() {
        let (mut common, mut only_by_the_list) = (0, 0);
        for line in include_str!("common.txt").lines().filter(|line| !line.starts_with("# ")) {
            assert!(line.len() >= *PASSWORD_LENGTH.start(), "{line} is refused for its length anyway");
            for spelled in [line.to_owned(), line.to_uppercase()] {
                assert_eq!(judge(&spelled, &[], "password").unwrap_err().code, Code::PasswordCommon, "{spelled}");
            }
            common += 1;
            only_by_the_list += usize::from(zxcvbn::zxcvbn(line, &[]).score() >= zxcvbn::Score::Three);
        }
        assert!(common > 450, "{common}");
        // What guessing by rules takes for good, the list knows.
        assert!(only_by_the_list > 10, "{only_by_the_list}");
    }

    #[test]
    fn any_character_is_welcome_and_none_is_asked_for() {
        for good in [
            "žalias dviratis ant kalno",
            "🦉🦉 pelėda naktį skraido",
            "tik mažosiomis raidėmis rašau",
            &"ąčęėįšųū ".repeat(8),
        ] {
            assert!(judge(good, &[], "password").is_ok(), "{good}");
        }
        assert!(judge(&"kalnas ".repeat(18), &[], "password").is_ok());
        assert!(judge(&format!("{}ž", "ilgas tekstas ".repeat(9)), &[], "password").is_ok(), "127 characters");
    }

    #[tokio::test]
    async fn a_password_is_kept_as_argon2id_and_byte_for_byte() {
        let passwords = Passwords::new(Cost::Real).unwrap();
        let phc = passwords.hash("  ąčę žodis 12 ").await.unwrap();
        assert!(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{phc}");
        assert!(passwords.verify("  ąčę žodis 12 ", Some(&phc)).await.unwrap());
        assert!(!passwords.verify("ąčę žodis 12", Some(&phc)).await.unwrap());
        assert!(!passwords.verify("nobody has this password", None).await.unwrap());
    }
}
