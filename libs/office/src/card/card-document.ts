/** Says how far a document is; called in the caller's thread, at most a few times a second. */
export interface CardProgress {
  readonly done: number;
  readonly total: number;
}

export interface CardRunOptions {
  readonly onProgress?: (progress: CardProgress) => void;
  /** Ends the run; nothing but whole files stays. The promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

export interface CardFile {
  /** Within the folder: `notices.docx`, `notices-2.docx`, `addresses.pdf`. */
  readonly name: string;
  /** Cards in this file. */
  readonly cards: number;
  readonly bytes: number;
  /** SHA-256, hex. */
  readonly sha256: string;
}
