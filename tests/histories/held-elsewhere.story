# What held once is not taken out as what never held, whatever else was broken by then.
founded
on kept
on main
remove registry/letters/example-letter/letter.yaml
remove registry/letters/example-letter/v1/en.txt
commit broken
cut example-water-club 1
commit taken
review broken..taken
  statement-vanished example-water-club
