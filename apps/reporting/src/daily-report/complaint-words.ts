import { z } from 'zod';
import type { DailyReport } from '#office/report/daily-report.js';
import { CALLER_HEADER } from '#platform/service/caller.js';

const WITHIN_MS = 10_000;

const answer = z.object({ notes: z.array(z.object({ part: z.string(), text: z.string() })) });

type Complaint = DailyReport['complaints'][number];

/**
 * What was said and done about a complaint, sealed in inquiries: asked for when the paper is printed, in the name of whoever has
 * it printed, and kept nowhere. Inquiries writes its access log before it answers. (R043)
 */
export class ComplaintWords {
  constructor(private readonly inquiriesUrl: string | undefined) {}

  /** @returns as it was where the words cannot be had: the paper then has room to write them by hand */
  async into(complaint: Complaint, complaintId: string, callerToken: string | undefined): Promise<Complaint> {
    if (this.inquiriesUrl === undefined) return complaint;
    const response = await fetch(`${this.inquiriesUrl}/complaints/${complaintId}`, {
      headers: callerToken === undefined ? {} : { [CALLER_HEADER]: callerToken },
      signal: AbortSignal.timeout(WITHIN_MS),
    }).catch(() => undefined);
    if (!response?.ok) return complaint;
    const { notes } = answer.parse(await response.json());
    const of = (part: string) =>
      notes
        .filter((note) => note.part === part)
        .map(({ text }) => text)
        .join('\n');
    const request = of('request');
    return {
      ...complaint,
      ...(of('complaint') !== '' && { gist: of('complaint') }),
      ...{ handling: of('course'), result: of('result'), prevention: of('prevention') },
      ...(request !== '' && { request }),
    };
  }
}
