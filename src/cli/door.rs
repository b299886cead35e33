//! The one door out: standard output, standard error, and files written beside and renamed.

use super::answer::Colour;
use super::press::{Press, Scope};
use crate::base::error::Error;
use crate::base::escape::visible;
use crate::compile::artifact::Artifact;
use crate::registry::home::Home;
use crate::report::paint::{BAD, HEADING, WARNING, paint};
use anstream::{AutoStream, ColorChoice};
use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tempfile::{NamedTempFile, TempDir};

/// How the unfinished file of a key is named, where the system cannot have it without a name.
const KEY_PREFIX: &str = ".undersigned-key-";

/// Writes an answer to standard output; colour is taken away where it is not wanted.
pub fn answer(output: &[u8], colour: Colour) -> Result<(), Error> {
    let choice = match colour {
        Colour::Auto => AutoStream::choice(&io::stdout()),
        Colour::Always => ColorChoice::Always,
        Colour::Never => ColorChoice::Never,
    };
    let mut stream = AutoStream::new(io::stdout().lock(), choice);
    match stream.write_all(output).and_then(|()| stream.flush()) {
        // The reader has seen enough, such as `head`.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Error::new(format!("the answer cannot be written: {error}"))
            .with_help("Look at where standard output goes, and at the free space there.")),
        Ok(()) => Ok(()),
    }
}

/// Writes what the arguments' parser says: help to standard output, a wrong argument to standard error.
///
/// What was typed is repeated in it, and does not act.
pub fn usage(text: &str, wrong: bool, code: ExitCode) -> ExitCode {
    if !wrong {
        let _ = answer(text.as_bytes(), Colour::Auto);
        return code;
    }
    let lines: Vec<String> = text.lines().map(unstyled).collect();
    let mut stream = io::stderr().lock();
    // There is nowhere left to report that standard error cannot be written.
    let _ = writeln!(stream, "{}", lines.join("\n"));
    code
}

/// A line without our own styles, and with everything else that cannot be seen made visible.
fn unstyled(line: &str) -> String {
    visible(&anstream::adapter::strip_str(line).to_string())
}

/// Writes an error of the run to standard error.
pub fn error(error: &Error, colour: Colour) {
    let mut lines = vec![format!(
        "{}: {}",
        paint(BAD, "error"),
        visible(error.what())
    )];
    if let Some(help) = error.help() {
        lines.push(format!("{}: {}", paint(HEADING, "help"), visible(help)));
    }
    beside_the_answer(&lines, colour);
}

/// Writes what a person should know besides the answer to standard error.
pub fn remark(remark: &str, colour: Colour) {
    let line = format!("{}: {}", paint(WARNING, "note"), visible(remark));
    beside_the_answer(&[line], colour);
}

fn beside_the_answer(lines: &[String], colour: Colour) {
    let choice = match colour {
        Colour::Auto => AutoStream::choice(&io::stderr()),
        Colour::Always => ColorChoice::Always,
        Colour::Never => ColorChoice::Never,
    };
    let mut stream = AutoStream::new(io::stderr().lock(), choice);
    for line in lines {
        // There is nowhere left to report that standard error cannot be written.
        let _ = writeln!(stream, "{line}");
    }
}

/// Shows on standard error what a question is about, already made harmless for a terminal.
pub fn tell(text: &str, colour: Colour) {
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    beside_the_answer(&lines, colour);
}

/// How far a long run has come, on one line of a terminal that goes away with it; a file or a pipe gets nothing.
#[derive(Debug, Default)]
pub struct Progress {
    shown: bool,
}

impl Progress {
    /// So many records have been judged.
    pub fn tell(&mut self, count: usize) {
        if count.is_multiple_of(10_000) && io::stderr().is_terminal() {
            self.shown = true;
            let _ = write!(io::stderr().lock(), "\r{count} records judged");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown {
            // Back to the start of the line, and nothing stays on it.
            let _ = write!(io::stderr().lock(), "\r\x1b[K");
        }
    }
}

/// How wide the terminal is; nothing where output goes elsewhere.
pub fn width() -> Option<u16> {
    if !io::stdout().is_terminal() {
        return None;
    }
    terminal_size::terminal_size().map(|(width, _)| width.0)
}

/// An error where files of ours in a folder would be files of a registry, or of Git.
pub fn is_open(folder: &Path) -> Result<(), Error> {
    if !Home::keeps(folder) {
        return Ok(());
    }
    let what = format!("{} lies in registry/ or .git", folder.display());
    Err(Error::new(what).with_help("Name a place outside of them."))
}

/// Writes files into a folder: all beside their places and synced first, then each renamed.
pub fn files(folder: &Path, artifacts: &[Artifact]) -> Result<(), Error> {
    let mut press = Press::begin(folder)?;
    artifacts
        .iter()
        .try_for_each(|artifact| press.write(artifact))?;
    press.finish(Scope::Apart)?;
    Ok(())
}

/// Adds to the end of a file that others add to as well, such as the summary of a CI job.
///
/// It is made where it is missing. Where the whole cannot be written, the file is left as it was.
pub fn append(path: &Path, content: &[u8]) -> Result<(), Error> {
    let failed = |error: &io::Error| {
        Error::new(format!("{} cannot be added to: {error}", path.display()))
            .with_help("Name a file in a folder that can be written, with --summary.")
    };
    match std::fs::symlink_metadata(path) {
        // A link could lead anywhere, and a pipe would wait for a reader.
        Ok(about) if !about.is_file() => {
            let what = format!("{} is not a plain file", path.display());
            return Err(Error::new(what).with_help("Name a plain file, or one that is not there."));
        }
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(&error)),
        _ => {}
    }
    let mut options = std::fs::OpenOptions::new();
    let mut file = options
        .append(true)
        .create(true)
        .open(path)
        .map_err(|error| failed(&error))?;
    file.lock().map_err(|error| failed(&error))?;
    let before = file.metadata().map_err(|error| failed(&error))?.len();
    // What stands there may end in the middle of a line.
    let gap: &[u8] = if before > 0 { b"\n" } else { b"" };
    let whole = [gap, content].concat();
    let added = file.write_all(&whole).and_then(|()| file.sync_all());
    added.map_err(|error| {
        let _ = file.set_len(before);
        failed(&error)
    })
}

/// Writes a private key that only its owner can read; an existing file is never touched.
pub fn secret(path: &Path, content: &[u8]) -> Result<(), Error> {
    let failed = |error: &io::Error| {
        match error.kind() {
        io::ErrorKind::AlreadyExists => never_over(path),
        _ => Error::new(format!("{} cannot be written: {error}", path.display())).with_help(
            "No key was written. Name a file in a folder that can be written, on a disk with free space.",
        ),
    }
    };
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(|error| failed(&error))?;
    match unnamed(folder, path, content) {
        Ok(true) => return sync(folder).map_err(|error| failed(&error)),
        Ok(false) => {}
        Err(error) => return Err(failed(&error)),
    }
    let file = tempfile::Builder::new()
        .prefix(KEY_PREFIX)
        .tempfile_in(folder);
    let file = written(file, content).map_err(|error| failed(&error))?;
    file.persist_noclobber(path)
        .map_err(|error| failed(&error.error))?;
    sync(folder).map_err(|error| failed(&error))
}

/// Writes a private key into a file that gets its name at the end, so that a run that is killed leaves no key under any
/// name; says whether the system and the disk could do that.
#[cfg(target_os = "linux")]
fn unnamed(folder: &Path, path: &Path, content: &[u8]) -> io::Result<bool> {
    use rustix::fs::{AtFlags, CWD, OFlags, linkat};
    use std::os::fd::AsRawFd as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    let flags = i32::try_from(OFlags::TMPFILE.bits()).unwrap_or_default();
    let mut options = std::fs::OpenOptions::new();
    options.write(true).custom_flags(flags).mode(0o600);
    let Ok(mut file) = options.open(folder) else {
        return Ok(false);
    };
    file.write_all(content)?;
    file.sync_all()?;
    let source = format!("/proc/self/fd/{}", file.as_raw_fd());
    match linkat(CWD, source, CWD, path, AtFlags::SYMLINK_FOLLOW) {
        Ok(()) => Ok(true),
        Err(error) if io::Error::from(error).kind() == io::ErrorKind::AlreadyExists => {
            Err(error.into())
        }
        // No /proc is mounted, or the disk gives no name to what had none.
        Err(_) => Ok(false),
    }
}

/// No system but Linux has files without a name that get one.
#[cfg(not(target_os = "linux"))]
fn unnamed(_: &Path, _: &Path, _: &[u8]) -> io::Result<bool> {
    Ok(false)
}

/// The error where a key would be written over a file.
pub fn never_over(path: &Path) -> Error {
    Error::new(format!(
        "{} is there already, and a key is never overwritten",
        path.display()
    ))
    .with_help("Name another file, or sign with the key that is there.")
}

/// A file that another program reads, and that is gone after that.
pub fn passing_file(content: &str) -> Result<NamedTempFile, Error> {
    let failed = |error: io::Error| unpassed("file", &error);
    let mut file = NamedTempFile::new().map_err(failed)?;
    file.write_all(content.as_bytes()).map_err(failed)?;
    file.flush().map_err(failed)?;
    Ok(file)
}

/// An empty folder that nobody else looks into, and that is gone after that.
pub fn passing_place() -> Result<TempDir, Error> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(std::fs::Permissions::from_mode(0o700));
    }
    builder
        .tempdir()
        .map_err(|error| unpassed("folder", &error))
}

fn unpassed(what: &str, error: &io::Error) -> Error {
    Error::new(format!("no temporary {what} can be made: {error}")).with_help(
        "Look at the permissions and the free space of the folder for temporary files, or name another in TMPDIR.",
    )
}

/// A folder with one file in it that another program reads, and that is gone after that.
pub fn passing_folder(name: &str, content: &[u8]) -> Result<TempDir, Error> {
    let failed = |error: io::Error| unpassed("file", &error);
    let folder = TempDir::new().map_err(failed)?;
    std::fs::write(folder.path().join(name), content).map_err(failed)?;
    Ok(folder)
}

/// Where a person's key lies unless another place is named: `$XDG_CONFIG_HOME/undersigned/key.pem`.
///
/// A relative path counts as none, as the XDG Base Directory Specification has it.
pub fn key_file() -> Result<PathBuf, Error> {
    own("XDG_CONFIG_HOME", ".config")
        .map(|home| home.join("key.pem"))
        .ok_or_else(|| {
            Error::new("neither XDG_CONFIG_HOME nor HOME names a folder from the root")
                .with_help("Name the file of the key.")
        })
}

/// Where what can be made again is kept from run to run: `$XDG_CACHE_HOME/undersigned`; nothing where there is no such folder.
pub fn cache_folder() -> Option<PathBuf> {
    own("XDG_CACHE_HOME", ".cache")
}

/// Our folder in one of those of a person.
fn own(variable: &str, usual: &str) -> Option<PathBuf> {
    let folder = |name: &str| {
        std::env::var_os(name)
            .map(PathBuf::from)
            .filter(|folder| folder.is_absolute())
    };
    let place = folder(variable).or_else(|| Some(folder("HOME")?.join(usual)));
    place.map(|place| place.join("undersigned"))
}

/// Whether something lies at a path.
pub fn is_there(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok()
}

/// Whether a symbolic link lies at a path.
pub fn is_link(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink())
}

/// An unfinished file with its content, synced.
pub fn written(file: io::Result<NamedTempFile>, content: &[u8]) -> io::Result<NamedTempFile> {
    let mut file = file?;
    file.write_all(content)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// How unfinished files are made; what is published may be read by everybody.
pub fn ordinary(prefix: &str) -> tempfile::Builder<'_, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(std::fs::Permissions::from_mode(0o644));
    }
    builder
}

/// Makes the renames in a folder durable.
#[cfg(unix)]
pub fn sync(folder: &Path) -> io::Result<()> {
    std::fs::File::open(folder)?.sync_all()
}

/// Makes the renames in a folder durable; here the system does that by itself.
#[cfg(not(unix))]
pub fn sync(_: &Path) -> io::Result<()> {
    Ok(())
}
