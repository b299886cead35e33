# A merge that puts one thing of a record right drops another that its other side brought: that is told.
founded
on kept
on main
cut example-peace-forum 1
commit lost
on right
take kept
commit right
on main
on side
cut example-peace-forum 0
endorse example-peace-forum 1
rotate example-water-club 3 8
commit aside
on right
commit merged aside
review lost..merged
  statement-vanished example-water-club
