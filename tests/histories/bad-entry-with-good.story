# With a bad entry at the end a good one before it is taken out too: that is a loss.
founded
forge example-water-club 3
commit bad
cut example-water-club 1
commit out
audit main
  signature-does-not-hold example-water-club in bad mended by out
  statement-vanished example-water-club in out
review bad..out
  statement-vanished example-water-club
