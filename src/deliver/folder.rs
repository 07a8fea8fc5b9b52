//! Writing artifacts to a folder: all complete before the first is visible.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// A file in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
    /// File name without folder.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Why an artifact was not written.
#[derive(Debug, thiserror::Error)]
#[error("{path}: cannot be written: {source}")]
pub struct DeliverError {
    /// The file or folder.
    pub path: PathBuf,
    /// The system's reason.
    #[source]
    pub source: std::io::Error,
}

/// Writes the artifacts to `folder`, made where missing, and gives their paths.
///
/// Every file is first written whole beside its place and then renamed, so none is ever seen
/// half-written, and a full disk leaves the old files as they were.
///
/// # Errors
/// [`DeliverError`] naming the file or folder that could not be written.
pub fn write(folder: &Path, artifacts: &[Artifact]) -> Result<Vec<PathBuf>, DeliverError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| DeliverError { path, source }
    };
    fs::create_dir_all(folder).map_err(failed(folder))?;
    let mut staged = Vec::with_capacity(artifacts.len());
    for artifact in artifacts {
        let path = folder.join(&artifact.name);
        let file = stage(folder, &artifact.bytes).map_err(failed(&path))?;
        staged.push((file, path));
    }
    let mut paths = Vec::with_capacity(staged.len());
    for (file, path) in staged {
        file.persist(&path).map_err(|e| DeliverError { path: path.clone(), source: e.error })?;
        paths.push(path);
    }
    Ok(paths)
}

fn stage(folder: &Path, bytes: &[u8]) -> std::io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".gemba-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o644));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.flush()?;
    Ok(file)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]
mod tests {
    use super::{Artifact, write};

    #[test]
    fn writes_whole_files_and_leaves_no_crumbs() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("new/folder");
        let artifact = Artifact { name: "a.html".to_owned(), bytes: b"x".to_vec() };
        let twice = [&artifact, &artifact].map(|a| write(&folder, std::slice::from_ref(a)).is_ok());
        assert_eq!(twice, [true, true]);
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
    }

    #[test]
    fn names_what_cannot_be_written() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let error = write(&file.path().join("inside"), &[]).err();
        assert!(error.is_some_and(|e| e.to_string().contains("inside")));
    }
}
