# The first maintainers enter the charter by a plain commit, which is a warning; without a signature nobody changes it again.
founded
edit registry/registry.yaml | maintainers: []\n | maintainers:\n  - id: example-keeper\n    name: 'Example Keeper'\n    key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBERERERERERERERERERERERERERERERERERERERERER\n
commit keepers
edit registry/registry.yaml | threshold: 1 | threshold: 2
commit policy
edit registry/registry.yaml | threshold: 2 | threshold: 1
commit restored
audit main
  ~policy-changed-without-threshold registry/registry.yaml in keepers
  policy-changed-without-threshold registry/registry.yaml in policy mended by restored
  charter-inconsistent registry/registry.yaml in policy mended by restored
review base..keepers
  ~policy-changed-without-threshold registry/registry.yaml
review keepers..policy
  charter-inconsistent registry/registry.yaml
  policy-changed-without-threshold registry/registry.yaml
