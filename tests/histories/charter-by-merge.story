# A branch changes the policy; one merge takes it, another drops it, a third writes a new one.
founded
on side
edit registry/registry.yaml | threshold: 1 | threshold: 2
commit aside
on main
put note.md | a\n
commit ahead
on dropped
commit drops aside
on main
on taken
take side
put note.md | a\n
commit takes aside
on main
on other
edit registry/registry.yaml | threshold: 1 | threshold: 3
commit writes aside
audit dropped
  policy-changed-without-threshold registry/registry.yaml in drops
audit taken
  policy-changed-without-threshold registry/registry.yaml in takes
audit other
  policy-changed-without-threshold registry/registry.yaml in writes
