/** A deliverable that only the password opens, and the password apart from it. (P13, P21) */
export interface SealedDeliverable {
  /** The encrypted file: agile AES-256, opened by Excel, Word and LibreOffice with the password. */
  readonly content: Buffer;
  /** SHA-256 of the encrypted file, hex: what goes on the handover record. */
  readonly sha256: string;
  /** To be told by another route, never stored or sent beside the file. */
  readonly password: string;
}

/**
 * Encrypts an .xlsx or .docx in a worker thread under a password made for it.
 * @throws Refusal `not-a-document` 422 when the bytes are no OOXML file
 */
export async function sealDeliverable(document: Uint8Array): Promise<SealedDeliverable> {
  throw new Error(`Not in yet: ${document.length}`);
}
