//! Files, folders and globs → a sorted list of files.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::file_name;
use crate::records::{Issue, IssueCode, Place};

/// Extensions looked for in a folder or by a glob.
const TABLES: [&str; 12] =
    ["xlsx", "xlsm", "xltx", "xltm", "xlsb", "xls", "ods", "csv", "tsv", "tab", "txt", "parquet"];

/// The files named by inputs: a file as it is, of a folder every workbook and table directly in
/// it, of a glob every match. Sorted, each once; an input that names nothing is an issue, and so
/// is every lock file among them.
#[must_use]
pub fn expand(inputs: &[String]) -> (Vec<PathBuf>, Vec<Issue>) {
    let mut files = BTreeSet::new();
    let mut locks = BTreeSet::new();
    let mut issues = Vec::new();
    for input in inputs {
        match expand_one(input) {
            Ok(found) => {
                let (lock, file): (Vec<_>, Vec<_>) = found.into_iter().partition(|f| is_lock(f));
                locks.extend(lock);
                files.extend(file);
            }
            Err(reason) => {
                let place = Place { file: input.clone(), ..Place::default() };
                issues.push(Issue::new(IssueCode::Unreadable, place).arg("reason", reason));
            }
        }
    }
    let place = |path: &PathBuf| Place { file: file_name(path), ..Place::default() };
    issues.extend(locks.iter().map(|path| Issue::new(IssueCode::LockFile, place(path))));
    (files.into_iter().collect(), issues)
}

/// Whether Excel keeps the file beside a workbook while somebody has it open.
fn is_lock(path: &Path) -> bool {
    file_name(path).starts_with("~$")
}

fn expand_one(input: &str) -> Result<Vec<PathBuf>, String> {
    let path = Path::new(input);
    if path.is_dir() {
        let entries = path.read_dir().map_err(|e| e.to_string())?;
        let files = entries.filter_map(Result::ok).map(|entry| entry.path());
        return Ok(files.filter(|file| is_table(file)).collect());
    }
    if path.exists() {
        return Ok(vec![path.to_owned()]);
    }
    if !input.contains(['*', '?', '[']) {
        return Err("not found".to_owned());
    }
    let matches = glob::glob(input).map_err(|e| e.to_string())?;
    let files: Vec<PathBuf> = matches.filter_map(Result::ok).filter(|f| is_table(f)).collect();
    if files.is_empty() { Err("no file matches".to_owned()) } else { Ok(files) }
}

/// Whether a file found in a folder is an input, or its lock file: not hidden, no text of ours.
fn is_table(path: &Path) -> bool {
    let name = file_name(path).to_lowercase();
    let skipped = name.starts_with('.') || name.starts_with("readme");
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase());
    path.is_file() && !skipped && extension.is_some_and(|e| TABLES.contains(&e.as_str()))
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests write their own files")]
mod tests {
    use super::expand;
    use crate::records::IssueCode;

    #[test]
    fn folders_globs_and_files_become_one_sorted_list() -> std::io::Result<()> {
        let dir = tempfile::tempdir()?;
        for name in ["b.csv", "a.xlsx", "~$a.xlsx", ".hidden.csv", "README.txt", "truth.json"] {
            std::fs::write(dir.path().join(name), "x")?;
        }
        let at = |name: &str| dir.path().join(name).to_string_lossy().into_owned();
        let folder = dir.path().to_string_lossy().into_owned();
        let (files, issues) = expand(&[folder, at("*.csv"), at("b.csv"), at("missing.csv")]);
        let names: Vec<_> = files.iter().filter_map(|f| f.file_name()?.to_str()).collect();
        assert_eq!(names, ["a.xlsx", "b.csv"]);
        let codes: Vec<_> = issues.iter().map(|i| (i.code, i.place.file.as_str())).collect();
        assert_eq!(
            codes,
            [
                (IssueCode::Unreadable, at("missing.csv").as_str()),
                (IssueCode::LockFile, "~$a.xlsx")
            ]
        );
        for lock in ["~$a.xlsx", "~$*"] {
            let (files, issues) = expand(&[at(lock)]);
            assert!(files.is_empty(), "{lock}");
            assert_eq!(issues.iter().map(|i| i.code).collect::<Vec<_>>(), [IssueCode::LockFile]);
        }
        Ok(())
    }
}
