# Commits without a registry, and empty ones, before it is founded; nothing is mixed by that.
put README.md | a\n
commit one
commit two
put registry/registry.yaml | origin: letters.example/peace\ntitle: 'Example letters'\nmaintainers: []\nobservers: []\npolicy:\n  version: 1\n  threshold: 1\n  observations: 1\n  vouches: 1\nstatements: []\n
reprint
lists example-peace-forum Example Peace Forum
put .github/workflows/check.yaml | a: b\n
commit founded
audit main
review one..founded
review nothing..founded
review nothing..one
