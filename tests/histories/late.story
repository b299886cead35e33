# A statement claims a day after that of its commit: a warning, which no later commit takes back.
founded
day 2026-11-20
endorse example-peace-forum 1
commit early
day 2026-11-30
withdraw example-peace-forum 1
commit late
audit main
  ~dated-after-commit example-peace-forum in early
review base..early
  ~dated-after-commit example-peace-forum
review early..late
