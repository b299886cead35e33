# A translation is added to a version that is there.
founded
translate
commit translation
audit main
review base..translation
