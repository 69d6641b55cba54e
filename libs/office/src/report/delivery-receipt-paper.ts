import { dateAt } from '#calendar/civil-time.js';
import { eraDate } from '#calendar/japanese-date.js';
import { DIGITAL_PLANNING } from './addressee.js';
import { momentText } from './call-figures.js';
import type { Paper, Sender } from './paper.js';

/** 引渡書兼受領書 of a sealed file. (P21, R041) */
export interface DeliveryReceipt {
  readonly number: string;
  readonly recipient: string;
  readonly what: string;
  readonly fileName: string;
  /** Of the sealed file. */
  readonly sha256: string;
  readonly pieces: number;
  readonly medium: string;
  readonly mediumNumber?: string;
  /** Accounts, not names. */
  readonly requestedBy?: string;
  readonly approvedBy?: string;
  /** Absent until it is handed over: room to write it by hand. */
  readonly transport?: {
    readonly handedOverOn: string;
    readonly carrier: string;
    readonly container?: string;
    readonly sealNumber?: string;
    readonly trackingNumber?: string;
  };
  readonly from: Sender;
  /** When the file was made, epoch milliseconds. */
  readonly at: number;
  readonly specimen?: boolean;
}

const BLANK = '　';

/** What goes with the file; the password goes another way and has no place on it. (P21) */
export function deliveryReceiptPaper(receipt: DeliveryReceipt): Paper {
  const { transport } = receipt;
  return {
    title: '引渡書兼受領書',
    number: receipt.number,
    date: transport?.handedOverOn ?? dateAt(receipt.at),
    to: DIGITAL_PLANNING,
    ...{ from: receipt.from, at: receipt.at },
    ...(receipt.specimen !== undefined && { specimen: receipt.specimen }),
    blocks: [
      { kind: 'text', text: '　次のとおり引き渡します。内容を確認のうえ、受領欄にご記入ください。' },
      {
        kind: 'facts',
        rows: [
          ['品名', receipt.what],
          ['件数', `${receipt.pieces}件`],
          ['引渡し先', receipt.recipient],
          ['ファイル名', receipt.fileName],
          ['ＳＨＡ－２５６', receipt.sha256],
          ['作成', momentText(receipt.at)],
          ['暗号化', 'ＡＥＳ－２５６。パスワードは別の経路でお知らせし、本書とファイルには記載しません。'],
          ...(receipt.requestedBy === undefined
            ? []
            : ([['持出し申請・承認', `申請 ${receipt.requestedBy}、承認 ${receipt.approvedBy}`]] as const)),
        ],
      },
      { kind: 'heading', level: 2, text: '搬送' },
      {
        kind: 'facts',
        rows: [
          ['媒体', `${receipt.medium}${receipt.mediumNumber === undefined ? '' : `　${receipt.mediumNumber}`}`],
          ['引渡し日', transport === undefined ? BLANK : eraDate(transport.handedOverOn)],
          ['移送の方法', transport?.carrier ?? BLANK],
          ['施錠容器・封印', [transport?.container, transport?.sealNumber].filter(Boolean).join('　') || BLANK],
          ['追跡番号', transport?.trackingNumber ?? (transport === undefined ? BLANK : 'なし')],
        ],
      },
      { kind: 'box', label: '受領欄（受領日・所属・受領者）', lines: 2 },
      { kind: 'signatures', titles: ['責任者', '引渡者'] },
    ],
  };
}
