# A branch from before a loss comes in after it: what main lost is not told of the merge once more.
founded
on old
put old.md | a\n
commit earlier
on main
remove registry/signatories/forum.yaml
commit lost
on old
take main
put old.md | a\n
commit updated lost
on main
put old.md | a\n
commit merged updated
audit main
  record-vanished forum in lost
