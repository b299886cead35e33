# After a loss others add lawfully and lose that too: what comes back is all that is owed, or it mends nothing.
founded
cut example-peace-forum 1
commit cut
record example-peace-forum | - 'Example Peace Forum' | - 'Example Peace Forum'\n      - 'Peace Forum'
commit spelling
record example-peace-forum | \n      - 'Peace Forum' | 
commit less
withdraw example-peace-forum 1
commit back
record example-peace-forum | - 'Example Peace Forum' | - 'Example Peace Forum'\n      - 'Peace Forum'
commit whole
edit registry/letters/example-letter/letter.yaml | Everybody | Nobody
commit addressee
version 2
edit registry/letters/example-letter/letter.yaml | Everybody | Nobody
commit second
version 1
remove registry/letters/example-letter/v2/en.txt
commit first
version 2
commit both
audit main
  statement-vanished example-peace-forum in cut mended by whole
  ~listing-not-bounded example-peace-forum in spelling mended by less
  listing-vanished example-peace-forum in less mended by whole
  ~listing-not-bounded example-peace-forum in whole
  text-changed-after-publication registry/letters/example-letter/letter.yaml in addressee mended by both
  text-changed-after-publication registry/letters/example-letter/letter.yaml in first mended by both
  text-changed-after-publication registry/letters/example-letter/v2/en.txt in first mended by both
