# A pull request loosens the schema and adds a record that needs it.
founded
put schemas/signatory.schema.json | {}\n
lists example-lake-forum Example Hill Forum
record example-lake-forum | name: | email: 'someone@lake.example'\nname:
commit loose
audit main
  schema-violation example-lake-forum in loose
  ~schema-copy-differs schemas/signatory.schema.json in loose
review base..loose
  mixed-pull-request schemas/signatory.schema.json
  schema-violation example-lake-forum
  ~schema-copy-differs schemas/signatory.schema.json
