# Two organizations sign with one key: each is refused, until one of the records goes.
founded
desk example-fire-club Example Fire Club
endorse example-fire-club 3
commit reused
remove registry/signatories/example-fire-club.yaml
commit gone
audit main
  key-reused example-fire-club in reused mended by gone
  key-reused example-water-club in reused mended by gone
  record-vanished example-fire-club in gone
review base..reused
  key-reused example-fire-club
  key-reused example-water-club
