# Two branches are merged into each other, and the pull request takes back what each of them did: so would a merge of it.
founded
on plain
on one
record forum | name: 'Forum' | name: 'Forum'\ncountry: 'NO'
commit detail
on main
put .github/workflows/verify.yml | verify\n
commit workflow
record forum | name: 'Forum' | name: 'Forum'\ncountry: 'NO'
commit joined detail
on one
take plain
commit reverted workflow
review joined..reverted
  mixed-pull-request .github/workflows/verify.yml
