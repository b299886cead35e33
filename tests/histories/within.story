# What a pull request breaks and mends again is a warning, since its commits can be merged one by one.
founded
on side
cut example-peace-forum 1
commit cut
withdraw example-peace-forum 1
commit back
on main
put note.md | a\n
commit ahead
on side
put note.md | a\n
commit merge ahead
put other.md | a\n
commit last
audit side
  statement-vanished example-peace-forum in cut mended by back
review base..back
  ~statement-vanished example-peace-forum
review ahead..last
  ~statement-vanished example-peace-forum
