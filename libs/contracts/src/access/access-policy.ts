import { endpointsOf, everyone, type Endpoint, type Method } from './endpoint.js';
import { reportingEndpoints } from './reporting-endpoints.js';
import type { Role } from './roles.js';

// The desk: who books. The lead: who decides for the desk. What is not in this table is refused to everyone.

const desk: readonly Role[] = ['operator', 'supervisor', 'manager'];
const lead: readonly Role[] = ['supervisor', 'manager'];
const handlers = { roles: desk, personalData: true } as const;
const leadHandlers = { roles: lead, personalData: true } as const;

/** Who may ask for what: the one table of the whole desk, checked by the gateway and again by the service (R028). */
export const accessPolicy: readonly Endpoint[] = [
  ...endpointsOf('gateway', {
    'POST /sign-in': 'anyone',
    'POST /sign-out': everyone,
    'GET /me': everyone,
    'GET /openapi.json': everyone,
    'GET /asyncapi.json': everyone,
    'GET /accounts': ['administrator', 'auditor'],
    'POST /accounts': ['administrator'],
    'PUT /accounts/:accountId/roles': ['administrator'],
    'POST /accounts/:accountId/disable': ['administrator'],
    'POST /accounts/:accountId/trainings': ['manager', 'privacyOfficer'],
    'POST /accounts/:accountId/designations': ['manager', 'privacyOfficer'],
    'POST /service-accounts': ['administrator'],
    'DELETE /service-accounts/:accountId': ['administrator'],
  }),
  ...endpointsOf('reservations', {
    'GET /terms': everyone,
    'POST /terms': lead,
    'GET /terms/:termId': everyone,
    'PUT /terms/:termId': lead,
    'POST /terms/:termId/readiness': lead,
    'POST /terms/:termId/open': lead,
    'POST /terms/:termId/close': lead,
    'POST /terms/:termId/erase': ['manager', 'privacyOfficer'],
    'GET /venues': everyone,
    'POST /venues': lead,
    'PUT /venues/:venueId': lead,
    'GET /courses': everyone,
    'POST /courses': lead,
    'PUT /courses/:courseId': lead,
    'POST /sessions': lead,
    'POST /sessions/import': lead,
    'GET /sessions/:sessionId': everyone,
    'PUT /sessions/:sessionId': lead,
    'POST /sessions/:sessionId/close': lead,
    'POST /sessions/:sessionId/call-off': lead,
    'POST /sessions/:sessionId/raise-capacity': lead,
    'POST /holds': desk,
    'POST /holds/:holdId/extend': desk,
    'DELETE /holds/:holdId': desk,
    'POST /reservations': handlers,
    'POST /reservations/search': handlers,
    'GET /reservations/:reservationId': desk,
    'GET /reservations/:reservationId/household': handlers,
    'POST /reservations/:reservationId/move': desk,
    'POST /reservations/:reservationId/cancel': desk,
    'PATCH /reservations/:reservationId/applicant': handlers,
    'POST /reservations/:reservationId/tell': handlers,
    'POST /offers/:offerId/decline': desk,
    'POST /persons/:personId/restrict': leadHandlers,
    'POST /persons/:personId/erase': ['manager', 'privacyOfficer'],
    'GET /contact-lists': lead,
    'GET /contact-lists/:contactListId': leadHandlers,
    'POST /contact-lists/:contactListId/attempts': leadHandlers,
    'GET /access-log': ['privacyOfficer', 'auditor'],
    'GET /postal-codes/:code': desk,
    'POST /postal-codes/search': desk,
  }),
  ...endpointsOf('capacity', {
    'GET /capacity/sessions': everyone,
    'GET /capacity/sessions/:sessionId': everyone,
    'GET /capacity/sessions/:sessionId/at': everyone,
    'POST /capacity/sessions/:sessionId/alternatives': desk,
    'GET /capacity/live': everyone,
  }),
  ...reportingEndpoints,
  ...endpointsOf('inquiries', {
    'GET /calls': desk,
    'GET /calls/numbers': everyone,
    'GET /calls/now': everyone,
    'POST /calls': desk,
    'POST /calls/import': lead,
    'PATCH /calls/:callId/close': desk,
    'POST /calls/:callId/strike': lead,
    'PUT /calls/:callId/draft': handlers,
    'GET /calls/:callId/draft': handlers,
    'DELETE /calls/:callId/draft': handlers,
    'GET /days/:date': desk,
    'POST /days/:date/close': lead,
    'GET /calls/cost': ['supervisor', 'manager', 'city'],
    'GET /call-rates': ['supervisor', 'manager', 'city'],
    'POST /call-rates': ['manager'],
    'GET /ivr/schedule': everyone,
    'GET /paper-packs': desk,
    'POST /paper-packs': lead,
    'GET /paper-packs/:packId/pack.pdf': desk,
    'POST /paper-packs/:packId/return': lead,
    'GET /ivr/extensions.conf': ['supervisor', 'manager', 'administrator'],
    'POST /inquiries': desk,
    'POST /inquiries/tally': desk,
    'POST /inquiries/:inquiryId/undo': desk,
    'PATCH /inquiries/:inquiryId': desk,
    'GET /inquiries': desk,
    'GET /inquiries/days': everyone,
    'GET /inquiries/:inquiryId/note': handlers,
    'POST /escalations': handlers,
    'GET /escalations': desk,
    'GET /escalations/:escalationId': handlers,
    'GET /escalations/:escalationId/sheet.docx': desk,
    'POST /escalations/:escalationId/confirm': ['manager'],
    'POST /escalations/:escalationId/send-to-city': ['manager'],
    'POST /escalations/:escalationId/answer': ['manager'],
    'POST /escalations/:escalationId/call-back': handlers,
    'POST /escalations/:escalationId/close': desk,
    // Questions that name nobody, and the city's own answers
    'GET /city-questions': ['manager', 'city'],
    'POST /city-questions/:escalationId/answer': ['city'],
    'POST /complaints': handlers,
    'GET /complaints': desk,
    'GET /complaints/:complaintId': handlers,
    'POST /complaints/:complaintId/urgent': desk,
    'POST /complaints/:complaintId/city-calls': ['manager'],
    'POST /complaints/:complaintId/notes': handlers,
    'POST /complaints/:complaintId/report': ['manager'],
    'POST /complaints/:complaintId/close': lead,
    'POST /callbacks': handlers,
    'GET /callbacks': desk,
    'GET /callbacks/:callbackId': handlers,
    'POST /callbacks/:callbackId/attempts': desk,
    'POST /callbacks/:callbackId/close': desk,
    'POST /faq/search': everyone,
    'GET /faq': everyone,
    'GET /faq/:faqId': everyone,
    'POST /faq': desk,
    'PUT /faq/:faqId': desk,
    'POST /faq/import': lead,
    // By somebody else than who wrote it
    'POST /faq/publish': lead,
    'POST /faq/:faqId/publish': lead,
    'POST /faq/:faqId/send-back': lead,
    'POST /faq/:faqId/review': lead,
    'POST /faq/:faqId/retire': lead,
    'GET /faq/export.xlsx': everyone,
    'GET /faq/export.docx': everyone,
    'GET /faq/candidates': handlers,
    'POST /faq/candidates/:unlistedTopicId/dismiss': lead,
  }),
  ...endpointsOf('notices', {
    'GET /notices': desk,
    'GET /notices/due': desk,
    'GET /notices/expectation': desk,
    'GET /notices/ledger': everyone,
    'GET /notices/posting-settings': everyone,
    'POST /notices/posting-settings': ['supervisor', 'manager', 'administrator'],
    'GET /notices/batches': desk,
    'POST /notices/batches': handlers,
    'GET /notices/batches/:batchId': desk,
    // Only a supervisor, or who stands in for one: the responsible person (表1, §8.26)
    'POST /notices/batches/:batchId/approve': lead,
    'POST /notices/batches/:batchId/send-back': lead,
    'GET /notices/batches/:batchId/proof.pdf': handlers,
    'GET /notices/batches/:batchId/notices.docx': handlers,
    'GET /notices/batches/:batchId/notices.pdf': handlers,
    'GET /notices/batches/:batchId/addresses.pdf': handlers,
    'POST /notices/batches/:batchId/printed': desk,
    'POST /notices/batches/:batchId/reprinted': desk,
    'POST /notices/batches/:batchId/posted': desk,
    'POST /notices/:noticeId/returned': desk,
    'POST /notices/:noticeId/reissue': desk,
    'GET /notices/:noticeId/arrival': desk,
    'POST /notices/:noticeId/handling': lead,
    'POST /notices/:noticeId/read-out': desk,
    'GET /templates/notice': everyone,
    'PUT /templates/notice': lead,
    'POST /templates/notice/preview': lead,
  }),
];

const byRoute = new Map(accessPolicy.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint]));

/** @param route as routed: `/holds/:holdId` */
export function endpointOf(method: Method, route: string): Endpoint | undefined {
  return byRoute.get(`${method} ${route}`);
}

export type Verdict = 'allowed' | 'not-signed-in' | 'forbidden' | 'not-designated';

/** @param caller undefined when nobody is signed in */
export function verdictOn(
  endpoint: Endpoint | undefined,
  caller: { readonly roles: readonly Role[]; readonly handler: boolean } | undefined,
): Verdict {
  if (endpoint?.roles === 'anyone') return 'allowed';
  if (caller === undefined) return 'not-signed-in';
  const { roles } = endpoint ?? {};
  if (endpoint === undefined || !caller.roles.some((role) => roles!.includes(role))) return 'forbidden';
  return endpoint.personalData && !caller.handler ? 'not-designated' : 'allowed';
}
