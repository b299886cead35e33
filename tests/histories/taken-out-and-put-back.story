# What held once and comes back beside a charter of another name did not begin there: it may not be taken out.
founded
cut example-water-club 1
commit cut
take main
rotate example-water-club 2 3
edit registry/registry.yaml | origin: letters.example/peace | origin: letters.example/war
commit back
cut example-water-club 1
commit again
edit registry/registry.yaml | origin: letters.example/war | origin: letters.example/peace
commit quiet
audit main
  statement-vanished example-water-club in cut mended by back
  policy-changed-without-threshold registry/registry.yaml in back mended by quiet
  statement-for-other-registry example-water-club in back
  statement-vanished example-water-club in again
review back..again
  statement-vanished example-water-club
