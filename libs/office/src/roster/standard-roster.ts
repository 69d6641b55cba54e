import type { RosterTemplate } from './roster-template.js';

/** The template that ships, until the city gives its own. The same bytes each time. */
export async function standardRoster(): Promise<RosterTemplate> {
  throw new Error('Not in yet.');
}
