# Where pull requests are opened is part of the charter: it enters neither without a signature nor with the first maintainers.
founded
on both
edit registry/registry.yaml | maintainers: []\n | repository:\n  url: https://github.com/example/letters\n  forge: github\n  branch: main\nmaintainers:\n  - id: example-keeper\n    name: 'Example Keeper'\n    key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBERERERERERERERERERERERERERERERERERERERERER\n
commit together
on main
edit registry/registry.yaml | maintainers: []\n | maintainers:\n  - id: example-keeper\n    name: 'Example Keeper'\n    key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBERERERERERERERERERERERERERERERERERERERERER\n
commit keepers
edit registry/registry.yaml | maintainers:\n | repository:\n  url: https://github.com/example/letters\n  forge: github\n  branch: main\nmaintainers:\n
commit unsigned
audit main
  ~policy-changed-without-threshold registry/registry.yaml in keepers
  policy-changed-without-threshold registry/registry.yaml in unsigned
audit both
  policy-changed-without-threshold registry/registry.yaml in together
review base..together
  policy-changed-without-threshold registry/registry.yaml
review keepers..unsigned
  policy-changed-without-threshold registry/registry.yaml
