# A record can no longer be read, and then says something else: it is compared with what could be read last.
founded
put registry/signatories/example-water-club.yaml | a: [
commit broken
put registry/signatories/example-water-club.yaml | b: [
commit worse
cut example-water-club 1
commit less
rotate example-water-club 2 3
commit whole
audit main
  record-vanished example-water-club in broken mended by whole
  yaml-not-plain example-water-club in broken mended by less
  record-vanished example-water-club in worse mended by whole
  statement-vanished example-water-club in less mended by whole
review base..broken
  record-vanished example-water-club
  yaml-not-plain example-water-club
review broken..less
  statement-vanished example-water-club
  ~record-vanished example-water-club
review broken..whole
  ~record-vanished example-water-club
  ~statement-vanished example-water-club
