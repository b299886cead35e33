# Who is gone and signs anew is not put back as it was before: what it signed since would be lost.
founded
on kept
on main
remove registry/signatories/forum.yaml
commit lost
desk forum Forum
endorse forum 8
commit anew
on back
take kept
commit back
review lost..anew
review anew..back
  mixed-pull-request registry/signatories/forum.yaml
  statement-vanished forum
audit back
  record-vanished forum in lost
  statement-vanished forum in back
