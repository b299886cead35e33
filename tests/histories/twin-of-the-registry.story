# A folder beside the registry whose name differs by case alone.
founded
put Registry/signatories/forum.yaml | x
commit twin
audit main
  path-collision Registry in twin
review base..twin
  path-collision Registry
