# A pull request is about one thing.
founded
on schema
put schemas/signatory.schema.json | {}\n
endorse example-water-club 3
commit with-schema
on main
on workflow
put .github/workflows/check.yaml | a: b\n
desk example-lake-club Example Lake Club
endorse example-lake-club 8
commit with-workflow
on main
on policy
edit registry/registry.yaml | threshold: 1 | threshold: 2
endorse example-water-club 3
commit with-policy
on main
on letter
version 2
endorse example-water-club 3
commit with-letter
on main
on foreign
endorse example-water-club 3
record example-hill-forum | name: 'Example Hill Forum' | name: 'Example Hill Forum'\nwebsite: https://hill.example/
commit with-foreign
on main
on two
endorse example-water-club 3
endorse example-peace-forum 1
commit two-speak
on main
on out
forge example-water-club 3
commit forged
cut example-water-club 2
put other.md | a\n
commit out-and-more
audit main
review base..with-schema
  mixed-pull-request schemas/signatory.schema.json
  ~schema-copy-differs schemas/signatory.schema.json
review base..with-workflow
  mixed-pull-request .github/workflows/check.yaml
review base..with-policy
  mixed-pull-request registry/registry.yaml
  policy-changed-without-threshold registry/registry.yaml
review base..with-letter
  mixed-pull-request registry/letters/example-letter/letter.yaml
review base..with-foreign
  foreign-record-touched example-hill-forum
  mixed-pull-request registry/signatories/example-hill-forum.yaml
review base..two-speak
review forged..out-and-more
  mixed-pull-request other.md
  ~bad-entry-removed example-water-club
