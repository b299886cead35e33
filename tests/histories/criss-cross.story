# Two branches are merged into each other twice; one of the merges drops what the other brought.
founded
on one
desk example-one-club Example One Club
endorse example-one-club 11
commit first
on main
desk example-two-club Example Two Club
endorse example-two-club 12
commit second
mix one
commit left first
on one
commit right second
on main
put note.md | a\n
commit next right
audit main
review left..right
  record-vanished example-two-club
