# A branch that main was merged into becomes main, and what main brought is not in it.
founded
on side
put note.md | a\n
commit aside
on main
desk example-new-club Example New Club
endorse example-new-club 6
endorse example-peace-forum 1
commit ahead
on side
put note.md | b\n
commit merge ahead
audit side
  record-vanished example-new-club in merge
  statement-vanished example-peace-forum in merge
audit side since ahead
  record-vanished example-new-club in -
  statement-vanished example-peace-forum in -
  record-vanished example-new-club in merge
  statement-vanished example-peace-forum in merge
review ahead..merge
  mixed-pull-request note.md
  record-vanished example-new-club
  statement-vanished example-peace-forum
