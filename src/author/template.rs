//! Pages with places to fill in, filled in once: what a stranger wrote is never read as a place.

/// `page` with each `{{NAME}}` replaced by its value; a name without a value stays as it stands.
pub fn fill(page: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(page.len());
    let mut rest = page;
    while let Some((before, behind)) = rest.split_once("{{") {
        filled.push_str(before);
        let known = behind.split_once("}}").and_then(|(name, after)| {
            let (_, value) = values.iter().find(|(known, _)| *known == name)?;
            Some((value, after))
        });
        match known {
            Some((value, after)) => {
                filled.push_str(value);
                rest = after;
            }
            None => {
                filled.push_str("{{");
                rest = behind;
            }
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_no_place() {
        let values = [("A", "{{B}}"), ("B", "b")];
        assert_eq!(
            fill("{{A}} {{B}} ${{ x }} {{C}}{{", &values),
            "{{B}} b ${{ x }} {{C}}{{"
        );
    }
}
