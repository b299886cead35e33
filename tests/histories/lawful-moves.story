# Records move between flat and shard, alone and with a comment, and back.
founded
move registry/signatories/example-water-club.yaml registry/signatories/ex/example-water-club.yaml
commit away
move registry/signatories/ex/example-water-club.yaml registry/signatories/example-water-club.yaml
record example-water-club | name: | # by hand\nname:
commit back
audit main
review base..away
review away..back
review base..back
