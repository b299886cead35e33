# A statement is cut off, another takes its place, and the old one comes back over it: the other is lost by that.
founded
cut example-peace-forum 1
commit cut
endorse example-peace-forum 1
commit instead
cut example-peace-forum 1
withdraw example-peace-forum 1
commit over
audit main
  statement-vanished example-peace-forum in cut
  statement-changed example-peace-forum in over
review instead..over
  statement-changed example-peace-forum
