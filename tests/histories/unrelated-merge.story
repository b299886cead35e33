# A history with nothing in common is merged in: what it brings is judged, and what is lost of either is told.
founded
on kept
on main
orphan other
clear
put README.md | other\n
commit root
put registry/registry.yaml | origin: letters.example/war\ntitle: 'War'\nmaintainers: []\nobservers: []\npolicy:\n  version: 1\n  threshold: 1\n  observations: 1\n  vouches: 1\nstatements: []\n
desk example-war-club Example War Club
endorse example-war-club 31
commit theirs
on main
commit ours theirs
on taken
take other
commit swapped theirs
audit ours
  policy-changed-without-threshold registry/registry.yaml in ours
audit swapped
  policy-changed-without-threshold registry/registry.yaml in ours
  record-vanished example-hill-forum in swapped
  record-vanished example-peace-forum in swapped
  record-vanished example-water-club in swapped
  record-vanished forum in swapped
  text-changed-after-publication registry/letters/example-letter/letter.yaml in swapped
  policy-changed-without-threshold registry/registry.yaml in swapped
  statement-for-other-registry example-war-club in swapped
  letter-unknown example-war-club in swapped
review base..theirs
  foreign-record-touched example-hill-forum
  foreign-record-touched example-peace-forum
  foreign-record-touched example-water-club
  foreign-record-touched forum
  history-rewritten registry
  letter-unknown example-war-club
  mixed-pull-request README.md
  policy-changed-without-threshold registry/registry.yaml
  record-vanished example-hill-forum
  record-vanished example-peace-forum
  record-vanished example-water-club
  record-vanished forum
  statement-for-other-registry example-war-club
  text-changed-after-publication registry/letters/example-letter/letter.yaml
