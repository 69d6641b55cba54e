import { join } from 'node:path';
import type { FactoryProvider } from '@nestjs/common';
import { ServiceDatabase } from '#platform/hosting/rows.js';
import { Lifecycle } from '#platform/service/lifecycle.js';
import { ServiceLog } from '#platform/service/logging.js';
import { AccessLog } from './access-log.js';
import { KeyDirectory } from './key-directory.js';

/** The keys and the access log of a service that handles personal data; the log's table is a migration of the service. */
export function vaultOf(service: string, keyDirectory: string): FactoryProvider[] {
  return [
    { provide: KeyDirectory, useFactory: () => KeyDirectory.open(keyDirectory) },
    {
      provide: AccessLog,
      inject: [ServiceDatabase, KeyDirectory, Lifecycle, ServiceLog],
      useFactory: async ({ pool }: ServiceDatabase, keys: KeyDirectory, lifecycle: Lifecycle, log: ServiceLog) => {
        const accessLog = await AccessLog.open({
          pool,
          key: keys.keyOf('access-log'),
          headFile: join(keyDirectory, `${service}.access-log-head.json`),
          onTrouble: () => log.error('The access log and its head file disagree: run npm run verify'),
        });
        lifecycle.onStop('consumers', () => accessLog.close());
        return accessLog;
      },
    },
  ];
}
