# A statement that was bad only because of the one before it, and held later, is not taken out.
founded
desk example-moor-club Example Moor Club
endorse example-moor-club 8
endorse example-moor-club 8
edit registry/signatories/example-moor-club.yaml | previous: none\n      date: 2026-11-23 | previous: none\n      date: 2026-11-22
commit wrong
edit registry/signatories/example-moor-club.yaml | previous: none\n      date: 2026-11-22 | previous: none\n      date: 2026-11-23
commit right
cut example-moor-club 1
commit out
audit main
  signature-does-not-hold example-moor-club in wrong mended by right
  statement-out-of-sequence example-moor-club in wrong mended by right
  statement-changed example-moor-club in right
  statement-vanished example-moor-club in out
review right..out
  statement-vanished example-moor-club
