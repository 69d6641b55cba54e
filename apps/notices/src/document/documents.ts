import { Inject, Injectable } from '@nestjs/common';
import { dateAt } from '#calendar/civil-time.js';
import { Refusal } from '#kernel/refusal.js';
import { currentCorrelationId } from '#platform/service/correlation.js';
import { AccessLog } from '#vault/access-log.js';
import { Actors } from '../desk/actor.js';
import { BatchViews } from '../notice-batch/batch-views.js';
import { NoticeList } from '../notice-list/notice-list.js';
import { CardRun, type Asking, type BoundCards } from './card-run.js';
import type { BatchDocument } from '../notice-batch/notice-batch.answers.js';
import { KEPT_MS, type DocumentName, type DocumentRow } from './document.row.js';
import { Press, type Pressed } from './press.js';
import { Spool } from './spool.js';

/** What is being made, for who looks at the batch meanwhile. */
export interface Making {
  readonly name: string;
  done: number;
  total: number;
}

export interface ReadyDocument {
  readonly row: DocumentRow;
  readonly contents: Buffer;
}

/** While cards leave the batch during the making, it is made again; then whoever asks is told to ask again. */
const TRIES = 3;
/** Before the gateway gives up on an answer. */
const WITHIN_MS = 50_000;

/** Documents of a batch: made once for the cards that are in it, sealed in the spool, handed out to handlers only. (§4.4) */
@Injectable()
export class Documents {
  private readonly making = new Map<string, { readonly progress: Making; readonly made: Promise<DocumentRow> }>();

  constructor(
    @Inject(NoticeList) private readonly list: NoticeList,
    @Inject(CardRun) private readonly run: CardRun,
    @Inject(Press) private readonly press: Press,
    @Inject(Spool) private readonly spool: Spool,
    @Inject(AccessLog) private readonly accessLog: AccessLog,
    @Inject(BatchViews) private readonly views: BatchViews,
    @Inject(Actors) private readonly actors: Actors,
  ) {}

  /**
   * @throws Refusal `not-found`, `batch-not-approved`, `batch-empty`, `batch-posted`, `converter-missing`, `pages-differ`,
   * `not-yet` when it takes longer than a request may: it is made on
   */
  async get(batchId: string, name: DocumentName, asking: Asking): Promise<ReadyDocument> {
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      const { state, facts } = await this.list.batch(batchId);
      if (state === 'prepared' || state === 'sentBack') throw notApproved(batchId, state);
      const kept = (await this.spool.ofBatch(batchId)).find((row) => row.name === name && row.root === facts.hash);
      const row = kept ?? (await within(WITHIN_MS, this.make(batchId, name, asking)));
      const contents = await this.spool.read(row);
      // A card may have left the batch while its document was made: what is handed out holds none of those
      const now = await this.list.batch(batchId);
      if (contents === undefined || now.facts.hash !== row.root) continue;
      await this.log(asking, name, await this.personsOf(batchId));
      return { row, contents };
    }
    throw new Refusal('not-yet', 'unavailable', '束が変わっています。もう一度お試しください。', {
      retryAfterSeconds: 1,
    });
  }

  /** A few pages and every card with a warning, marked 見本: for who approves. Nothing of it is kept. (§4.2) */
  async proof(batchId: string, asking: Asking): Promise<Pressed> {
    const { prepared_at } = await this.list.batch(batchId);
    const bound = await this.run.of(batchId, 'notice-proof', asking);
    if (bound === undefined) throw emptyBatch(batchId);
    const warned = new Set(bound.notices.filter((one) => one.warnings.length > 0).map((one) => one.notice_id));
    const step = Math.max(1, Math.floor(bound.cards.length / SAMPLE));
    const shown = bound.cards.filter(({ noticeId }, i) => warned.has(noticeId) || i % step === 0);
    const pressed = await this.press.proof(shown, dateAt(prepared_at));
    await this.views.record(batchId, this.actors.idOf(asking.caller));
    await this.log(asking, 'proof.pdf', personIds(bound, new Set(shown.map(({ noticeId }) => noticeId))));
    return pressed;
  }

  /** What is made and what is ready, with how far it is. */
  async listOf(batchId: string): Promise<BatchDocument[]> {
    const { facts } = await this.list.batch(batchId);
    const making = [...this.making].filter(([key]) => key.startsWith(batchId)).map(([, { progress }]) => progress);
    const ready = (await this.spool.ofBatch(batchId)).filter(({ root }) => root === facts.hash);
    return [
      ...making.map((progress) => ({ ...progress, state: 'making' })),
      ...ready
        .filter(({ name }) => !making.some((one) => one.name === name))
        .map(({ name, cards, page_check: pageCheck, made_at }) => ({
          ...{ name, state: 'ready', done: cards, total: cards, pageCheck },
          keptUntil: new Date(made_at + KEPT_MS).toISOString(),
        })),
    ];
  }

  /** One at a time for each document, however many ask. */
  private make(batchId: string, name: DocumentName, asking: Asking): Promise<DocumentRow> {
    const key = `${batchId}/${name}`;
    const running = this.making.get(key);
    if (running !== undefined) return running.made;
    const progress: Making = { name, done: 0, total: 0 };
    const made = this.makeNow(batchId, name, asking, progress).finally(() => this.making.delete(key));
    made.catch(() => undefined);
    this.making.set(key, { progress, made });
    return made;
  }

  private async makeNow(batchId: string, name: DocumentName, asking: Asking, progress: Making): Promise<DocumentRow> {
    const { facts, prepared_at } = await this.list.batch(batchId);
    const bound = await this.run.of(batchId, 'notice-print', asking);
    if (bound === undefined) throw emptyBatch(batchId);
    progress.total = bound.cards.length;
    const { templateVersion } = facts.batch;
    const day = dateAt(prepared_at);
    const { contents, contentType, pageCheck } = await this.press.make(name, bound, { templateVersion, day }, (told) =>
      Object.assign(progress, told),
    );
    return this.spool.keep(
      {
        ...{ batch_id: batchId, term_id: bound.termId, name, root: bound.root, cards: bound.cards.length },
        ...{ content_type: contentType, page_check: pageCheck },
      },
      contents,
    );
  }

  private async personsOf(batchId: string): Promise<string[]> {
    const { facts } = await this.list.batch(batchId);
    const inIt = new Set(facts.batch.cards.map(({ noticeId }) => noticeId));
    const rows = await this.list.notices({ batchId, limit: facts.batch.total });
    return [...new Set(rows.filter((row) => inIt.has(row.notice_id)).map((row) => row.person_id))];
  }

  private async log({ caller }: Asking, name: string, subjects: readonly string[]): Promise<void> {
    const correlationId = currentCorrelationId();
    await this.accessLog.write({
      ...{ accountId: caller.accountId, action: 'print', purpose: name.replace('.', '-'), subjects, outcome: 'done' },
      ...(correlationId !== undefined && { correlationId }),
    });
  }
}

/** Cards in a proof beside those with warnings. (§4.2) */
const SAMPLE = 5;

function personIds({ notices }: BoundCards, shown: ReadonlySet<string>): string[] {
  return [...new Set(notices.filter((one) => shown.has(one.notice_id)).map((one) => one.person_id))];
}

function notApproved(batchId: string, state: string): Refusal {
  return new Refusal('batch-not-approved', 'conflict', '承認されていない束は印刷できません。', { batchId, state });
}

function emptyBatch(batchId: string): Refusal {
  return new Refusal('batch-empty', 'conflict', '束にはがきが残っていません。', { batchId });
}

async function within<Result>(limitMs: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const refusal = new Refusal('not-yet', 'unavailable', 'まだ作っています。少し待って、もう一度お試しください。', {
      retryAfterSeconds: 5,
    });
    timer = setTimeout(() => reject(refusal), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
