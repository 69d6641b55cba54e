import { clockText, eraDay } from '#calendar/japanese-date.js';
import { timeAt } from '#calendar/civil-time.js';
import type { SessionFacts } from '#plan/planned.js';
import { PackSheets } from './pack-sheet.js';
import type { PackRow, SeatToken } from './paper-pack.row.js';
import type { FaqEntry } from './published-faq.js';

export interface PackContent {
  readonly pack: PackRow;
  readonly sessions: ReadonlyMap<string, SessionFacts>;
  readonly faq: readonly FaqEntry[];
  readonly specimen: boolean;
}

const HOW = [
  '１　電話を受けたら、受付用紙を番号の順に１枚使い、受けた時刻を必ず書きます。',
  '２　申込みは、席札のある開催回だけを受けられます。席札を１枚切り取って用紙に貼り、その番号を書きます。席札がなくなった回は「満席」とご案内し、決してお約束しません。',
  '３　１人につき席札１枚です。同じ電話で複数の方のときは、人数分の席札と用紙を使います。',
  '４　変更・取消・問い合わせ・苦情も、用紙に書きます。名簿や予約はここではお答えできません。',
  '５　システムが戻ったら、その日のうちに、用紙の時刻で入力します。使わなかった席札は責任者へ返します。',
];

/** 受付用紙一式: how to, seats, slips, numbered forms, FAQ. It names no person. (§8.17) */
export async function paperPackPdf({ pack, sessions, faq, specimen }: PackContent): Promise<Buffer> {
  const day = eraDay(pack.date);
  const sheets = new PackSheets(`受付用紙一式　${day}　${pack.pack_id.slice(0, 8)}`, specimen, pack.printed_at);
  sheets.sheet('停電・障害時の受付', day);
  sheets.text(`${timeAt(pack.printed_at)} 印刷　受付用紙 ${pack.forms}枚　席札 ${pack.tokens.length}枚`);
  for (const line of HOW) sheets.text(line, 12);
  seatSheet(sheets, pack.tokens, sessions);
  slips(sheets, pack.tokens, sessions);
  for (let n = 1; n <= pack.forms; n++) form(sheets, n, day);
  answers(sheets, faq);
  return sheets.finished();
}

const SEATS = [1.2, 4.4, 3.2, 2.8, 1.9];

function seatSheet(sheets: PackSheets, tokens: readonly SeatToken[], sessions: PackContent['sessions']): void {
  const bySession = new Map<string, SeatToken[]>();
  for (const one of tokens) bySession.set(one.sessionId, [...(bySession.get(one.sessionId) ?? []), one]);
  const begin = () => {
    sheets.sheet('席の一覧（紙で受けられる席）');
    sheets.row(SEATS, ['開催回', '日時', '会場', '講座', '席札'], true);
  };
  begin();
  if (bySession.size === 0) sheets.text('紙で受けられる席はありません。');
  for (const [sessionId, own] of bySession) {
    if (!sheets.hasRoom(20)) begin();
    const facts = sessions.get(sessionId);
    sheets.row(SEATS, [
      facts?.session.plan.sessionCode ?? '',
      daysOf(facts),
      facts?.venue?.plan.name ?? '',
      facts?.course?.plan.title ?? '',
      `${own[0]!.token}${own.length > 1 ? `〜${own.at(-1)!.token.slice(2)}` : ''}`,
    ]);
  }
}

/** Four on a line, to be cut off and stuck on a form: the number, the session, the day. */
function slips(sheets: PackSheets, tokens: readonly SeatToken[], sessions: PackContent['sessions']): void {
  const begin = () => sheets.sheet('席札（切り取って用紙に貼る）');
  if (tokens.length > 0) begin();
  for (let from = 0; from < tokens.length; from += 3) {
    if (!sheets.hasRoom(76)) begin();
    const line = [0, 1, 2].map((i) => tokens[from + i]);
    sheets.boxes(
      76,
      line.map((one) => {
        const facts = one && sessions.get(one.sessionId);
        const text = one && `${one.token}\n${facts?.session.plan.sessionCode ?? ''}　${facts?.venue?.plan.name ?? ''}\n${momentOf(facts)}`; // prettier-ignore
        return { label: one === undefined ? '' : '席札', share: 1, ...(text !== undefined && { text }) };
      }),
    );
  }
}

function form(sheets: PackSheets, n: number, day: string): void {
  sheets.sheet('受付用紙', `No. ${String(n).padStart(3, '0')}`);
  sheets.boxes(44, [
    { label: '受付日', share: 3, text: day },
    { label: '受けた時刻（必ず書く）', share: 3, text: '　　　時　　　分' },
    { label: '受けた人', share: 2 },
  ]);
  sheets.boxes(44, [
    { label: '方法', share: 3, text: '電話・ＦＡＸ・その他' },
    { label: '用件', share: 5, text: '申込・変更・取消・問い合わせ・苦情・その他' },
  ]);
  sheets.space(8);
  sheets.boxes(80, [
    { label: '席札（貼る）と番号', share: 3, text: 'T-' },
    { label: '希望の開催回（第１・第２）', share: 5 },
  ]);
  sheets.boxes(40, [{ label: 'フリガナ', share: 8 }]);
  sheets.boxes(52, [
    { label: '氏名（字を確かめる）', share: 5 },
    { label: '電話番号', share: 3 },
  ]);
  sheets.boxes(52, [
    { label: '郵便番号', share: 2, text: '〒' },
    { label: '住所（区・町・丁目・番・号）', share: 6 },
  ]);
  sheets.boxes(44, [
    { label: '建物名・部屋番号', share: 5 },
    { label: '方書（○○様方）', share: 3 },
  ]);
  sheets.boxes(44, [
    { label: '代理の方の氏名・続柄', share: 5 },
    { label: '代理の方の電話', share: 3 },
  ]);
  sheets.space(8);
  sheets.boxes(130, [{ label: '問い合わせ・苦情の内容、申し送り', share: 8 }]);
  sheets.boxes(44, [
    { label: '確認', share: 5, text: '□ 復唱した　□ 利用目的を説明した' },
    { label: '結果', share: 3, text: '確定・満席・折り返し' },
  ]);
  sheets.space(8);
  sheets.boxes(44, [
    { label: '入力した日時（システムが戻ってから）', share: 3 },
    { label: '受付番号', share: 3 },
    { label: '入力した人', share: 2 },
  ]);
}

function answers(sheets: PackSheets, faq: readonly FaqEntry[]): void {
  sheets.sheet('よくある質問');
  if (faq.length === 0) sheets.text('公開されている質問はありません。');
  for (const { faqNo, question, answer } of faq) {
    const asked = `問 ${faqNo}　${question}`;
    const height = sheets.heightOf(asked, 11, true) + sheets.heightOf(answer, 10.5);
    if (!sheets.hasRoom(Math.min(height, 600))) sheets.sheet('よくある質問');
    sheets.heading(asked, 11);
    sheets.text(answer, 10.5);
  }
}

/** Every day of a session that has two: nobody can look the second up while the screens are dark. */
function daysOf(facts: SessionFacts | undefined): string {
  const dates = facts?.session.plan.dates ?? [];
  const [first, second] = dates;
  if (dates.length !== 2 || first!.startsAt !== second!.startsAt) return momentOf(facts);
  return `${dayOf(first!.date)}・${dayOf(second!.date)}${clockText(first!.startsAt)}`;
}

function dayOf(date: string): string {
  const [, month, day] = date.split('-').map(Number) as [number, number, number];
  return `${month}月${day}日（${eraDay(date).slice(-2, -1)}）`;
}

function momentOf(facts: SessionFacts | undefined): string {
  const first = facts?.session.plan.dates[0];
  if (first === undefined) return '';
  const more = facts!.session.plan.dates.length > 1 ? `（全${facts!.session.plan.dates.length}回）` : '';
  return `${dayOf(first.date)}${clockText(first.startsAt)}${more}`;
}
