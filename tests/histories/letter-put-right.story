# A version that was added after a letter's loss keeps its relation and date when the loss is put right.
founded
on kept
on main
edit registry/letters/example-letter/letter.yaml | Everybody | Nobody
commit lost
version 2
edit registry/letters/example-letter/letter.yaml | Everybody | Nobody
commit since
on turned
version 2
edit registry/letters/example-letter/letter.yaml | relation: substantive | relation: erratum
commit turned
on main
version 2
commit right
review since..right
review since..turned
  text-changed-after-publication registry/letters/example-letter/letter.yaml
audit right
  text-changed-after-publication registry/letters/example-letter/letter.yaml in lost mended by right
