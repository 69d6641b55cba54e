import type { FactoryProvider } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { z } from 'zod';
import { openPool } from '../log/connection.js';
import { CallerGuard } from '../service/caller-guard.js';
import { CallerVerifier } from '../service/caller-token.js';
import { Lifecycle } from '../service/lifecycle.js';
import { variable } from '../service/settings.js';
import { ServiceDatabase } from './rows.js';

/** SPKI PEM, Ed25519: whom another key vouches for is nobody. */
export const gatewayPublicKeyVariable = variable('GATEWAY_PUBLIC_KEY', z.string().includes('BEGIN PUBLIC KEY'));

/** Nobody comes in without the gateway's word, and only where the access policy lets them. */
export function callerGuardBy(gatewayPublicKey: string): FactoryProvider {
  return { provide: APP_GUARD, useFactory: async () => new CallerGuard(await CallerVerifier.open(gatewayPublicKey)) };
}

/** The service's own tables, for `Rows`. @param after what makes the tables: the log, the subscriptions */
export function databaseOf(service: string, url: string, after: FactoryProvider['inject'] = []): FactoryProvider {
  return {
    provide: ServiceDatabase,
    inject: [Lifecycle, ...after],
    useFactory: (lifecycle: Lifecycle): ServiceDatabase => {
      const pool = openPool({ url, name: service }, 8);
      lifecycle.onStop('pool', () => pool.end());
      return { pool };
    },
  };
}
