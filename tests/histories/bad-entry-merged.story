# A bad entry comes in by a branch: the merge brought it, and it may be taken out.
founded
on side
forge example-water-club 3
commit aside
on main
put note.md | a\n
commit ahead
take side
put note.md | a\n
commit merge aside
cut example-water-club 2
commit out
audit main
  signature-does-not-hold example-water-club in merge mended by out
  ~bad-entry-removed example-water-club in out
review ahead..aside
  signature-does-not-hold example-water-club
review merge..out
  ~bad-entry-removed example-water-club
