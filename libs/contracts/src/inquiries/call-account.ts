import type { CallAnswered, CallAbandoned, CallClosed, CallReceived, CallRestated, CallStruck } from './call.events.js';

export type CallEvent = CallReceived | CallAnswered | CallAbandoned | CallClosed | CallRestated | CallStruck;

/** All that is known of one call; what every count of calls is made from. */
export type CallAccount = CallRestated['data'] & { readonly struck?: true };

/** The account after one more event; an event that is not newer changes nothing. Undefined before the call was received. */
export function callAccountAfter(account: CallAccount | undefined, { type, data }: CallEvent): CallAccount | undefined {
  if (account !== undefined && data.callRevision <= account.callRevision) return account;
  if (type === 'CallReceived' || type === 'CallRestated') return data;
  if (account === undefined) return undefined;
  const { callId: _, callRevision, ...told } = data;
  if (type === 'CallStruck') return { ...account, callRevision, struck: true };
  if (type === 'CallAnswered') return { ...account, callRevision, answer: told as NonNullable<CallAccount['answer']> };
  if (type === 'CallAbandoned') {
    return { ...account, callRevision, abandonment: told as NonNullable<CallAccount['abandonment']> };
  }
  return { ...account, callRevision, ending: told as NonNullable<CallAccount['ending']> };
}
