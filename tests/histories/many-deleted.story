# A pull request deletes all records at once: each is named.
founded
remove registry/signatories/example-water-club.yaml
remove registry/signatories/example-peace-forum.yaml
remove registry/signatories/example-hill-forum.yaml
remove registry/signatories/forum.yaml
commit empty
audit main
  record-vanished example-hill-forum in empty
  record-vanished example-peace-forum in empty
  record-vanished example-water-club in empty
  record-vanished forum in empty
review base..empty
  record-vanished example-hill-forum
  record-vanished example-peace-forum
  record-vanished example-water-club
  record-vanished forum
