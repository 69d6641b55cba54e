export const DOCUMENT_NAMES = ['notices.docx', 'notices.pdf', 'addresses.pdf'] as const;
export type DocumentName = (typeof DOCUMENT_NAMES)[number];

/** Whether a program that did not write it counted as many pages as cards. */
export type PageCheck = 'ok' | 'notDone';

/** A document that lies sealed in the spool, or lay there. It is no fact of the log: it can be made again. */
export interface DocumentRow {
  readonly document_id: string;
  readonly batch_id: string;
  readonly term_id: string;
  readonly name: DocumentName | 'proof.pdf';
  /** Merkle root of the cards in it: another card in the batch, another document. */
  readonly root: string;
  readonly cards: number;
  readonly bytes: number;
  readonly content_type: string;
  readonly wrapped_key: Buffer;
  readonly page_check: PageCheck;
  /** Epoch milliseconds. */
  readonly made_at: number;
  readonly deleted_at: number | null;
  readonly deleted_because: string | null;
}

/** 24 hours after it was made it is deleted, with a record. (§4.4.5) */
export const KEPT_MS = 24 * 3_600_000;

export const documentTable = `
  create table notice_document (
    document_id uuid primary key, batch_id uuid not null, term_id uuid not null, name text not null, root text not null,
    cards integer not null, bytes bigint not null, content_type text not null, wrapped_key bytea, page_check text not null,
    made_at bigint not null, deleted_at bigint, deleted_because text
  );
  create index document_of_batch on notice_document (batch_id);
`;
