import type { Call } from '#contracts/access/call.js';

/** The file itself, or an earlier version of it by number. */
export type TemplateSource = { readonly bytes: Uint8Array } | { readonly templateVersion: number };

export class UseNoticeTemplate {
  constructor(
    readonly call: Call,
    readonly source: TemplateSource,
    readonly termId: string | undefined,
    readonly agreementNumber: string | undefined,
  ) {}
}
