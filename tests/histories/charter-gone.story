# The charter goes and comes back.
founded
on kept
on main
remove registry/registry.yaml
commit gone
take kept
commit back
edit registry/registry.yaml | letters.example/peace | letters.example/war
commit moved
take kept
commit home
put registry/charters/1.yaml | origin: x\n
commit old
remove registry/charters/1.yaml
commit forgotten
edit registry/registry.yaml | title: | # a\ntitle:
commit other
audit main
  policy-changed-without-threshold registry/registry.yaml in gone mended by back
  policy-changed-without-threshold registry/registry.yaml in moved mended by home
  schema-violation registry/charters/1.yaml in old mended by forgotten
  charter-inconsistent registry/charters/1.yaml in old mended by forgotten
  policy-changed-without-threshold registry/charters/1.yaml in forgotten
  policy-changed-without-threshold registry/registry.yaml in other
