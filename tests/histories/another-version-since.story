# A version was lost and another lawfully added in its place: the one that was lost does not take that place again.
founded
version 2
commit two
on kept
on main
version 1
remove registry/letters/example-letter/v2/en.txt
commit lost
version 2
edit registry/letters/example-letter/letter.yaml | 2026-01-02 | 2026-03-02
commit another
on back
take kept
commit back
review another..back
  text-changed-after-publication registry/letters/example-letter/letter.yaml
audit back
  text-changed-after-publication registry/letters/example-letter/letter.yaml in lost
  text-changed-after-publication registry/letters/example-letter/v2/en.txt in lost
  text-changed-after-publication registry/letters/example-letter/letter.yaml in back
