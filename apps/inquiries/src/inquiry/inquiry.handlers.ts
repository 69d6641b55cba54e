import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { idFrom } from '#kernel/ids.js';
import { Refusal } from '#kernel/refusal.js';
import { decided } from '#platform/hosting/decided.js';
import type { SideWrite } from '#platform/log/side-table.js';
import { KeyDirectory } from '#vault/key-directory.js';
import { Bookings } from '../booking/bookings.js';
import { Desk } from '../desk/desk.js';
import { faqStream, inquiryStream } from '../desk/streams.js';
import { plain } from '#platform/hosting/plain.js';
import { sealedNote } from '../note/sealed-note.js';
import { askedAt } from '../reception/asked-at.js';
import { DeskClock } from '../reception/desk-clock.js';
import { CorrectInquiry, RecordInquiry, TallyInquiry, UndoTally } from './inquiry.commands.js';
import { inquiry } from './inquiry.decider.js';
import { unlistedTopicIdOf } from './unlisted-topic.js';

const INQUIRIES = '7b1e6a90-3c7d-4d0b-8b6e-2a5f0c9d1e37';

@CommandHandler(RecordInquiry)
export class RecordInquiryHandler implements ICommandHandler<RecordInquiry> {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(DeskClock) private readonly clock: DeskClock,
    @Inject(KeyDirectory) private readonly keys: KeyDirectory,
    @Inject(Bookings) private readonly bookings: Bookings,
  ) {}

  async execute({ call, body }: RecordInquiry) {
    const { note, unlisted, faqId, faqVersion, receivedAt: said, handover, ...more } = body;
    const dayAt = await this.clock.read();
    const personId = await this.bookings.personOf(body.reservationId);
    const inquiryId = idFrom(INQUIRIES, call.commandId);
    const stream = inquiryStream(inquiryId);
    const entry = faqId === undefined ? undefined : faqStream(faqId);
    // The key of a body with words in it goes with the term of today
    const commandKey = this.keys.keysOf(dayAt(Date.now()).termId).commandKey;
    return this.desk.submit(call, {
      writes: [stream],
      checks: entry === undefined ? [] : [entry],
      commandKey,
      decide: (states, now) => {
        const receivedAt = askedAt(said, now);
        const { termId } = dayAt(Date.parse(receivedAt));
        const keys = this.keys.keysOf(termId);
        const topicId = unlisted === undefined ? body.unlistedTopicId : unlistedTopicIdOf(keys, unlisted);
        const version = entry === undefined ? undefined : (faqVersion ?? states.of(entry).published?.version);
        if (entry !== undefined && (version === undefined || version > states.of(entry).lastVersion)) {
          throw new Refusal('not-published', 'conflict', 'This entry of the FAQ is not answered.', { faqId });
        }
        const recorded = {
          ...{ ...plain(more), inquiryId, termId, receivedAt },
          ...(faqId !== undefined && { faq: { faqId, version: version! } }),
          ...(topicId !== undefined && { unlistedTopicId: topicId }),
          ...(handover && { handover }),
          ...(note !== undefined && { noted: true as const }),
        };
        const { events } = decided(inquiry, { do: 'record', inquiry: recorded }, states.of(stream));
        const sealed = (owner: string, kind: 'inquiry' | 'topic', content: object, command = call.commandId) =>
          sealedNote(keys, { commandId: command, ownerId: owner, kind, personId, at: now, content });
        const sides: SideWrite[] = [
          ...(note === undefined ? [] : [sealed(inquiryId, 'inquiry', { note })]),
          // One for each question, however often it is asked
          ...(unlisted === undefined ? [] : [sealed(topicId!, 'topic', { words: unlisted }, topicId)]),
        ];
        const firstContactResolution = (events[0]!.data as { firstContactResolution: boolean }).firstContactResolution;
        return {
          ...{ events: [[stream, events]], sides },
          answer: { inquiryId, firstContactResolution, ...(topicId !== undefined && { unlistedTopicId: topicId }) },
        };
      },
    });
  }
}

@CommandHandler(TallyInquiry)
export class TallyInquiryHandler implements ICommandHandler<TallyInquiry> {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(DeskClock) private readonly clock: DeskClock,
  ) {}

  async execute({ call, body }: TallyInquiry) {
    const dayAt = await this.clock.read();
    const inquiryId = idFrom(INQUIRIES, call.commandId);
    const stream = inquiryStream(inquiryId);
    return this.desk.submit(call, {
      writes: [stream],
      decide: (states, now) => {
        const receivedAt = askedAt(body.receivedAt, now);
        const { termId } = dayAt(Date.parse(receivedAt));
        const tally = { ...plain(body), inquiryId, termId, receivedAt };
        const { events } = decided(inquiry, { do: 'tally', tally }, states.of(stream));
        return { events: [[stream, events]], answer: { inquiryId } };
      },
    });
  }
}

@CommandHandler(UndoTally)
export class UndoTallyHandler implements ICommandHandler<UndoTally> {
  constructor(@Inject(Desk) private readonly desk: Desk) {}

  execute({ call, inquiryId }: UndoTally) {
    const stream = inquiryStream(inquiryId);
    return this.desk.submit(call, {
      writes: [stream],
      decide: (states, now) => ({
        events: [[stream, inquiry.decide({ do: 'undo', inquiryId, now }, states.of(stream))]],
        answer: { inquiryId },
      }),
    });
  }
}

@CommandHandler(CorrectInquiry)
export class CorrectInquiryHandler implements ICommandHandler<CorrectInquiry> {
  constructor(@Inject(Desk) private readonly desk: Desk) {}

  execute({ call, inquiryId, body: { category, handover } }: CorrectInquiry) {
    const stream = inquiryStream(inquiryId);
    return this.desk.submit(call, {
      writes: [stream],
      decide: (states) => ({
        events: [[stream, inquiry.decide({ do: 'correct', inquiryId, category, handover }, states.of(stream))]],
        answer: { inquiryId },
      }),
    });
  }
}
