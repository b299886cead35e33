// The sentences of the scripts in Korean; core.js takes them, once.
undersigned.words({
  // core.js: bytes, statements, keys and signatures.
  base64: "정해진 표기의 base64가 아닌 부분이 있습니다",
  spelling: "진술문이 정해진 표기가 아닙니다",
  character: "진술문에 쓸 수 없거나 이 브라우저가 모르는 문자({0})가 있습니다",
  line: "“키: 값” 꼴이 아닌 줄이 있습니다: “{0}”",
  order: "모르는 줄이거나, 두 번 나오거나, 제자리에 있지 않은 줄이 있습니다: “{0}”",
  takes: "“{0}” 진술문에는 “{1}” 줄이 올 수 없습니다",
  missing: "“{0}” 줄이 없습니다",
  value: "“{0}” 줄의 값이 형식에 맞지 않습니다",
  key: "정해진 표기의 Ed25519 키가 아닙니다",
  weak: "키가 약하거나, 곡선 위의 점이 아니거나, 정해진 인코딩이 아닙니다",
  cheque: "백지수표와 같은 키입니다. 이 키로 한 서명은 어떤 글에나 맞습니다",
  container: "서명이 손상되었거나 정해진 두 형식이 아닙니다",
  purpose: "“undersigned” 용도로 SHA-512를 써서 만든 서명이 아닙니다",
  other: "서명해야 할 키가 아닌 다른 키로 한 서명입니다",
  never: "결코 받아들이지 않는 형태의 서명입니다",
  holds: "서명이 이 글과 이 키에 맞지 않습니다",
  touch: "FIDO 장치가 사용자의 접촉을 확인하지 않은 서명입니다",
  shard: "{0} 파일을 불러올 수 없습니다",
  // check.js: the check of a page.
  insecure: "브라우저는 https 주소, 이 컴퓨터, 디스크에 저장한 페이지에서만 암호 기능을 제공합니다. 이 가운데 한 방법으로 페이지를 여시면 검증할 수 있습니다.",
  old: "이 브라우저는 Ed25519 서명을 검증할 수 없습니다. Chromium 137, Firefox 129, Safari 17 이상에서 검증할 수 있습니다.",
  progress: "{1}곳 중 {0}곳째 검증 중…",
  whole: "검증한 것은 모두 맞습니다.",
  broken: "맞지 않는 것이 있습니다: {0}건",
  empty: "여기에는 서명되었거나 검증할 수 있는 것이 없습니다.",
  done: "검증한 것",
  bad: "맞지 않는 것",
  limits: "이 검증으로 알 수 없는 것",
  texts: "다이제스트와 일치하는 서한의 글: {0}개",
  statements: "내용과 순서가 유효한 진술문: {0}개",
  signatures: "정해진 키로 한 유효한 서명: {0}개",
  attestations: "서명이 맞는 증언: {0}개",
  standings: "서명된 내용과 일치하는 상태 표시: {0}개",
  limit1: "이 검증 스크립트를 믿을 수 있는지: 스크립트도 페이지와 같은 곳에서 왔습니다. “undersigned verify”, OpenSSH, OpenSSL로는 스크립트 없이 검증할 수 있습니다.",
  limit2: "사라진 것이 없는지, 이것이 최신 상태인지: “undersigned audit”으로 이력을 살펴볼 수 있습니다.",
  limit3: "관리자의 키가 누구의 것이며 이름이 무엇인지, 헌장이 정당하게 채택되었는지.",
  limit4: "키로 서명한 내용을 단체가 스스로, 적힌 날짜에 결정했는지.",
  at: "{0}: {1}",
  statement: "진술문 {0}",
  attestation: "증언 {0}",
  back: "앞선 증언을 거두어들입니다",
  overtaken: "유효하지 않음: 같은 사람의 더 새로운 증언이 있습니다",
  retired: "유효하지 않음: 증언한 사람은 현재 헌장에 따라 증언할 수 있는 사람이 아닙니다",
  details: "유효하지 않음: 단체 정보가 지금과 다릅니다",
  otherKey: "유효하지 않음: 현재 키가 아닌 다른 키에 대한 것입니다",
  lost: "유효하지 않음: 잃어버린 적이 있는 키에 대한 것입니다",
  touched: " (보안 키)",
  pin: " (보안 키, PIN 확인)",
  row: "검증 결과: {0}. 여기에 표시된 내용과도 일치합니다.",
  named: "발행인이 이름을 올렸을 뿐, 서명한 것은 없음",
  verified: "확인됨",
  signed: "서명함",
  superseded: "이전 판에 서명함",
  withdrawn: "철회함",
  removed: "삭제됨",
  refused: "거부됨",
  address: "다른 등록부나 다른 단체에 대한 것입니다",
  sequence: "순번이나 앞선 것의 다이제스트가 맞지 않습니다",
  changed: "“amend”로만 바꿀 수 있는 단체 정보가 바뀌었습니다",
  force: "현재 키로 한 것이 아닙니다",
  place: "여기에 있을 수 없는 것입니다",
  signs: "서명이 남거나 모자라거나 제자리에 있지 않습니다",
  letter: "알 수 없는 서한이거나, 다이제스트가 어느 한 판의 글과도 맞지 않습니다",
  attester: "{0}: 해당 헌장에 이 키로 올라 있지 않습니다",
  few: "관리자 {1}명이 서명해야 하는데 {0}명이 서명했습니다",
  sight: "관찰한 내용이 남아 있지 않거나, 표시된 것과 다르거나, 이 키를 가리키지 않습니다",
  standing: "“{0}”에 “{1}”(으)로 표시되어 있으나, 서명된 내용은 “{2}”입니다",
  twice: "같은 키로 {0}도 서명했습니다",
  absent: "증거가 없습니다",
  hidden: "증거에는 있으나 페이지에 없습니다",
  text: "제{0}판의 글({1})이 그 다이제스트와 맞지 않습니다",
  frame: "페이지와 자료가 서로 어긋납니다",
  is: "이 파일은 제{0}판의 글({1})과 한 바이트도 다르지 않습니다.",
  no: "이 파일은 이 서한의 어느 글과도 다릅니다. 메일이나 편집기가 줄바꿈을 바꾸었거나 바이트 순서 표시(BOM)를 붙였을 수도 있습니다. 서명은 정확한 바이트에 대한 것입니다.",
  // check.js: what pages say of the registry’s data, word for word as the templates do; the check compares it.
  wrong: "맞지 않습니다",
  partly: "검증하지 못한 것이 있습니다.",
  open: "검증하지 못한 것",
  claims: "발행인이 이름을 올렸을 뿐이어서 검증할 것이 없는 단체: {0}곳",
  limit5: "페이지의 나머지: 제목, 받는 이, 글의 날짜, 출처, 판 사이에 달라진 점, 그림, 이력, 파일과 명령, 링크가 가리키는 곳. 그리고 보이는 모양: 스타일도 같은 곳에서 왔으며 무엇이든 가리거나 덮을 수 있습니다.",
  letterLimit: "명단의 다른 쪽에 있는 수, 발행인이 뺀 이름, 서한에 적힌 이름, 찾기의 결과: 단체의 페이지에서도 검증할 수 있습니다.",
  signatoryLimit: "아무도 서명하지 않은 것: 서한에 이름이 적힌 곳, 발행인이 뺀 이름, 다른 곳의 주장. 그리고 다이제스트가 서한의 것인지: 서한 페이지에서도 검증하십시오.",
  versionsLimit: "누가 서명했거나 이름이 올랐는지: 서한 페이지에서 검증하십시오.",
  fine: "위에 적힌 내용까지 유효합니다.|제{version}판에 연명합니다.",
  shown: "“{1}”이 보이는 글로 있어야 하는데 “{0}”(으)로 표시되어 있습니다",
  listed: "이름만 오름",
  verifiedMeans: "단체의 것으로 확인된 키로 서명하여 이 글에 연명했습니다",
  signedMeans: "이 글에 연명했으나, 서명한 키가 단체의 것인지는 확인되지 않았습니다",
  listedMeans: "발행인이 이름을 올렸을 뿐, 단체가 여기에 서명한 것은 없습니다",
  supersededMeans: "이 글이 아니라 이전 판에 연명했습니다",
  withdrawnMeans: "서한의 모든 판에서 연명을 철회했습니다",
  removedMeans: "관리자들이 사유를 밝히고 삭제했습니다",
  statementLines: "진술문 {number}: {named}|날짜(주장) {date}|키의 지문 {fingerprint}{device}|서명한 관리자 {signers}|결정 주체(단체의 주장) {authority}|밝힌 사유 {reason}|다이제스트 {digest}",
  attestationLines: "증언 {number}: {named}|날짜(주장) {date}|증언한 사람 {who} ({by}), {how}|효력 {does}|근거 {confirmed}|다이제스트 {digest}",
  detailLines: "국가 {nation}|웹사이트 {website}|도메인 {domain} (단체의 주장)",
  nobody: "아직 서명하거나 이름이 오른 단체가 없습니다.",
  stands: "{0}: {1}",
  standsIn: "{0} (제{2}판): {1}",
  inVersion: "제{0}판",
  namedAs: "서한에는 {0}(으)로 적혀 있습니다",
  endorsed: "연명한 글: {0}",
  observeBond: "도메인 {domain}에 키가 게시된 것을 {who}이(가) {date}에 {how} 확인함",
  vouchBond: "관리자 {who}이(가) {date}에 {how} 확인하고 보증함",
  replaced: "서명에 쓴 키는 그 뒤 다른 키로 바뀜",
  recovered: "{date}에 관리자 {signers}이(가) 잃어버린 키를 새 키로 바꿈: {reason}",
  removedItem: "{date}에 관리자 {signers}이(가) 삭제함. 밝힌 사유: {reason}",
  withdrawnItem: "밝힌 사유: {reason}",
  domainLeaves: "도메인 {domain}에 철회한다고 적혀 있습니다({who}이(가) {date}에 봄). 그러나 상태는 단체의 키로만 바뀝니다",
  byStatement: "아래 진술문 {number}에 따름",
  phone: "전화로",
  "in-person": "직접 만나",
  letterhead: "공문으로",
  video: "화상 통화로",
  "prior-contact": "이전부터 아는 연락처로",
  https: "HTTPS로",
  dns: "DNS에서",
  retracted: "거두어들임",
  endorse: "연명",
  withdraw: "철회",
  amend: "단체 정보 변경",
  rotate: "키 변경",
  recover: "잃은 키의 교체",
  remove: "삭제",
  vouch: "관리자의 보증",
  observe: "도메인 관찰",
  plain: "",
  counts: "유효합니다",
  // core.js: every country, as in countries.tsv.
  countries:
    "AD 안도라|AE 아랍에미리트|AF 아프가니스탄|AG 앤티가 바부다|AI 앵귈라|AL 알바니아|AM 아르메니아|AO 앙골라|" +
    "AQ 남극 대륙|AR 아르헨티나|AS 아메리칸 사모아|AT 오스트리아|AU 오스트레일리아|AW 아루바|AX 올란드 제도|AZ 아제르바이잔|" +
    "BA 보스니아 헤르체고비나|BB 바베이도스|BD 방글라데시|BE 벨기에|BF 부르키나파소|BG 불가리아|BH 바레인|BI 부룬디|" +
    "BJ 베냉|BL 생바르텔레미|BM 버뮤다|BN 브루나이|BO 볼리비아|BQ 네덜란드령 카리브|BR 브라질|BS 바하마|" +
    "BT 부탄|BV 부베섬|BW 보츠와나|BY 벨라루스|BZ 벨리즈|CA 캐나다|CC 코코스 제도|CD 콩고-킨샤사|" +
    "CF 중앙 아프리카 공화국|CG 콩고-브라자빌|CH 스위스|CI 코트디부아르|CK 쿡 제도|CL 칠레|CM 카메룬|CN 중국|" +
    "CO 콜롬비아|CR 코스타리카|CU 쿠바|CV 카보베르데|CW 퀴라소|CX 크리스마스섬|CY 키프로스|CZ 체코|" +
    "DE 독일|DJ 지부티|DK 덴마크|DM 도미니카|DO 도미니카 공화국|DZ 알제리|EC 에콰도르|EE 에스토니아|" +
    "EG 이집트|EH 서사하라|ER 에리트리아|ES 스페인|ET 에티오피아|FI 핀란드|FJ 피지|FK 포클랜드 제도|" +
    "FM 미크로네시아|FO 페로 제도|FR 프랑스|GA 가봉|GB 영국|GD 그레나다|GE 조지아|GF 프랑스령 기아나|" +
    "GG 건지|GH 가나|GI 지브롤터|GL 그린란드|GM 감비아|GN 기니|GP 과들루프|GQ 적도 기니|" +
    "GR 그리스|GS 사우스조지아 사우스샌드위치 제도|GT 과테말라|GU 괌|GW 기니비사우|GY 가이아나|HK 홍콩(중국 특별행정구)|HM 허드 맥도널드 제도|" +
    "HN 온두라스|HR 크로아티아|HT 아이티|HU 헝가리|ID 인도네시아|IE 아일랜드|IL 이스라엘|IM 맨섬|" +
    "IN 인도|IO 영국령 인도양 지역|IQ 이라크|IR 이란|IS 아이슬란드|IT 이탈리아|JE 저지|JM 자메이카|" +
    "JO 요르단|JP 일본|KE 케냐|KG 키르기스스탄|KH 캄보디아|KI 키리바시|KM 코모로|KN 세인트키츠 네비스|" +
    "KP 북한|KR 대한민국|KW 쿠웨이트|KY 케이맨 제도|KZ 카자흐스탄|LA 라오스|LB 레바논|LC 세인트루시아|" +
    "LI 리히텐슈타인|LK 스리랑카|LR 라이베리아|LS 레소토|LT 리투아니아|LU 룩셈부르크|LV 라트비아|LY 리비아|" +
    "MA 모로코|MC 모나코|MD 몰도바|ME 몬테네그로|MF 생마르탱|MG 마다가스카르|MH 마셜 제도|MK 북마케도니아|" +
    "ML 말리|MM 미얀마|MN 몽골|MO 마카오(중국 특별행정구)|MP 북마리아나제도|MQ 마르티니크|MR 모리타니|MS 몬트세라트|" +
    "MT 몰타|MU 모리셔스|MV 몰디브|MW 말라위|MX 멕시코|MY 말레이시아|MZ 모잠비크|NA 나미비아|" +
    "NC 뉴칼레도니아|NE 니제르|NF 노퍽섬|NG 나이지리아|NI 니카라과|NL 네덜란드|NO 노르웨이|NP 네팔|" +
    "NR 나우루|NU 니우에|NZ 뉴질랜드|OM 오만|PA 파나마|PE 페루|PF 프랑스령 폴리네시아|PG 파푸아뉴기니|" +
    "PH 필리핀|PK 파키스탄|PL 폴란드|PM 생피에르 미클롱|PN 핏케언 제도|PR 푸에르토리코|PS 팔레스타인 지구|PT 포르투갈|" +
    "PW 팔라우|PY 파라과이|QA 카타르|RE 레위니옹|RO 루마니아|RS 세르비아|RU 러시아|RW 르완다|" +
    "SA 사우디아라비아|SB 솔로몬 제도|SC 세이셸|SD 수단|SE 스웨덴|SG 싱가포르|SH 세인트헬레나|SI 슬로베니아|" +
    "SJ 스발바르제도-얀마웬섬|SK 슬로바키아|SL 시에라리온|SM 산마리노|SN 세네갈|SO 소말리아|SR 수리남|SS 남수단|" +
    "ST 상투메 프린시페|SV 엘살바도르|SX 신트마르턴|SY 시리아|SZ 에스와티니|TC 터크스 케이커스 제도|TD 차드|TF 프랑스령 남방 지역|" +
    "TG 토고|TH 태국|TJ 타지키스탄|TK 토켈라우|TL 동티모르|TM 투르크메니스탄|TN 튀니지|TO 통가|" +
    "TR 튀르키예|TT 트리니다드 토바고|TV 투발루|TW 대만|TZ 탄자니아|UA 우크라이나|UG 우간다|UM 미국령 해외 제도|" +
    "US 미국|UY 우루과이|UZ 우즈베키스탄|VA 바티칸 시국|VC 세인트빈센트그레나딘|VE 베네수엘라|VG 영국령 버진아일랜드|VI 미국령 버진아일랜드|" +
    "VN 베트남|VU 바누아투|WF 왈리스-푸투나 제도|WS 사모아|YE 예멘|YT 마요트|ZA 남아프리카|ZM 잠비아|" +
    "ZW 짐바브웨",
  // search.js: the search in a list.
  loading: "명단을 불러오는 중입니다 …",
  unloaded: "명단을 불러올 수 없습니다: {0}",
  none: "찾는 단체가 없습니다.",
  one: "단체 1곳을 찾았습니다.",
  count: "단체 {0}곳을 찾았습니다.",
  first: "단체 {0}곳을 찾았습니다. 처음 {1}곳을 표시합니다.",
  more: "더 보기",
});
