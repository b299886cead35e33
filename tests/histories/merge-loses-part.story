# A merge loses a statement of the branch; what brings it back loses a listing of main by that, and mends nothing.
founded
on side
endorse example-water-club 3
commit aside
on main
record example-water-club | statements: | accreditations:\n  - body: 'Example Council'\n    status: 'consultative'\n    source: 'a list'\nlistings:\n  - letter: example-letter\n    version: 1\n    as:\n      - 'Example Water Club'\nstatements:
commit ahead
commit merge aside
endorse example-water-club 3
commit statement
record example-water-club | statements: | listings:\n  - letter: example-letter\n    version: 1\n    as:\n      - 'Example Water Club'\nstatements:
commit both
audit main
  listing-not-in-text example-water-club in ahead mended by statement
  statement-vanished example-water-club in merge mended by both
  listing-vanished example-water-club in statement mended by both
  listing-not-in-text example-water-club in both
