import { endpointsOf } from './endpoint.js';
import type { Role } from './roles.js';

const lead: readonly Role[] = ['supervisor', 'manager'];

/** Who reads numbers: aggregates only, so the city and those who check the desk may. */
const readers: readonly Role[] = [...lead, 'city', 'privacyOfficer', 'auditor'];

/** Lists of people: for trained, designated handlers who lead the desk. */
const rosters = { roles: lead, personalData: true } as const;

/** What reporting answers. */
export const reportingEndpoints = endpointsOf('reporting', {
  'GET /rosters/:sessionId.xlsx': rosters,
  'GET /rosters/term/:termId.xlsx': rosters,
  'GET /rosters/term/:termId.zip': rosters,
  // A file with personal data leaves when one asked and another agreed (§8.20)
  'POST /export-requests': { roles: ['operator', ...lead], personalData: true },
  'GET /export-requests': [...lead, 'privacyOfficer', 'auditor'],
  'POST /export-requests/:exportRequestId/approve': lead,
  'POST /export-requests/:exportRequestId/refuse': lead,
  'POST /deliveries': rosters,
  'GET /deliveries': [...lead, 'privacyOfficer', 'auditor'],
  'GET /deliveries/:deliveryId.xlsx': rosters,
  'POST /deliveries/:deliveryId/handed-over': lead,
  'POST /deliveries/:deliveryId/received': lead,
  'POST /deliveries/:deliveryId/destroyed': lead,
  'GET /deliveries/:deliveryId/receipt.docx': lead,
  'GET /rosters/:sessionId/changes.json': lead,
  'GET /rosters/:sessionId/changes.docx': lead,
  'PUT /templates/roster': lead,
  'GET /reports/daily/:date.json': readers,
  'GET /reports/daily/:date.docx': readers,
  'GET /reports/daily/:date.xlsx': readers,
  'PUT /reports/daily/:date/notes': lead,
  'GET /reports/tally/:termId.json': readers,
  'GET /reports/tally/:termId.xlsx': readers,
  'GET /reports/completion.json': readers,
  'GET /reports/completion.docx': readers,
  'GET /reports/completion.xlsx': readers,
  'GET /reports/privacy/:month.docx': ['manager', 'privacyOfficer', 'auditor'],
  'GET /reports/privacy/:month': ['manager', 'privacyOfficer', 'auditor'],
  'PUT /reports/privacy/:month': ['manager', 'privacyOfficer'],
  'POST /reports/privacy/log-reviews': ['manager', 'privacyOfficer', 'auditor'],
  'GET /reports/desk-facts': readers,
  'PUT /reports/desk-facts': ['manager'],
  'GET /reports/deliverables': readers,
  'GET /reports/staffing': readers,
  'GET /reports/staffing/plans/:date': lead,
  'PUT /reports/staffing/plans/:date': lead,
  'GET /obligations': readers,
  'POST /obligations/submissions': lead,
  'GET /obligations/submissions/:submissionId/cover.docx': lead,
  'POST /reports/staffing-notice.docx': lead,
  'GET /feeds/v1/manifest.json': readers,
  'GET /feeds/v1/:dataset.json': readers,
  'GET /feeds/v1/:dataset.csv': readers,
});
