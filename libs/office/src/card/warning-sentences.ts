import type { CardWarningCode } from './card-warning.js';

const FIELDS: Readonly<Record<string, string>> = {
  familyName: '姓',
  givenName: '名',
  postalCode: '郵便番号',
  prefecture: '都道府県',
  city: '市区町村',
  ward: '区',
  town: '町域',
  chome: '丁目',
  blockLot: '番地・号',
  building: '建物名',
  roomNumber: '部屋番号',
  careOf: '方書',
  courseTitle: '講座名',
  dates: '日時',
  venueName: '会場',
  venueAddress: '会場住所',
  venueAccess: '会場案内',
  bringAlong: '持ち物',
  receptionOpensAt: '受付開始時刻',
  receiptNumber: '受付番号',
  reception: '連絡先',
  afterClosing: '閉設後連絡先',
};

/** For the desk. It names the field and the code point, never what was typed. */
export function warningSentence(code: CardWarningCode, field = '', codePoint = ''): string {
  const name = FIELDS[field] ?? '差出人など';
  switch (code) {
    case 'missingGlyph':
      return `${name}の文字 ${codePoint} は、どの書体にもありません。印刷すると抜け落ちます。`;
    case 'missingVariant':
      return `${name}の文字 ${codePoint} の字形（異体字）が書体にありません。別の字形で印刷するわけにいきません。`;
    case 'overflow':
      return `${name}が長すぎて、はがきに収まりません。`;
    case 'oddCharacter':
      return `${name}に印刷できない制御文字が含まれています。印刷では取り除かれます。`;
    case 'incompleteAddress':
      return `${name}が入力されていません。`;
    case 'missingPostalCode':
      return '郵便番号がありません（郵便番号調査中）。';
    case 'unknownPostalCode':
      return '郵便番号が見つかりません。存在しないか、廃止されたか、大口事業所の番号です。バーコードは印刷しません。';
    case 'postalCodeElsewhere':
      return '郵便番号と住所の町域が合いません。バーコードは印刷しません。';
    case 'tellingTitle':
      return '講座名が、はがきを見た人に本人の事情を伝えます。市の中立な講座名か、目隠しシールを使ってください。';
    case 'duplicateAddressee':
      return '同じ氏名・住所のはがきが、この束にもう1枚あります。';
    case 'barcodeUnreadable':
      return 'カスタマバーコードを読み戻せません。';
  }
}
