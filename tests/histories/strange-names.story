# Names with line breaks and controls, folders of great depth, a submodule: outside the registry they are nobody's business, inside they are told.
founded
deep 3000
commit deep
put a\nb | x
commit names
put registry/signatories/a\nb.yaml | x
commit inside
audit main
  path-not-allowed registry/signatories/a\nb.yaml in inside
review base..deep
