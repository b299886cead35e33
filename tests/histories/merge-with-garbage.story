# A branch edits a statement; the merge that takes it in keeps the one that stood there, and loses nothing.
founded
on side
garble example-water-club 1
commit aside
on main
put note.md | a\n
commit ahead
commit merge aside
audit main
audit side
  statement-changed example-water-club in aside
  signature-does-not-hold example-water-club in aside
review ahead..aside
  signature-does-not-hold example-water-club
  statement-changed example-water-club
review ahead..merge
