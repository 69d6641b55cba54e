import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Refusal } from '#kernel/refusal.js';
import { decided } from '#platform/hosting/decided.js';
import { Desk } from '../desk/desk.js';
import { actorIdOf } from '../desk/ids.js';
import { candidateStream, faqStream } from '../desk/streams.js';
import { candidate } from './candidate.decider.js';
import { faqIdOfCommand, faqIdOfNumber, numberOf } from './faq-ids.js';
import { DismissCandidate, DraftFaq, PublishFaqs, StepFaq } from './faq.commands.js';
import { faq } from './faq.decider.js';
import type { Faq, FaqCommand } from './faq.js';

@CommandHandler(DraftFaq)
export class DraftFaqHandler implements ICommandHandler<DraftFaq> {
  constructor(@Inject(Desk) private readonly desk: Desk) {}

  execute({ call, faqId: known, entry, unlistedTopicId }: DraftFaq) {
    const { faqNo } = entry;
    const faqId = known ?? (faqNo === undefined ? faqIdOfCommand(call.commandId) : faqIdOfNumber(faqNo));
    const stream = faqStream(faqId);
    return this.desk.submit(call, {
      writes: [stream],
      decide: (states) => {
        const before = states.of(stream);
        if (known === undefined && before.lastVersion > 0 && !before.retired) {
          throw new Refusal('faq-exists', 'conflict', 'There is an entry of this number: write a version of it.', { faqId }); // prettier-ignore
        }
        if (known !== undefined && before.lastVersion === 0) {
          throw new Refusal('not-found', 'not-found', 'There is no such entry.');
        }
        const number = entryOf(before)?.faqNo ?? faqNo ?? numberOf(faqId);
        const command: FaqCommand = {
          ...{ faqId, by: actorIdOf(call.caller.accountId), do: 'draft', source: 'desk' },
          entry: { ...entry, faqNo: number },
          ...(unlistedTopicId !== undefined && { unlistedTopicId }),
        };
        const { events, after } = decided(faq, command, before);
        return { events: [[stream, events]], answer: faqAnswer(faqId, after) };
      },
    });
  }
}

@CommandHandler(StepFaq)
export class StepFaqHandler implements ICommandHandler<StepFaq> {
  constructor(@Inject(Desk) private readonly desk: Desk) {}

  execute({ call, faqId, step }: StepFaq) {
    const stream = faqStream(faqId);
    return this.desk.submit(call, {
      writes: [stream],
      decide: (states) => {
        const command = { faqId, by: actorIdOf(call.caller.accountId), ...step } as FaqCommand;
        const { events, after } = decided(faq, command, states.of(stream));
        return { events: [[stream, events]], answer: faqAnswer(faqId, after) };
      },
    });
  }
}

@CommandHandler(PublishFaqs)
export class PublishFaqsHandler implements ICommandHandler<PublishFaqs> {
  constructor(@Inject(Desk) private readonly desk: Desk) {}

  execute({ call, entries }: PublishFaqs) {
    const by = actorIdOf(call.caller.accountId);
    const once = [...new Map(entries.map((entry) => [entry.faqId, entry])).values()];
    const read = once.map(({ faqId, version }) => ({ faqId, version, stream: faqStream(faqId) }));
    return this.desk.submit(call, {
      writes: read.map(({ stream }) => stream),
      decide: (states) => ({
        events: read.map(({ faqId, version, stream }) => [
          stream,
          faq.decide({ do: 'publish', faqId, by, version }, states.of(stream)),
        ]),
        answer: { published: read.length },
      }),
    });
  }
}

@CommandHandler(DismissCandidate)
export class DismissCandidateHandler implements ICommandHandler<DismissCandidate> {
  constructor(@Inject(Desk) private readonly desk: Desk) {}

  execute({ call, unlistedTopicId, termId, timesAsked }: DismissCandidate) {
    const stream = candidateStream(unlistedTopicId);
    const dismissal = { unlistedTopicId, termId, timesAsked, dismissedBy: actorIdOf(call.caller.accountId) };
    return this.desk.submit(call, {
      writes: [stream],
      decide: (states) => ({
        events: [[stream, candidate.decide({ do: 'dismiss', dismissal }, states.of(stream))]],
        answer: { unlistedTopicId },
      }),
    });
  }
}

export function faqAnswer(faqId: string, { lastVersion, published, draft, retired }: Faq) {
  return {
    ...{ faqId, version: lastVersion, waiting: draft !== undefined, retired: retired ?? false },
    ...(published && { publishedVersion: published.version }),
  };
}

export function entryOf({ draft, published, sentBack }: Faq) {
  return (draft ?? published ?? sentBack)?.entry;
}
