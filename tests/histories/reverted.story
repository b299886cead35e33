# What a commit broke a later one puts back: both are named.
founded
cut example-peace-forum 1
commit bad
withdraw example-peace-forum 1
commit back
remove registry/signatories/forum.yaml
commit gone
put note.md | a\n
commit between
lists forum Forum
commit there
edit registry/letters/example-letter/v1/en.txt | peace | war
commit war
edit registry/letters/example-letter/v1/en.txt | war | peace
commit peace
audit main
  statement-vanished example-peace-forum in bad mended by back
  record-vanished forum in gone mended by there
  text-changed-after-publication registry/letters/example-letter/v1/en.txt in war mended by peace
  text-digest-mismatch registry/letters/example-letter/letter.yaml in war mended by peace
review base..peace
  ~record-vanished forum
  ~statement-vanished example-peace-forum
  ~text-changed-after-publication registry/letters/example-letter/v1/en.txt
  ~text-digest-mismatch registry/letters/example-letter/letter.yaml
