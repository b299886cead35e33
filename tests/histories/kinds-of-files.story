# A record that comes as a link or as a program is told of, though nothing is read from it.
founded
on one
lists example-late-club Forum
mode registry/signatories/example-late-club.yaml 100755
commit program
on two
mode registry/signatories/example-late-club.yaml 120000
commit link
on three
remove registry/signatories/example-late-club.yaml
commit gone
review base..program
  not-a-regular-file registry/signatories/example-late-club.yaml
review base..link
  not-a-regular-file registry/signatories/example-late-club.yaml
  ~not-a-regular-file registry/signatories/example-late-club.yaml
audit three
  not-a-regular-file registry/signatories/example-late-club.yaml in program mended by link
  not-a-regular-file registry/signatories/example-late-club.yaml in link mended by gone
