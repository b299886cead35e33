# A record that stood on main alone is dropped on the line of a second parent, so that no first parent ever had it.
founded
on side
put note.md | a\n
commit aside
on main
desk example-new-club Example New Club
endorse example-new-club 6
commit ahead
remove registry/signatories/example-new-club.yaml
commit drop
on side
commit merge drop
audit side
  record-vanished example-new-club in merge
