//! What a host is to send with every page: files that common hosts read.

use crate::compile::artifact::Artifact;

/// The policy of every page, as `<meta>` can give it too.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'none'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types undersigned";

/// Each header of every page with its value.
pub fn headers() -> [(&'static str, String); 6] {
    [
        // Only a header can say who may show the page inside another.
        (
            "Content-Security-Policy",
            format!("{POLICY}; frame-ancestors 'none'"),
        ),
        ("Cross-Origin-Opener-Policy", "same-origin".to_owned()),
        ("Cross-Origin-Resource-Policy", "same-origin".to_owned()),
        (
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=()".to_owned(),
        ),
        ("Referrer-Policy", "no-referrer".to_owned()),
        ("X-Content-Type-Options", "nosniff".to_owned()),
    ]
}

/// The badge alone is made to be shown on pages of others.
const BADGE: (&str, &str) = ("Cross-Origin-Resource-Policy", "cross-origin");

/// Files for Netlify and Cloudflare Pages, for Apache, and for nginx; and one that keeps GitHub from leaving files out.
pub fn files() -> Vec<Artifact> {
    let lines = |line: &dyn Fn(&str, &str) -> String| -> String {
        headers()
            .iter()
            .map(|(name, value)| line(name, value))
            .collect()
    };
    let (badge, open) = BADGE;
    let pages = lines(&|name, value| format!("  {name}: {value}\n"));
    let pages = format!("/*\n{pages}\n/letters/*/badge.svg\n  ! {badge}\n  {badge}: {open}\n");
    let apache = lines(&|name, value| format!("  Header always set {name} \"{value}\"\n"));
    let apache = format!(
        "AddDefaultCharset utf-8\n<IfModule mod_headers.c>\n{apache}  <Files \"badge.svg\">\n    Header always set {badge} {open}\n  </Files>\n</IfModule>\n"
    );
    let nginx = lines(&|name, value| format!("add_header {name} \"{value}\" always;\n"));
    let nginx = format!(
        "# To be included in the server block that serves this folder.\ncharset utf-8;\n{nginx}"
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
