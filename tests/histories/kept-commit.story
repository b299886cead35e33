# A history is replaced: whoever kept a commit sees it, and what is gone.
founded
on old
endorse example-peace-forum 1
desk example-new-club Example New Club
endorse example-new-club 6
commit kept
on main
put note.md | a\n
commit other
orphan new
commit root
audit main since kept
  history-rewritten registry in -
  record-vanished example-new-club in -
  statement-vanished example-peace-forum in -
audit main since base
audit main since other
audit root since kept
  history-rewritten registry in -
  record-vanished example-new-club in -
  statement-vanished example-peace-forum in -
review kept..root
  history-rewritten registry
  mixed-pull-request note.md
  record-vanished example-new-club
  statement-vanished example-peace-forum
review base..root
  history-rewritten registry
