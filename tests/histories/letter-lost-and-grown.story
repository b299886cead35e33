# A commit changes a letter's title and adds a version: whoever puts the title right keeps the version.
founded
on kept
on main
version 2
edit registry/letters/example-letter/letter.yaml | Everybody | Nobody
commit lost
on dropped
take kept
commit dropped
on main
version 2
commit right
review lost..dropped
  text-changed-after-publication registry/letters/example-letter/letter.yaml
  text-changed-after-publication registry/letters/example-letter/v2/en.txt
review lost..right
audit right
  text-changed-after-publication registry/letters/example-letter/letter.yaml in lost mended by right
