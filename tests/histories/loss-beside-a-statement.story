# What a commit brings beside a loss and what holds of it stays when the loss is put right, whoever brought it.
founded
on kept
on main
rotate example-peace-forum 1 7
record example-peace-forum | listings:\n  - letter: example-letter\n    version: 1\n    as:\n      - 'Example Peace Forum'\n | 
commit lost
on back
take kept
commit back
on main
on whole
record example-peace-forum | statements: | listings:\n  - letter: example-letter\n    version: 1\n    as:\n      - 'Example Peace Forum'\nstatements:
commit whole
review lost..back
  mixed-pull-request registry/signatories/example-peace-forum.yaml
  statement-vanished example-peace-forum
review lost..whole
audit whole
  listing-vanished example-peace-forum in lost mended by whole
audit back
  listing-vanished example-peace-forum in lost
  statement-vanished example-peace-forum in back
