import { clockText, eraDate, eraDay } from '#calendar/japanese-date.js';
import { dateAt } from '#calendar/civil-time.js';
import { DIGITAL_PLANNING } from './addressee.js';
import { momentText } from './call-figures.js';
import type { CoverLetter, EscalationSheet, FaxReply, RosterChange, StaffingNotice } from './desk-paper-data.js';
import type { Paper } from './paper.js';

/** 送付状. (R056) */
export function coverLetterPaper(letter: CoverLetter): Paper {
  return {
    ...common(letter),
    title: letter.subject,
    date: letter.date,
    to: letter.to ?? DIGITAL_PLANNING,
    blocks: [
      ...letter.lines.map((text) => ({ kind: 'text', text }) as const),
      { kind: 'text', text: '記', align: 'center' },
      {
        kind: 'table',
        table: {
          columns: [
            { header: '送付物', width: 3.2 },
            { header: '部数', kind: 'integer', width: 0.7 },
            { header: 'ＳＨＡ－２５６（照合値）', width: 4.6 },
          ],
          rows: letter.enclosures.map(({ name, copies, sha256 }) => [name, copies, sha256 ?? '']),
        },
      },
      { kind: 'text', text: '以上', align: 'right' },
    ],
  };
}

/** 名簿変更連絡票. (§8.13) */
export function rosterChangePaper(change: RosterChange): Paper {
  return {
    ...common(change),
    title: '名簿変更連絡票',
    date: dateAt(change.at),
    to: DIGITAL_PLANNING,
    blocks: [
      ...(change.sameDay
        ? [{ kind: 'text', text: '【至急】開催日まで２営業日以内の変更です。本日中にご確認ください。' } as const]
        : []),
      {
        kind: 'facts',
        rows: [
          ['開催回', change.sessionCode],
          ['講座', change.courseTitle],
          ['会場', change.venueName],
          [
            '開催日時',
            change.dates
              .map(({ date, startsAt, endsAt }) => `${eraDay(date)} ${clockText(startsAt)}から${clockText(endsAt)}まで`)
              .join('\n'),
          ],
          ['名簿の版', `第${change.fromVersion}版 → 第${change.toVersion}版`],
          ['予約数', `${change.countBefore}名 → ${change.countAfter}名`],
        ],
      },
      {
        kind: 'table',
        table: {
          caption: '変更の内容',
          columns: [
            { header: '区分', width: 1.8 },
            { header: '受付番号', width: 1.6 },
            { header: '受付日時', width: 1.8 },
            { header: '受付方法', width: 1.1 },
            { header: '備考', width: 2.6 },
          ],
          rows: change.changes.map(({ kind, receiptNumber, receivedAt, channel, note }) => [
            kind,
            receiptNumber,
            momentText(receivedAt),
            channel,
            note ?? '',
          ]),
          note: '氏名等は記載していません。別途お渡しする予約者リスト（変更後の版）と受付番号で照合してください。',
        },
      },
      { kind: 'box', label: '市担当課 確認欄（確認日・確認者）', lines: 3 },
      { kind: 'signatures', titles: ['責任者', 'ＳＶ'] },
    ],
  };
}

/** 体制届. (R029) */
export function staffingPaper(notice: StaffingNotice): Paper {
  return {
    ...common(notice),
    title: '業務実施体制届',
    date: dateAt(notice.at),
    to: DIGITAL_PLANNING,
    blocks: [
      { kind: 'text', text: `　${notice.contractName}の実施体制を、次のとおり届け出ます。` },
      {
        kind: 'facts',
        rows: [
          ['適用日', eraDate(notice.validFrom)],
          ['届出の理由', notice.reason],
        ],
      },
      {
        kind: 'table',
        table: {
          columns: [
            { header: '職', width: 1.5 },
            { header: '氏名', width: 1.5 },
            { header: '所属（雇用主）', width: 2 },
            { header: '担当業務', width: 3 },
            { header: '連絡先', width: 1.6 },
          ],
          rows: notice.members.map(({ office, name, employer, duties, phoneNumber, deputy }) => [
            deputy === true ? `${office}（代行）` : office,
            name,
            employer,
            duties,
            phoneNumber ?? '',
          ]),
        },
      },
    ],
  };
}

/** エスカレーション票. (R037) */
export function escalationPaper(sheet: EscalationSheet): Paper {
  return {
    ...common(sheet),
    title: 'エスカレーション票（委託者照会）',
    date: dateAt(sheet.at),
    to: DIGITAL_PLANNING,
    blocks: [
      ...(sheet.urgent ? [{ kind: 'text', text: '【緊急】電話でもご連絡しています。' } as const] : []),
      {
        kind: 'facts',
        rows: [
          ['起票', momentText(sheet.openedAt)],
          ['回答のお願い', `${eraDay(sheet.answerBy)}まで`],
          ['分類', sheet.category],
          ['折り返しの約束', sheet.callBackPromised ?? 'なし'],
        ],
      },
      { kind: 'box', label: '照会内容', text: sheet.question, lines: 4 },
      { kind: 'box', label: 'これまでの対応', text: sheet.soFar, lines: 2 },
      {
        kind: 'table',
        table: {
          caption: '経過',
          columns: [{ header: '日時' }, { header: '状態', width: 1.4 }, { header: '担当' }],
          rows: sheet.steps.map(({ at, state, by }) => [momentText(at), state, by]),
        },
      },
      {
        kind: 'box',
        label: '市担当課 回答欄（回答日・回答者をご記入ください）',
        ...(sheet.answer !== undefined && { text: sheet.answer }),
        lines: 8,
      },
    ],
  };
}

/** 回答票. (§8.11) */
export function faxReplyPaper(reply: FaxReply): Paper {
  return {
    ...common(reply),
    title: '回答票（ＦＡＸ）',
    date: dateAt(reply.at),
    to: reply.to,
    blocks: [
      {
        kind: 'facts',
        rows: [
          ['送信先ＦＡＸ番号', reply.faxNumber],
          ['受信日時', momentText(reply.receivedAt)],
          ['件名', reply.subject],
          ['送信枚数', `${reply.pages}枚（本票を含む）`],
        ],
      },
      ...reply.answer.map((text) => ({ kind: 'text', text }) as const),
      ...(reply.facts.length === 0 ? [] : [{ kind: 'facts', rows: reply.facts } as const]),
      {
        kind: 'text',
        text: '※ お心当たりのない方に届いた場合は、お手数ですが上記までお電話のうえ、本票を破棄してください。',
      },
    ],
  };
}

function common({
  number,
  from,
  at,
  specimen,
}: Pick<Paper, 'at'> & {
  readonly number?: string;
  readonly from: NonNullable<Paper['from']>;
  readonly specimen?: boolean;
}) {
  return { from, at, ...(number !== undefined && { number }), ...(specimen !== undefined && { specimen }) };
}
