# The registry goes, as a whole, and comes back; once as a file of its name.
founded
on kept
on main
clear
put README.md | nothing\n
commit gone
take kept
commit back
clear
put registry | a file\n
commit file
take kept
commit again
audit main
  record-vanished example-hill-forum in gone mended by back
  record-vanished example-peace-forum in gone mended by back
  record-vanished example-water-club in gone mended by back
  record-vanished forum in gone mended by back
  text-changed-after-publication registry/letters/example-letter/letter.yaml in gone mended by back
  policy-changed-without-threshold registry/registry.yaml in gone mended by back
  record-vanished example-hill-forum in file mended by again
  record-vanished example-peace-forum in file mended by again
  record-vanished example-water-club in file mended by again
  record-vanished forum in file mended by again
  text-changed-after-publication registry/letters/example-letter/letter.yaml in file mended by again
  policy-changed-without-threshold registry/registry.yaml in file mended by again
  path-not-allowed registry in file mended by again
review base..gone
  mixed-pull-request README.md
  policy-changed-without-threshold registry/registry.yaml
  record-vanished example-hill-forum
  record-vanished example-peace-forum
  record-vanished example-water-club
  record-vanished forum
  text-changed-after-publication registry/letters/example-letter/letter.yaml
review base..file
  mixed-pull-request README.md
  path-not-allowed registry
  policy-changed-without-threshold registry/registry.yaml
  record-vanished example-hill-forum
  record-vanished example-peace-forum
  record-vanished example-water-club
  record-vanished forum
  text-changed-after-publication registry/letters/example-letter/letter.yaml
