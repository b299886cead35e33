# A branch that began between a loss and its mending is merged after it: what it only inherited it does not bring back.
founded
on kept
on main
edit registry/letters/example-letter/letter.yaml | Everybody | Nobody
commit lost
on side
put side.md | a\n
commit aside
on main
take kept
commit right
put side.md | a\n
commit merged aside
review right..aside
audit merged
  text-changed-after-publication registry/letters/example-letter/letter.yaml in lost mended by right
