//! `cargo xtask dist`: what an operator installs, into the folder `dist`: the program, a Debian package, a container file.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

use crate::{
    bundle, sbom,
    shell::{cargo, command, found, output, root, root_join, run, step},
};

/// Where each file of the package comes from, goes to, and its mode.
const FILES: [(&str, &str, u32); 9] = [
    ("dist/tinklaveika", "usr/bin/tinklaveika", 0o755),
    ("packaging/tinklaveikactl", "usr/sbin/tinklaveikactl", 0o755),
    ("packaging/tinklaveika.service", "usr/lib/systemd/system/tinklaveika.service", 0o644),
    ("packaging/tinklaveika-backup.service", "usr/lib/systemd/system/tinklaveika-backup.service", 0o644),
    ("packaging/tinklaveika-backup.timer", "usr/lib/systemd/system/tinklaveika-backup.timer", 0o644),
    ("packaging/tinklaveika.env", "etc/tinklaveika/tinklaveika.env", 0o640),
    ("docs/operations.md", "usr/share/doc/tinklaveika/operations.md", 0o644),
    ("CHANGELOG.md", "usr/share/doc/tinklaveika/changelog", 0o644),
    ("LICENSE", "usr/share/doc/tinklaveika/copyright", 0o644),
];

pub fn all(build: bool) -> Result<()> {
    if build {
        bundle::build()?;
        step("the program", || run(&mut cargo(&["build", "--release", "--package", "tinklaveika"])))?;
    }
    let dist = root_join("dist");
    fs::create_dir_all(&dist)?;
    let program = dist.join("tinklaveika");
    // In the place of what may be running: another file under the same name.
    let _ = fs::remove_file(&program);
    fs::copy(root_join("target/release/tinklaveika"), &program)?;
    let bytes = fs::read(&program)?;
    for library in ["libssl.so", "libsqlite3.so", "libpq.so", "libz.so"] {
        if holds(&bytes, library.as_bytes()) {
            bail!("the program wants {library} of the system it runs on");
        }
    }
    let glibc = glibc(&bytes).context("the program names no version of the C library")?;
    fs::copy(root_join("packaging/Containerfile"), dist.join("Containerfile"))?;
    let parts = dist.join("tinklaveika.cdx.json");
    step("what it is made of", || sbom::write(&parts))?;
    let package = step("the Debian package", || package(&dist, glibc))?;
    for path in [program, parts, dist.join("Containerfile"), package] {
        println!("{}  {} KiB", path.strip_prefix(root())?.display(), fs::metadata(&path)?.len() >> 10);
    }
    println!("needs a C library of glibc 2.{glibc} or newer, and nothing else");
    Ok(())
}

fn package(dist: &Path, glibc: u32) -> Result<PathBuf> {
    if found("dpkg-deb").is_none() {
        bail!("no dpkg-deb; install it by: apt-get install dpkg");
    }
    let tree = dist.join("tree");
    let _ = fs::remove_dir_all(&tree);
    let mut size = 0;
    for (from, to, mode) in FILES {
        size += place(&root_join(from), &tree.join(to), mode)?;
    }
    for script in ["postinst", "prerm", "postrm"] {
        place(&root_join("packaging").join(script), &tree.join("DEBIAN").join(script), 0o755)?;
    }
    fs::write(tree.join("DEBIAN/conffiles"), "/etc/tinklaveika/tinklaveika.env\n")?;
    let architecture = output(command("dpkg").arg("--print-architecture"))?;
    let (architecture, version) = (architecture.trim(), env!("CARGO_PKG_VERSION"));
    let control = format!(
        "Package: tinklaveika\nVersion: {version}\nArchitecture: {architecture}\nSection: web\nPriority: optional\n\
         Maintainer: Tinklaveika <pastas@tinklaveika.example>\nInstalled-Size: {}\n\
         Depends: libc6 (>= 2.{glibc}), libgcc-s1, passwd, util-linux\nRecommends: ca-certificates\n\
         Suggests: nginx | caddy, postgresql\nDescription: where teams of schools work on the same problems together\n \
         One program and one file of data: shared spaces, good practice, live sessions.\n",
        size >> 10
    );
    fs::write(tree.join("DEBIAN/control"), control)?;
    let package = dist.join(format!("tinklaveika_{version}_{architecture}.deb"));
    run(command("dpkg-deb").args(["--root-owner-group", "--build"]).arg(&tree).arg(&package))?;
    fs::remove_dir_all(&tree)?;
    Ok(package)
}

fn place(from: &Path, to: &Path, mode: u32) -> Result<u64> {
    let folder = to.parent().context("a file stands in a folder")?;
    fs::create_dir_all(folder)?;
    let bytes = fs::copy(from, to).with_context(|| format!("cannot copy {}", from.display()))?;
    fs::set_permissions(to, fs::Permissions::from_mode(mode))?;
    // Folders as any system has them, whatever the umask here.
    for folder in folder.ancestors().take_while(|folder| !folder.ends_with("dist")) {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755))?;
    }
    Ok(bytes)
}

/// The newest `GLIBC_2.x` that the program names.
fn glibc(bytes: &[u8]) -> Option<u32> {
    let mark = b"GLIBC_2.";
    let minor = |rest: &[u8]| {
        let digits: String =
            rest.iter().take_while(|byte| byte.is_ascii_digit()).map(|byte| char::from(*byte)).collect();
        digits.parse().ok()
    };
    let found = bytes.windows(mark.len()).enumerate().filter(|(_, window)| *window == mark);
    found.filter_map(|(at, _)| minor(&bytes[at + mark.len()..])).max()
}

fn holds(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_version_of_the_c_library_is_found() {
        assert_eq!(glibc(b"\0GLIBC_2.9\0..GLIBC_2.34\0GLIBC_2.17\0"), Some(34));
        assert_eq!(glibc(b"nothing"), None);
    }
}
