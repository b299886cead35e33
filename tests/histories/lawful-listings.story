# What maintainers may do with listings: a retraction, a spelling, an accreditation, a detail that nobody signed.
founded
edit registry/signatories/forum.yaml | - 'Forum'\n | - 'Forum'\n    retracted: 'named by mistake'\n
commit retraction
edit registry/signatories/example-hill-forum.yaml | - 'Example Hill Forum'\n | - 'Example Hill Forum'\n      - 'Hill Forum'\n
commit spelling
edit registry/signatories/example-hill-forum.yaml | listings: | accreditations:\n  - body: 'Example Council'\n    status: 'consultative'\n    source: 'a list'\nlistings:
commit accreditation
edit registry/signatories/example-hill-forum.yaml | name: 'Example Hill Forum'\n | # as on its site\nname: 'Example Hill Forum'\nwebsite: https://hill.example/\n
commit details
audit main
  ~listing-not-bounded example-hill-forum in spelling
review base..retraction
review retraction..spelling
  ~listing-not-bounded example-hill-forum
review spelling..accreditation
review accreditation..details
