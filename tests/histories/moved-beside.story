# A statement comes alone: the record that it enters does not move with it. What is reserved is of no other class.
founded
move registry/signatories/example-water-club.yaml registry/signatories/ex/example-water-club.yaml
endorse example-water-club 3
commit both
put registry/ledger/note | x
put note.md | a\n
commit reserved
audit main
review base..both
  mixed-pull-request registry/signatories/ex/example-water-club.yaml
review both..reserved
  mixed-pull-request note.md
