# What enters beside an error is owed once the error is gone: it is not lost by whoever puts something else right.
founded
on kept
on main
record example-peace-forum | listings:\n  - letter: example-letter\n    version: 1\n    as:\n      - 'Example Peace Forum'\n | 
commit lost
rotate example-peace-forum 1 7
record example-peace-forum | listings:\n  - letter: example-letter\n    version: 1\n    as:\n      - 'Example Peace Forum'\n | oops: 1\n
commit bad
record example-peace-forum | oops: 1\n | 
commit good
take kept
commit back
review bad..good
review good..back
  mixed-pull-request registry/signatories/example-peace-forum.yaml
  statement-vanished example-peace-forum
audit back
  listing-vanished example-peace-forum in lost
  schema-violation example-peace-forum in bad mended by good
  statement-vanished example-peace-forum in back
