# Branches that lag behind are merged: what main has meanwhile is kept, and what it took out lawfully is no loss.
founded
forge example-water-club 3
commit bad
on side
put note.md | a\n
commit aside
on main
cut example-water-club 2
commit out
rotate example-peace-forum 1 4
version 2
commit ahead
mix side
commit merge aside
audit main
  signature-does-not-hold example-water-club in bad mended by out
  ~bad-entry-removed example-water-club in out
review ahead..aside
review ahead..merge
