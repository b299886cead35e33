# A pull request from an older commit is judged on what its base has become: the key was changed there meanwhile.
founded
on main
on side
endorse example-peace-forum 1
commit aside
on main
on lake
desk example-lake-club Example Lake Club
endorse example-lake-club 8
commit lake
on main
rotate example-peace-forum 1 4
commit rotated
put registry/signatories/note | x
remove registry/signatories/note
desk example-fire-club Example Lake Club
endorse example-fire-club 8
commit fire
audit main
review rotated..aside
  no answer: `registry/signatories/example-peace-forum.yaml` was changed on both sides, so that what a merge gives cannot be judged
review fire..lake
  key-reused example-fire-club
  key-reused example-lake-club
  ~look-alike-name example-fire-club
  ~look-alike-name example-lake-club
review rotated..lake
