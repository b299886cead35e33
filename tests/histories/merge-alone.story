# A pull request that is one merge, and loses what its second parent has.
founded
on side
desk example-new-club Example New Club
endorse example-new-club 6
commit aside
on main
put note.md | a\n
commit merge aside
review base..merge
  record-vanished example-new-club
