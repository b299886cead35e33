# What nobody may do with a listing: lose it or a spelling, give it another version, edit or drop a retraction.
founded
edit registry/signatories/forum.yaml | - 'Forum'\n | - 'Forum'\n    retracted: 'named by mistake'\n
edit registry/signatories/example-hill-forum.yaml | - 'Example Hill Forum'\n | - 'Example Hill Forum'\n      - 'Hill Forum'\n
commit before
edit registry/signatories/forum.yaml | named by mistake | never named
commit another-reason
edit registry/signatories/forum.yaml |     retracted: 'never named'\n | 
commit no-reason
edit registry/signatories/example-hill-forum.yaml |       - 'Hill Forum'\n | 
commit spelling-gone
edit registry/signatories/example-hill-forum.yaml | version: 1 | version: 2
commit other-version
audit main
  ~listing-not-bounded example-hill-forum in before mended by spelling-gone
  listing-changed forum in another-reason
  listing-changed forum in no-reason
  listing-vanished example-hill-forum in spelling-gone
  listing-vanished example-hill-forum in other-version
  version-unknown example-hill-forum in other-version
review before..another-reason
  listing-changed forum
review spelling-gone..other-version
  listing-vanished example-hill-forum
  version-unknown example-hill-forum
