# A merge takes the files of its first parent alone: what the branch brought is lost in it, and comes back later.
founded
on side
desk example-new-club Example New Club
endorse example-new-club 6
commit aside
on main
put note.md | a\n
commit ahead
commit merge aside
put registry/signatories/none | x
remove registry/signatories/none
desk example-new-club Example New Club
endorse example-new-club 6
commit there
audit main
  record-vanished example-new-club in merge mended by there
review ahead..merge
  record-vanished example-new-club
