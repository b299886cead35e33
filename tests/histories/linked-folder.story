# The folder of the records becomes a link to another; a submodule lies in the place of the registry.
founded
on kept
on main
remove registry/signatories/example-water-club.yaml
remove registry/signatories/example-peace-forum.yaml
remove registry/signatories/example-hill-forum.yaml
remove registry/signatories/forum.yaml
put registry/signatories | ../elsewhere
mode registry/signatories 120000
commit link
take kept
commit back
clear
put registry | x
mode registry 160000
commit module
audit main
  record-vanished example-hill-forum in link mended by back
  record-vanished example-peace-forum in link mended by back
  record-vanished example-water-club in link mended by back
  record-vanished forum in link mended by back
  not-a-regular-file registry/signatories in link mended by back
  record-vanished example-hill-forum in module
  record-vanished example-peace-forum in module
  record-vanished example-water-club in module
  record-vanished forum in module
  text-changed-after-publication registry/letters/example-letter/letter.yaml in module
  policy-changed-without-threshold registry/registry.yaml in module
  not-a-regular-file registry in module
