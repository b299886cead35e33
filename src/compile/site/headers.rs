//! What a host is to send with every page: files that common hosts read.

use crate::compile::artifact::Artifact;

/// The policy of every page, as `<meta>` can give it too.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'none'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types undersigned";

/// Each header of a file of this name with its value.
pub fn headers(name: &str) -> [(&'static str, String); 6] {
    let shown_by = match name.rsplit('/').next() {
        Some(BADGE) => "cross-origin",
        _ => "same-origin",
    };
    [
        // Only a header can say who may show the page inside another.
        (
            "Content-Security-Policy",
            format!("{POLICY}; frame-ancestors 'none'"),
        ),
        ("Cross-Origin-Opener-Policy", "same-origin".to_owned()),
        (POLICY_OF_RESOURCES, shown_by.to_owned()),
        (
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=()".to_owned(),
        ),
        ("Referrer-Policy", "no-referrer".to_owned()),
        ("X-Content-Type-Options", "nosniff".to_owned()),
    ]
}

/// Who may show a file on a page of theirs.
const POLICY_OF_RESOURCES: &str = "Cross-Origin-Resource-Policy";

/// The badge alone is made to be shown on pages of others.
const BADGE: &str = "badge.svg";

/// Files for Netlify and Cloudflare Pages, for Apache, and for nginx; and one that keeps GitHub from leaving files out.
pub fn files() -> Vec<Artifact> {
    let lines = |line: &dyn Fn(&str, &str) -> String| -> String {
        headers("")
            .iter()
            .map(|(name, value)| line(name, value))
            .collect()
    };
    let policy = POLICY_OF_RESOURCES;
    let pages = lines(&|name, value| format!("  {name}: {value}\n"));
    let badges = ["/letters/*/badge.svg", "/ko/letters/*/badge.svg"]
        .map(|path| format!("{path}\n  ! {policy}\n  {policy}: cross-origin\n"));
    let pages = format!("/*\n{pages}\n{}", badges.join("\n"));
    let apache = lines(&|name, value| format!("  Header always set {name} \"{value}\"\n"));
    let apache = format!(
        "AddDefaultCharset utf-8\n<IfModule mod_headers.c>\n{apache}  <Files \"{BADGE}\">\n    Header always set {policy} cross-origin\n  </Files>\n</IfModule>\n"
    );
    // A header of a location takes the place of all those around it; a variable does not.
    let nginx = lines(&|name, value| match name == policy {
        true => format!("add_header {name} $undersigned_shown_by always;\n"),
        false => format!("add_header {name} \"{value}\" always;\n"),
    });
    let nginx = format!(
        "# To be included in the server block that serves this folder.\ncharset utf-8;\nset $undersigned_shown_by same-origin;\n\
         if ($uri ~ /badge\\.svg$) {{ set $undersigned_shown_by cross-origin; }}\n{nginx}"
    );
    let made = [
        ("_headers", pages),
        (".htaccess", apache),
        ("headers.nginx.conf", nginx),
        (".nojekyll", String::new()),
    ];
    made.into_iter()
        .map(|(name, content)| Artifact {
            name: name.to_owned(),
            bytes: content.into_bytes(),
        })
        .collect()
}
