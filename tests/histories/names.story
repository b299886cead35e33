# A stranger's first statement on a listed record, and a listing hung on an organization that speaks for itself under another name.
founded
on stranger
desk example-hill-forum Example Stranger Forum
endorse example-hill-forum 41
record example-hill-forum | statements: | listings:\n  - letter: example-letter\n    version: 1\n    as:\n      - 'Example Hill Forum'\nstatements:
commit stranger-signs
on main
record example-water-club | statements: | listings:\n  - letter: example-letter\n    version: 1\n    as:\n      - 'Forum'\nstatements:
commit hung
audit main
  record-disagrees-with-statement example-water-club in hung
  ~record-disagrees-with-statement example-water-club in hung
review base..stranger-signs
  record-disagrees-with-statement example-hill-forum
  ~record-disagrees-with-statement example-hill-forum
