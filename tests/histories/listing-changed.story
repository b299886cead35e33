# A retraction that was made stays as it is; it is neither edited nor taken back.
founded
record forum | - 'Forum'\n | - 'Forum'\n    retracted: 'named by mistake'\n
commit retracted
record forum | named by mistake | for another reason
commit edited
record forum |     retracted: 'for another reason'\n | 
commit taken-back
record forum | - 'Forum'\n | - 'Forum'\n    retracted: 'named by mistake'\n
commit again
audit main
  listing-changed forum in edited mended by again
  listing-changed forum in taken-back mended by again
review base..retracted
review retracted..edited
  listing-changed forum
review edited..taken-back
  listing-changed forum
