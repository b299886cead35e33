# Two branches add a record each and are merged; then three at once.
founded
on one
desk example-one-club Example One Club
endorse example-one-club 11
commit first
on main
desk example-two-club Example Two Club
endorse example-two-club 12
commit second
mix one
commit both first
on three
desk example-three-club Example Three Club
endorse example-three-club 13
commit third
on main
on four
desk example-four-club Example Four Club
endorse example-four-club 14
commit fourth
on main
mix three
mix four
commit all third fourth
audit main
review base..first
review second..first
review both..third
review both..all
