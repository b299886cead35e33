# A listing that was added and then retracted after a loss is owed in its last form, and a statement with it is put back.
founded
version 2
commit two
on kept
on main
cut example-peace-forum 1
commit lost
record example-peace-forum | \n      - 'Example Peace Forum'\n | \n      - 'Example Peace Forum'\n  - letter: example-letter\n    version: 2\n    as:\n      - 'Example Peace Forum'\n
commit listed
record example-peace-forum | version: 2\n    as:\n      - 'Example Peace Forum'\n | version: 2\n    as:\n      - 'Example Peace Forum'\n    retracted: 'by mistake'\n
commit retracted
on right
take kept
record example-peace-forum | \n      - 'Example Peace Forum'\n | \n      - 'Example Peace Forum'\n  - letter: example-letter\n    version: 2\n    as:\n      - 'Example Peace Forum'\n    retracted: 'by mistake'\n
commit right
on main
on half
take kept
record example-peace-forum | \n      - 'Example Peace Forum'\n | \n      - 'Example Peace Forum'\n  - letter: example-letter\n    version: 2\n    as:\n      - 'Example Peace Forum'\n
commit half
review retracted..right
review retracted..half
  listing-changed example-peace-forum
  mixed-pull-request registry/signatories/example-peace-forum.yaml
audit right
  statement-vanished example-peace-forum in lost mended by right
