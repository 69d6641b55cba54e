// Codes of the access logs as the city reads them; a code that is not here is printed as it is.

const ACTIONS: Readonly<Record<string, string>> = {
  resolve: '氏名等の表示・取出し',
  search: '検索',
  print: '印刷',
  export: 'ファイルの作成・持出し',
  disclose: '照会への回答',
  correct: '訂正',
  restrict: '照会制限',
  erase: '消去',
};

const PURPOSES: Readonly<Record<string, string>> = {
  // who asked
  person: '本人',
  proxy: '代理人',
  application: '申込受付',
  booking: '申込受付',
  change: '変更・取消',
  correction: '申込内容の訂正',
  'duplicate-check': '重複の確認',
  household: '同居の方の確認',
  inquiry: '問い合わせ対応',
  'inquiry-restriction': '照会制限',
  'notice-draft': '受講通知書の作成',
  'notice-proof': '受講通知書の確認',
  'notice-print': '受講通知書の印刷',
  'notices-docx': '受講通知書の印刷',
  'notices-pdf': '受講通知書の印刷',
  'addresses-pdf': '受講通知書の宛名の印刷',
  'roster-print': '予約者リスト',
  'record-handover': '重要な記録の引渡し',
  'erase-person': '本人の消去',
  'erase-term': '期の消去',
};

/** `氏名等の表示・取出し／申込受付` */
export function accessText(action: string, purpose: string): string {
  return `${ACTIONS[action] ?? action}／${PURPOSES[purpose] ?? purpose}`;
}
