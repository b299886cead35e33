# A letter can no longer be read, and then has another text: it is compared with what could be read last.
founded
on kept
on main
put registry/letters/example-letter/letter.yaml | a: [
commit broken
reprint
commit other
take kept
commit whole
audit main
  text-changed-after-publication registry/letters/example-letter/letter.yaml in broken mended by whole
  yaml-not-plain registry/letters/example-letter/letter.yaml in broken mended by other
  text-changed-after-publication registry/letters/example-letter/letter.yaml in other mended by whole
  text-changed-after-publication registry/letters/example-letter/v1/en.txt in other mended by whole
review base..broken
  text-changed-after-publication registry/letters/example-letter/letter.yaml
  yaml-not-plain registry/letters/example-letter/letter.yaml
review broken..other
  text-changed-after-publication registry/letters/example-letter/letter.yaml
  text-changed-after-publication registry/letters/example-letter/v1/en.txt
