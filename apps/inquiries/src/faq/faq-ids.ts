import { idFrom } from '#kernel/ids.js';
import { searchText } from './search-text.policy.js';

// Ids of what the city numbers, made from the number: the same list read twice, or by two at once, gives the same ids.

const NAMES = '1d7c4b0a-5e2f-4986-b3a8-0c9e6f7d2b51';

export const faqIdOfNumber = (faqNo: string) => idFrom(NAMES, 'number', faqNo.normalize('NFKC').replaceAll(/\s/g, ''));
/** Of a list without numbers. */
export const faqIdOfQuestion = (question: string) => idFrom(NAMES, 'question', searchText(question));
export const faqIdOfCommand = (commandId: string) => idFrom(NAMES, 'command', commandId);

/** 番号 of an entry that nobody numbered. */
export const numberOf = (faqId: string) => `Q-${faqId.slice(0, 8).toUpperCase()}`;
