# A pull request gives back what the history of its base lost: a record, a statement, a letter's words, the charter.
founded
on kept
on main
remove registry/signatories/example-peace-forum.yaml
edit registry/letters/example-letter/letter.yaml | Everybody | Nobody
edit registry/registry.yaml | title: | # a\ntitle:
commit bad
on right
take kept
commit right
on main
on part
take kept
edit registry/letters/example-letter/letter.yaml | Everybody | Nobody
commit part
on main
on more
take kept
desk example-new-club 5 New Club
endorse example-new-club 5
commit more
on main
on other
take kept
edit registry/letters/example-letter/letter.yaml | Everybody | No
commit other
review bad..right
review bad..part
review bad..more
  mixed-pull-request registry/letters/example-letter/letter.yaml
review bad..other
  mixed-pull-request registry/registry.yaml
  text-changed-after-publication registry/letters/example-letter/letter.yaml
audit main
  record-vanished example-peace-forum in bad
  text-changed-after-publication registry/letters/example-letter/letter.yaml in bad
  policy-changed-without-threshold registry/registry.yaml in bad
