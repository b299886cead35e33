# A private key, with a name that no UTF-8 reader knows, in a folder beside the registry.
founded
put keys/key.pem | -----BEGIN {PRIVATE} KEY-----\nMC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f\n-----END PRIVATE KEY-----\n
commit key
remove keys/key.pem
commit gone
audit main
  private-key-in-repository keys/key.pem in key mended by gone
review base..key
  private-key-in-repository keys/key.pem
review base..gone
  ~private-key-in-repository keys/key.pem
