import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Who somebody is, as reservations would say. */
export interface Known {
  readonly familyName: string;
  readonly givenName: string;
  readonly familyNameKana: string;
  readonly givenNameKana: string;
}

/** Each service below a path of its own on one port. */
const INQUIRIES = '/of-inquiries';

/** The doors of reservations, notices and inquiries as reporting asks them: they tell what a spec gave them to tell. */
export class OtherServices {
  /** By person id. */
  readonly people = new Map<string, Known>();
  /** What was said about any complaint, as inquiries would open it. */
  readonly words: { readonly part: string; readonly text: string }[] = [];
  /** What was written down of an inquiry, by its id; absent of one that was erased. */
  readonly notes = new Map<string, { readonly note: string }>();
  /** What was asked of the door of names. */
  readonly asked: { readonly path: string; readonly body: { readonly purpose?: string } }[] = [];

  /** Whether the others answer something nobody asked for. */
  isOdd = false;
  /** Whether the others have no answer. */
  isDown = false;

  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, reply) => {
      let text = '';
      request.on('data', (chunk) => (text += chunk));
      request.on('end', () => {
        if (this.isDown) reply.statusCode = 503;
        reply.setHeader('content-type', 'application/json');
        if (this.isOdd) return reply.end('{"of":"another version"}');
        return reply.end(JSON.stringify(this.answer(request.url!, JSON.parse(text || '{}'))));
      });
    });
  }

  static async open(): Promise<OtherServices> {
    const others = new OtherServices();
    await new Promise<void>((resolve) => others.server.listen(0, '127.0.0.1', resolve));
    return others;
  }

  /** Settings of the service that asks. */
  get addresses() {
    const url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return { RESERVATIONS_URL: url, NOTICES_URL: `${url}/notices`, INQUIRIES_URL: `${url}${INQUIRIES}` };
  }

  async close(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answerOfInquiries(path: string, { before }: { before?: string }) {
    if (path === '/internal/access-log/anchor') return { n: 3, at: before, hash: 'cd'.repeat(32) };
    const inquiryId = /^\/inquiries\/(.+)\/note$/.exec(path)?.[1];
    if (inquiryId !== undefined) return this.notes.get(inquiryId) ?? {};
    return { notes: this.words };
  }

  private answer(
    path: string,
    body: {
      persons?: { personId: string; version: number }[];
      reservationIds?: string[];
      purpose?: string;
      before?: string;
    },
  ) {
    const own = path.replace(INQUIRIES, '');
    this.asked.push({ path: own, body });
    if (path === `${INQUIRIES}/internal/access-log/counts`) {
      return { counts: [{ action: 'read', purpose: 'complaint', count: 2 }] };
    }
    if (path.startsWith(INQUIRIES)) return this.answerOfInquiries(own, body);
    if (path === '/internal/access-log/counts')
      return { counts: [{ action: 'resolve', purpose: 'booking', count: 7 }] };
    if (path === '/notices/internal/access-log/counts') {
      return { counts: [{ action: 'print', purpose: 'notice-print', count: 3 }] };
    }
    if (path.endsWith('/internal/access-log/anchor')) return { n: 7, at: body.before, hash: 'ab'.repeat(32) };
    if (path === '/internal/receipts') {
      const receipts = body.reservationIds!.map((reservationId, i) => ({
        reservationId,
        receiptNumber: `2500000${i}`,
      }));
      return { receipts };
    }
    const address = { prefecture: '北海道', city: '札幌市', ward: '北区', town: '北二十四条西', blockLot: '6-1' };
    const persons = body.persons!.flatMap((one) => {
      const known = this.people.get(one.personId);
      return known === undefined ? [] : [{ ...one, applicant: { ...known, phoneNumber: '011-000-0000', ...address } }];
    });
    const missing = body.persons!.filter(({ personId }) => !this.people.has(personId)).map(({ personId }) => personId);
    return { persons, missing };
  }
}
