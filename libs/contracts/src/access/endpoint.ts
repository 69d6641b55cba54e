import { ROLES, type Role } from './roles.js';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The services that answer behind the gateway. */
export const BEHIND_THE_GATEWAY = ['reservations', 'capacity', 'notices', 'inquiries', 'reporting'] as const;
export type BehindTheGateway = (typeof BEHIND_THE_GATEWAY)[number];

/** Who answers; `gateway` answers itself. */
export type Answering = 'gateway' | BehindTheGateway;

/** One thing that can be asked for, and who may. */
export interface Endpoint {
  readonly method: Method;
  /** As the service routes it, without `/api`: `/holds/:holdId`. */
  readonly path: string;
  readonly service: Answering;
  /** Who may. `anyone` need not be signed in; `signedIn` is every role. */
  readonly roles: readonly Role[] | 'anyone';
  /** The answer or the question holds personal data: only for trained, designated handlers (P03, P04). */
  readonly personalData: boolean;
  /** A call without an `Idempotency-Key` is refused (design §7). */
  readonly keyRequired: boolean;
}

/** The services that are asked by name and not through the gateway. */
export const INTERNAL_PREFIX = '/internal/';

export const everyone: readonly Role[] = ROLES;

export function endpointsOf(
  service: Answering,
  table: Readonly<Record<string, readonly Role[] | 'anyone' | { roles: readonly Role[]; personalData: true }>>,
): Endpoint[] {
  return Object.entries(table).map(([route, who]) => {
    const [method, path] = route.split(' ') as [Method, string];
    const personalData = typeof who === 'object' && 'roles' in who;
    const roles = personalData ? who.roles : (who as readonly Role[] | 'anyone');
    const keyRequired = method !== 'GET' && /^\/(holds|reservations|sessions)(\/|$)/.test(path);
    return { method, path, service, roles, personalData, keyRequired };
  });
}
