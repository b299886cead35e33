# A merge that loses something comes in by another merge, whose other side is itself a side of that.
founded
on early
put early.md | a\n
commit early
on main
desk example-new-club Example New Club
endorse example-new-club 6
commit joined
on early
on other
put other.md | a\n
commit other joined
on early
put more.md | a\n
commit side other
audit joined
audit side
  record-vanished example-new-club in side
