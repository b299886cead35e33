# What organizations may say: an endorsement again, a rotation, an amendment, a first statement on a listed record.
founded
endorse example-peace-forum 1
commit again
rotate example-peace-forum 1 4
commit rotation
amend example-water-club 3 Example Water Union
commit amendment
endorse example-hill-forum 5
commit first
withdraw example-hill-forum 5
commit withdrawal
desk example-new-club Example New Club
endorse example-new-club 6
commit newcomer
audit main
review base..again
review again..rotation
review rotation..amendment
review amendment..first
review first..withdrawal
review withdrawal..newcomer
review base..newcomer
