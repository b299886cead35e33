# Who signed something else after a loss is not brought back by the record from before it.
founded
on kept
on main
cut example-peace-forum 1
commit cut
amend example-peace-forum 1 Peaceful Forum
commit withdrawn
take kept
on old
commit old
review withdrawn..old
  statement-changed example-peace-forum
audit main
  statement-vanished example-peace-forum in cut
