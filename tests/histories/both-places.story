# A record lies flat and in its shard, with other statements; then the better one goes.
founded
copy registry/signatories/example-water-club.yaml registry/signatories/ex/example-water-club.yaml
commit both
cut example-water-club 1
commit flat
remove registry/signatories/ex/example-water-club.yaml
commit one
audit main
  duplicate-id example-water-club in both mended by one
  statement-vanished example-water-club in flat
review base..both
  duplicate-id example-water-club
review both..one
  statement-vanished example-water-club
