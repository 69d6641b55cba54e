import type { TemplateRemark } from '../card/notice-template.js';

/** By code, which is stable: what the desk reads. `$` is the subject. */
const SENTENCES = {
  empty: 'ファイルが空です。',
  'file-too-large': 'ファイルが大きすぎます（上限 $）。画像を小さくしてください。',
  'old-or-encrypted':
    '古い形式（.doc）か、パスワード付きのファイルです。パスワードなしの .docx で保存し直してください。',
  'not-a-zip': 'Word の .docx ファイルではありません。',
  'not-a-docx': 'Word の文書（.docx）ではありません。ほかの形式のファイルの名前を変えていませんか。',
  'zip-broken': 'ファイルが壊れています。Word で開いて保存し直してください。',
  'zip-too-many-files': 'ファイルの中の部品が多すぎます。この様式は受け付けられません。',
  'zip-too-large': '展開すると大きくなりすぎるファイルです。この様式は受け付けられません。',
  'xml-broken': '文書の中身（$）が読めません。Word で開いて保存し直してください。',
  macros: 'マクロが含まれています。マクロなしの .docx で保存してください。',
  'external-link': '外部へのリンク（$）が含まれています。リンクを解除してください。',
  'embedded-object': '埋め込まれたファイルやオブジェクト（$）が含まれています。取り除いてください。',
  'word-field': 'Word のフィールド（$）は使えません。差し込みは {{氏名}} のように書いてください。',
  'tracked-changes': '変更履歴が残っています。すべて承諾してから保存してください。',
  comments: 'コメントが残っています。削除してから保存してください。',
  footnotes: '脚注は使えません。本文に書いてください。',
  'several-sections': 'セクションが $ 個あります。はがき1枚、1セクションにしてください。',
  'page-size': '用紙の大きさが $ です。はがき（100 × 148 mm、縦）にしてください。',
  'broken-placeholder': '差し込みの書き方が途中で切れています（$）。{{氏名}} のように書いてください。',
  'wide-brace': '差し込みのかっこが全角です（$）。半角の {{ }} で書いてください。',
  'unknown-field': '{{$}} という差し込み項目はありません。',
  'closed-field': '{{$}} は、はがきには印刷できません。配達の途中で人の目に触れます。',
  'missing-field': '{{$}} がありません。通知書に必要な項目です。',
  'field-outside-body': '{{$}} がヘッダー・フッターなど本文の外にあります。本文に移してください。',
  'single-brace': '{$} は差し込みになりません。差し込むなら {{$}} と書いてください。',
  'no-sample-mark': '{{見本}} がありません。研修用に印刷するときは、氏名の前に「見本」と入ります。',
} as const;

export type RemarkCode = keyof typeof SENTENCES;

export function remark(code: RemarkCode, subject?: string): TemplateRemark {
  const message = SENTENCES[code]
    .replaceAll('（$）', subject === undefined ? '' : '（$）')
    .replaceAll('$', () => subject ?? '');
  return { code, message, ...(subject !== undefined && { subject }) };
}
