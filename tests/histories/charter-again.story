# The charter goes, and another comes in a commit of its own; it is compared with the last that was there.
founded
remove registry/registry.yaml
commit gone
put registry/registry.yaml | origin: letters.example/peace\ntitle: 'Example letters'\nmaintainers: []\nobservers: []\npolicy:\n  version: 1\n  threshold: 7\n  observations: 1\n  vouches: 1\nstatements: []\n
commit another
edit registry/registry.yaml | threshold: 7 | threshold: 1
commit first
put registry/registry.yaml | a: [
commit broken
put registry/registry.yaml | origin: letters.example/peace\ntitle: 'Example letters'\nmaintainers: []\nobservers: []\npolicy:\n  version: 1\n  threshold: 1\n  observations: 1\n  vouches: 1\nstatements: []\n
commit whole
audit main
  policy-changed-without-threshold registry/registry.yaml in gone mended by first
  policy-changed-without-threshold registry/registry.yaml in another mended by first
  policy-changed-without-threshold registry/registry.yaml in broken mended by whole
  yaml-not-plain registry/registry.yaml in broken mended by whole
review gone..another
  policy-changed-without-threshold registry/registry.yaml
review broken..whole
