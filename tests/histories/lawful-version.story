# A version is added after the last.
founded
version 2
commit second
version 3
commit third
audit main
review base..second
review second..third
review base..third
