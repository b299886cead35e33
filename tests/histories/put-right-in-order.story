# What was added lawfully after a loss keeps its order when that is put right.
founded
version 3
commit versions
on full
on main
record forum | \n      - 'Forum'\n | \n      - 'Example Peace Forum, Example Hill Forum; Forum'\n      - 'Forum'\n
commit more
record forum | \n      - 'Forum'\n | \n
commit lost
record forum | Hill Forum; Forum'\n | Hill Forum; Forum'\n  - letter: example-letter\n    version: 2\n    as:\n      - 'Forum'\n
commit two
record forum | version: 2\n    as:\n      - 'Forum'\n | version: 2\n    as:\n      - 'Forum'\n  - letter: example-letter\n    version: 3\n    as:\n      - 'Forum'\n
commit since
on swapped
record forum | Hill Forum; Forum'\n | Hill Forum; Forum'\n      - 'Forum'\n
record forum | version: 2 | version: 9
record forum | version: 3 | version: 2
record forum | version: 9 | version: 3
commit swapped
on main
record forum | Hill Forum; Forum'\n | Hill Forum; Forum'\n      - 'Forum'\n
commit right
review since..right
review since..swapped
  listing-changed forum
audit right
  listing-vanished forum in lost mended by right
