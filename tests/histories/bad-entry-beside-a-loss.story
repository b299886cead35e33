# An entry that never held is taken out by a pull request of its own, and not by one that puts something right.
founded
on kept
on main
record example-peace-forum | listings:\n  - letter: example-letter\n    version: 1\n    as:\n      - 'Example Peace Forum'\n | 
commit lost
forge example-peace-forum 1
record example-peace-forum | listings:\n  - letter: example-letter\n    version: 1\n    as:\n      - 'Example Peace Forum'\n | 
commit bad
take kept
commit back
review bad..back
  mixed-pull-request registry/signatories/example-peace-forum.yaml
  ~bad-entry-removed example-peace-forum
audit back
  listing-vanished example-peace-forum in lost mended by back
  signature-does-not-hold example-peace-forum in bad mended by back
  ~bad-entry-removed example-peace-forum in back
