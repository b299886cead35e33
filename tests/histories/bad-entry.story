# A statement that another key signed is brought, and taken out: named, and no loss. So is a record that has nothing else.
founded
forge example-water-club 3
commit bad
cut example-water-club 2
commit out
desk example-false-club Example False Club
forge example-false-club 7
commit false
remove registry/signatories/example-false-club.yaml
commit gone
audit main
  signature-does-not-hold example-water-club in bad mended by out
  ~bad-entry-removed example-water-club in out
  signature-does-not-hold example-false-club in false mended by gone
  ~bad-entry-removed example-false-club in gone
review base..bad
  signature-does-not-hold example-water-club
review bad..out
  ~bad-entry-removed example-water-club
review base..out
  ~signature-does-not-hold example-water-club
review out..false
  signature-does-not-hold example-false-club
review false..gone
  ~bad-entry-removed example-false-club
