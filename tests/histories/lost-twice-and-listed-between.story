# Who is lost twice and was listed again in between is put right by the record as it was.
founded
on kept
on main
remove registry/signatories/example-peace-forum.yaml
commit lost
lists example-peace-forum Example Peace Forum
commit listed
remove registry/signatories/example-peace-forum.yaml
commit again
lists example-peace-forum Example Peace Forum
commit relisted
take kept
commit whole
review relisted..whole
audit whole
  record-vanished example-peace-forum in lost mended by whole
  record-vanished example-peace-forum in again mended by whole
