# A private key lies in a letter's folder, where no file of its name has a place, and in a text.
founded
put registry/letters/example-letter/key.pem | -----BEGIN {PRIVATE} KEY-----\nMC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f\n-----END PRIVATE KEY-----\n
commit key
audit main
  path-not-allowed registry/letters/example-letter/key.pem in key
  private-key-in-repository registry/letters/example-letter/key.pem in key
review base..key
  path-not-allowed registry/letters/example-letter/key.pem
  private-key-in-repository registry/letters/example-letter/key.pem
