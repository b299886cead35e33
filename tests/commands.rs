//! The commands as a person types them: `tests/cmd/` is also the manual. `TRYCMD=overwrite` writes it again, to be read.

#[test]
fn commands_answer_as_the_manual_says() {
    trycmd::TestCases::new()
        .default_bin_name("undersigned")
        .env("HOME", "/nonexistent")
        .case("tests/cmd/*.md");
}

#[test]
fn the_readme_tells_the_truth() {
    trycmd::TestCases::new()
        .default_bin_name("undersigned")
        .env("HOME", "/nonexistent")
        .case("README.md");
}
