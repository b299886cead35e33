# A commit loses one thing and brings a statement that holds; the next deletes all: the statement stays owed.
founded
on kept
on main
rotate example-peace-forum 1 7
record example-peace-forum | listings:\n  - letter: example-letter\n    version: 1\n    as:\n      - 'Example Peace Forum'\n | 
commit lost
remove registry/signatories/example-peace-forum.yaml
commit deleted
on back
take kept
commit back
on main
take kept
rotate example-peace-forum 1 7
commit whole
review deleted..back
  mixed-pull-request registry/signatories/example-peace-forum.yaml
review deleted..whole
audit back
  listing-vanished example-peace-forum in lost
  record-vanished example-peace-forum in deleted
audit whole
  listing-vanished example-peace-forum in lost mended by whole
  record-vanished example-peace-forum in deleted mended by whole
