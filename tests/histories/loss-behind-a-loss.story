# On the way to a merge's other side more was lost than its last step shows: each loss is told, the smaller one hides none.
founded
on side
put note.md | a\n
commit aside
on main
cut example-peace-forum 1
commit one
record example-peace-forum | listings:\n  - letter: example-letter\n    version: 1\n    as:\n      - 'Example Peace Forum'\n | 
commit two
on side
take main
put note.md | a\n
commit fox main
audit side
  listing-vanished example-peace-forum in fox
  statement-vanished example-peace-forum in fox
