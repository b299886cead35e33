//! How long the search of a site takes in chromium, which chromedriver runs: `cargo bench --bench search -- PAGE QUERY…`
//! prints the median and the longest of nine answers to each query, in milliseconds. PAGE is a letter's `index.html`.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::string_slice,
    clippy::unwrap_used,
    dead_code,
    missing_docs
)]

#[path = "../tests/chromium.rs"]
mod chromium;
#[path = "../tests/ground.rs"]
mod ground;
#[path = "../tests/pen.rs"]
mod pen;
#[cfg(test)]
mod streams;

use chromium::Browser;
use std::path::Path;

/// Answers to one query: the field is emptied, then filled, and the time taken until the count has changed and loads no more.
const ASK: &str = "
    const [field, count] = [document.querySelector('[name=q]'), document.querySelector('.search-count')];
    const turn = () => new Promise((done) => { const channel = new MessageChannel(); channel.port1.onmessage = done; channel.port2.postMessage(0); });
    const type = async (value) => {
      const before = count.textContent;
      const begin = performance.now();
      field.value = value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      while (count.textContent === before || count.textContent.endsWith('…')) await turn();
      return performance.now() - begin;
    };
    return (async () => {
      const times = [];
      for (let run = 0; run < 9; run += 1) {
        times.push(await type(QUERY));
        await type('');
      }
      times.sort((one, other) => one - other);
      return [times[4], times[8]];
    })();";

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|one| one != "--bench")
        .collect();
    let [page, queries @ ..] = arguments.as_slice() else {
        // `cargo test --benches` gives no arguments.
        return;
    };
    let browser = Browser::start();
    browser.open(&Path::new(page).canonicalize().unwrap());
    browser.wait("!document.querySelector('[data-search]').hidden");
    // All of the index is loaded with the first.
    browser.type_in("[name=q]", "a");
    browser.wait("document.querySelector('.results').children.length > 0");
    browser.ask("const field = document.querySelector('[name=q]'); field.value = ''; field.dispatchEvent(new Event('input', { bubbles: true })); return 0;");
    for query in queries {
        let quoted = serde_json::to_string(query).unwrap();
        let times = browser.ask(&ASK.replace("QUERY", &quoted));
        println!(
            "{query}: median {:.1} ms, longest {:.1} ms",
            times[0].as_f64().unwrap(),
            times[1].as_f64().unwrap()
        );
    }
}
