// The sentences of the scripts in English; core.js takes them, once.
undersigned.words({
  // core.js: bytes, statements, keys and signatures.
  base64: "something is not base64 in its one spelling",
  spelling: "the statement is not in its one spelling",
  character: "the statement holds {0}, which may not stand in it or is unknown to this browser",
  line: "a line is not “key: value”: “{0}”",
  order: "the line “{0}” is unknown, stands twice or in the wrong place",
  takes: "“{0}” takes no line “{1}”",
  missing: "the line “{0}” is missing",
  value: "the value of “{0}” is not of its form",
  key: "the key is not an Ed25519 key in its one spelling",
  weak: "the key is weak, no point of the curve or not in its canonical encoding",
  cheque: "the key is a blank cheque: signatures by it hold over any text",
  container: "the signature is damaged, or in neither of the two forms",
  purpose: "the signature was made for another purpose than “undersigned” with SHA-512",
  other: "the signature is by another key than the one that must sign",
  never: "the signature is of a form that is never accepted",
  holds: "the signature does not hold over this text by this key",
  touch: "the FIDO device did not record that anybody touched it",
  shard: "the file {0} could not be loaded",
  // check.js: the check of a page.
  insecure: "Browsers offer their cryptography only over https, on this computer, or in a page saved to disk: open this page in one of these ways to check it.",
  old: "This browser cannot check Ed25519 signatures. Chromium from 137, Firefox from 129 and Safari from 17 can.",
  progress: "Checking {0} of {1} …",
  whole: "All that was checked holds.",
  broken: "NOT everything holds: {0}",
  empty: "There is nothing here that was signed or could be checked.",
  done: "What was checked",
  bad: "What does not hold",
  limits: "What this check cannot show",
  texts: "Texts of the letter with exactly the bytes of their digests: {0}",
  statements: "Statements that hold in their places: {0}",
  signatures: "Signatures that hold by the keys that must sign: {0}",
  attestations: "Attestations that hold: {0}",
  standings: "Standings shown that follow from what was signed: {0}",
  limit1: "Whether this check is honest: its scripts came from the same place as the page. “undersigned verify”, OpenSSH and OpenSSL check without them.",
  limit2: "Whether anything disappeared, and whether this is the newest state: “undersigned audit” looks through the history.",
  limit3: "Whose the maintainers’ keys are, what they are called, and whether their charters were adopted lawfully.",
  limit4: "Whether an organization itself decided what its key signed, on the day that it claims.",
  at: "{0}: {1}",
  statement: "statement {0}",
  attestation: "attestation {0}",
  back: "it takes an earlier one back",
  overtaken: "does not count: its attester has said something newer",
  retired: "does not count: its attester may not attest by the charter in force",
  details: "does not count: the organization gives other details now",
  otherKey: "does not count: it is about another key than the one in force",
  lost: "does not count: it is about a key that was lost once",
  touched: " (security key, touched)",
  pin: " (security key, with PIN)",
  row: "Checked: {0}, and all that stands here.",
  named: "named by the publisher; signed nothing",
  verified: "Verified",
  signed: "Signed",
  superseded: "Superseded",
  withdrawn: "Withdrawn",
  removed: "Removed",
  refused: "Refused",
  address: "it is for another registry or another signatory",
  sequence: "its number or the digest of the one before it is not right",
  changed: "it changes details that only “amend” may change",
  force: "its key is not the one in force",
  place: "it does not belong here",
  signs: "a signature is missing, in the wrong place or one too many",
  letter: "its letter is unknown, or its digests are not the texts of one version",
  attester: "{0}: in no charter that counts here with this key",
  few: "maintainers who signed: {0}; who must: {1}",
  sight: "what was seen is not kept, is not what is shown, or does not name this key",
  standing: "“{0}” is shown as “{1}”, but what was signed comes to “{2}”",
  twice: "its key signs for {0} too",
  absent: "there is no evidence",
  hidden: "it stands in the evidence and not on the page",
  text: "the text of version {0} ({1}) has not its digest",
  frame: "the page and its data contradict each other",
  is: "This file is the text of version {0} ({1}), byte for byte.",
  no: "This file is not a text of this letter. Mail and editors may have changed its line ends, or have put a byte order mark before it; signatures are over exact bytes.",
  // check.js: what pages say of the registry’s data, word for word as the templates do; the check compares it.
  wrong: "Does not hold",
  partly: "Not everything could be checked.",
  open: "What could not be checked",
  claims: "Organizations that only the publisher names, so that there is nothing to check: {0}",
  limit5: "What else stands on the page: titles, addressees, dates of texts, sources, changes between versions, pictures, history, files and commands, where links lead; and how it looks, since its style comes from the same place and can hide or cover anything.",
  letterLimit: "Counts of other pages of this list, listings that were taken back, how the letter names an organization, and what a search finds: the pages of the organizations can be checked.",
  signatoryLimit: "What nobody signed: where the letter names the organization, listings that were taken back, accreditations. And that the digests are those of the letter: check its own page too.",
  versionsLimit: "Who signed, and whom it names: check its own page.",
  fine: "Holds, with what stands above it.|It endorses version {version}.",
  shown: "“{0}” is shown, but what follows is “{1}”, as text and in full view",
  listed: "Listed",
  verifiedMeans: "endorsed this text with a key known to be theirs",
  signedMeans: "endorsed this text with a key that is not known to be theirs",
  listedMeans: "named by the publisher; signed nothing here",
  supersededMeans: "endorsed an earlier version of the text, not this one",
  withdrawnMeans: "withdrew from the letter, in all its versions",
  removedMeans: "removed by the maintainers, with a reason",
  statementLines: "Statement {number}: {named}|Claimed date {date}|Key fingerprint {fingerprint}{device}|Signed by the maintainers {signers}|Who decided (claimed) {authority}|Reason given {reason}|Digest {digest}",
  attestationLines: "Attestation {number}: {named}|Claimed date {date}|Attested by {who} ({by}), {how}|What it does {does}|Evidence {confirmed}|Digest {digest}",
  detailLines: "Country {nation}|Website {website}|Domain {domain} (as claimed)",
  nobody: "Nobody yet.",
  stands: "{0}: {1}",
  standsIn: "{0} (version {2}): {1}",
  inVersion: "in version {0}",
  namedAs: "named in the letter as {0}",
  endorsed: "texts endorsed: {0}",
  observeBond: "its key was seen on its domain {domain}, {how}, by {who} on {date}",
  vouchBond: "vouched for {how} by {who} on {date}",
  replaced: "by a key since replaced",
  recovered: "recovered on {date} by maintainers {signers}: {reason}",
  removedItem: "removed on {date} by maintainers {signers}; reason given: {reason}",
  withdrawnItem: "reason given: {reason}",
  domainLeaves: "its domain {domain} says that it withdraws (seen by {who} on {date}); only its key can change the standing",
  byStatement: "by statement {number} below",
  phone: "by telephone",
  "in-person": "in person",
  letterhead: "by letter",
  video: "in a video call",
  "prior-contact": "through a contact known before",
  https: "over HTTPS",
  dns: "in the DNS",
  retracted: "taken back",
  endorse: "endorsement",
  withdraw: "withdrawal",
  amend: "change of details",
  rotate: "change of key",
  recover: "replacement of a lost key",
  remove: "removal",
  vouch: "a maintainer vouches",
  observe: "observation of the domain",
  plain: "",
  counts: "it counts",
  // core.js: every country, as in countries.tsv.
  countries:
    "AD Andorra|AE United Arab Emirates|AF Afghanistan|AG Antigua & Barbuda|AI Anguilla|AL Albania|AM Armenia|AO Angola|" +
    "AQ Antarctica|AR Argentina|AS American Samoa|AT Austria|AU Australia|AW Aruba|AX Åland Islands|AZ Azerbaijan|" +
    "BA Bosnia & Herzegovina|BB Barbados|BD Bangladesh|BE Belgium|BF Burkina Faso|BG Bulgaria|BH Bahrain|BI Burundi|" +
    "BJ Benin|BL St. Barthélemy|BM Bermuda|BN Brunei|BO Bolivia|BQ Caribbean Netherlands|BR Brazil|BS Bahamas|" +
    "BT Bhutan|BV Bouvet Island|BW Botswana|BY Belarus|BZ Belize|CA Canada|CC Cocos (Keeling) Islands|CD Congo - Kinshasa|" +
    "CF Central African Republic|CG Congo - Brazzaville|CH Switzerland|CI Côte d’Ivoire|CK Cook Islands|CL Chile|CM Cameroon|CN China|" +
    "CO Colombia|CR Costa Rica|CU Cuba|CV Cape Verde|CW Curaçao|CX Christmas Island|CY Cyprus|CZ Czechia|" +
    "DE Germany|DJ Djibouti|DK Denmark|DM Dominica|DO Dominican Republic|DZ Algeria|EC Ecuador|EE Estonia|" +
    "EG Egypt|EH Western Sahara|ER Eritrea|ES Spain|ET Ethiopia|FI Finland|FJ Fiji|FK Falkland Islands|" +
    "FM Micronesia|FO Faroe Islands|FR France|GA Gabon|GB United Kingdom|GD Grenada|GE Georgia|GF French Guiana|" +
    "GG Guernsey|GH Ghana|GI Gibraltar|GL Greenland|GM Gambia|GN Guinea|GP Guadeloupe|GQ Equatorial Guinea|" +
    "GR Greece|GS South Georgia & South Sandwich Islands|GT Guatemala|GU Guam|GW Guinea-Bissau|GY Guyana|HK Hong Kong SAR China|HM Heard & McDonald Islands|" +
    "HN Honduras|HR Croatia|HT Haiti|HU Hungary|ID Indonesia|IE Ireland|IL Israel|IM Isle of Man|" +
    "IN India|IO British Indian Ocean Territory|IQ Iraq|IR Iran|IS Iceland|IT Italy|JE Jersey|JM Jamaica|" +
    "JO Jordan|JP Japan|KE Kenya|KG Kyrgyzstan|KH Cambodia|KI Kiribati|KM Comoros|KN St. Kitts & Nevis|" +
    "KP North Korea|KR South Korea|KW Kuwait|KY Cayman Islands|KZ Kazakhstan|LA Laos|LB Lebanon|LC St. Lucia|" +
    "LI Liechtenstein|LK Sri Lanka|LR Liberia|LS Lesotho|LT Lithuania|LU Luxembourg|LV Latvia|LY Libya|" +
    "MA Morocco|MC Monaco|MD Moldova|ME Montenegro|MF St. Martin|MG Madagascar|MH Marshall Islands|MK North Macedonia|" +
    "ML Mali|MM Myanmar (Burma)|MN Mongolia|MO Macao SAR China|MP Northern Mariana Islands|MQ Martinique|MR Mauritania|MS Montserrat|" +
    "MT Malta|MU Mauritius|MV Maldives|MW Malawi|MX Mexico|MY Malaysia|MZ Mozambique|NA Namibia|" +
    "NC New Caledonia|NE Niger|NF Norfolk Island|NG Nigeria|NI Nicaragua|NL Netherlands|NO Norway|NP Nepal|" +
    "NR Nauru|NU Niue|NZ New Zealand|OM Oman|PA Panama|PE Peru|PF French Polynesia|PG Papua New Guinea|" +
    "PH Philippines|PK Pakistan|PL Poland|PM St. Pierre & Miquelon|PN Pitcairn Islands|PR Puerto Rico|PS Palestinian Territories|PT Portugal|" +
    "PW Palau|PY Paraguay|QA Qatar|RE Réunion|RO Romania|RS Serbia|RU Russia|RW Rwanda|" +
    "SA Saudi Arabia|SB Solomon Islands|SC Seychelles|SD Sudan|SE Sweden|SG Singapore|SH St. Helena|SI Slovenia|" +
    "SJ Svalbard & Jan Mayen|SK Slovakia|SL Sierra Leone|SM San Marino|SN Senegal|SO Somalia|SR Suriname|SS South Sudan|" +
    "ST São Tomé & Príncipe|SV El Salvador|SX Sint Maarten|SY Syria|SZ Eswatini|TC Turks & Caicos Islands|TD Chad|TF French Southern Territories|" +
    "TG Togo|TH Thailand|TJ Tajikistan|TK Tokelau|TL Timor-Leste|TM Turkmenistan|TN Tunisia|TO Tonga|" +
    "TR Türkiye|TT Trinidad & Tobago|TV Tuvalu|TW Taiwan|TZ Tanzania|UA Ukraine|UG Uganda|UM U.S. Outlying Islands|" +
    "US United States|UY Uruguay|UZ Uzbekistan|VA Vatican City|VC St. Vincent & Grenadines|VE Venezuela|VG British Virgin Islands|VI U.S. Virgin Islands|" +
    "VN Vietnam|VU Vanuatu|WF Wallis & Futuna|WS Samoa|YE Yemen|YT Mayotte|ZA South Africa|ZM Zambia|" +
    "ZW Zimbabwe",
  // search.js: the search in a list.
  loading: "Loading the list …",
  unloaded: "The list could not be loaded: {0}",
  none: "No organization found.",
  one: "1 organization found.",
  count: "{0} organizations found.",
  first: "{0} organizations found; the first {1} are shown.",
  more: "Show more",
});
