import { join } from 'node:path';
import { workspaceRoot } from './workspace-root.js';

export const SERVICES = ['reservations', 'capacity', 'notices', 'inquiries', 'reporting', 'gateway'] as const;
export type Service = (typeof SERVICES)[number];
export type InnerService = Exclude<Service, 'gateway'>;

interface Wiring {
  readonly name: InnerService;
  /** Whose logs it reads: it cannot start before they are there. */
  readonly hears: readonly InnerService[];
  /** Whom it asks by address, and survives without an answer. */
  readonly asks: readonly InnerService[];
  /** Whether it handles personal data, or has an access log. */
  readonly hasKeys: boolean;
}

/** Who needs whom, each after those that it hears: started in this order where a log has to be made first. */
export const WIRING: readonly Wiring[] = [
  { name: 'reservations', hears: [], asks: ['capacity'], hasKeys: true },
  { name: 'capacity', hears: ['reservations'], asks: [], hasKeys: false },
  { name: 'notices', hears: ['reservations'], asks: ['reservations'], hasKeys: true },
  { name: 'inquiries', hears: ['reservations', 'notices'], asks: ['reservations'], hasKeys: true },
  {
    name: 'reporting',
    hears: ['reservations', 'notices', 'inquiries'],
    asks: ['reservations', 'notices', 'inquiries'],
    hasKeys: true,
  },
];

/** Who is heard by somebody. */
export const SOURCES: readonly InnerService[] = [...new Set(WIRING.flatMap(({ hears }) => hears))];

/** `RESERVATIONS_URL` */
export const addressVariable = (service: InnerService) => `${service.toUpperCase()}_URL`;
/** `RESERVATIONS_LOG_URL` */
export const logVariable = (source: string) => `${source.toUpperCase()}_LOG_URL`;

/** What Node is given to run a service. */
export type Programs = Readonly<Record<Service, readonly string[]>>;

/**
 * A booking makes much that is soon forgotten: with a nursery of 32 MB it takes a sixth less processor time (record 9).
 * Elsewhere it would only cost memory.
 */
const NODE_FOR: Partial<Record<Service, readonly string[]>> = { reservations: ['--max-semi-space-size=32'] };

export function builtPrograms(): Programs {
  // Without source maps: reading them takes half a second of processor a service, and what is built reads like its source.
  const built = (name: Service) => [...(NODE_FOR[name] ?? []), join(workspaceRoot(), 'dist/apps', name, 'src/main.js')];
  return Object.fromEntries(SERVICES.map((name) => [name, built(name)])) as unknown as Programs;
}
