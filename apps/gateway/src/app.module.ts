import { join } from 'node:path';
import { Module, type DynamicModule } from '@nestjs/common';
import type pg from 'pg';
import { CallerSigner } from '#platform/service/caller-token.js';
import { Readiness } from '#platform/service/health.http.js';
import { Lifecycle } from '#platform/service/lifecycle.js';
import { ServiceLog } from '#platform/service/logging.js';
import { AccessLog } from '#vault/access-log.js';
import { KeyDirectory } from '#vault/key-directory.js';
import { AccountHttp } from './account/account.http.js';
import { AccountLog } from './account/account-log.js';
import { Accounts } from './account/accounts.js';
import { GatewayDatabase } from './account/gateway-database.js';
import { openAccounts } from './account/opening-accounts.js';
import { Door } from './door/door.js';
import { Forwarding } from './door/forwarding.js';
import { Visitors } from './door/visitors.js';
import { Vouching } from './door/vouching.js';
import type { GatewaySettings } from './gateway.settings.js';
import { OpenApiHttp } from './interface-document/openapi.http.js';
import { OpenApiDocument } from './interface-document/openapi-document.js';
import { ServiceAccountHttp } from './service-account/service-account.http.js';
import { ServiceAccounts } from './service-account/service-accounts.js';
import { Attempts } from './sign-in/attempts.js';
import { SignInHttp } from './sign-in/sign-in.http.js';
import { SignIns } from './sign-in/sign-ins.js';

const OPENED = Symbol('accounts opened');

/** The only open port of the desk. */
@Module({})
export class AppModule {
  static of(settings: GatewaySettings): DynamicModule {
    return {
      module: AppModule,
      controllers: [SignInHttp, AccountHttp, ServiceAccountHttp, OpenApiHttp],
      providers: [
        {
          provide: GatewayDatabase,
          inject: [Lifecycle, Readiness],
          useFactory: (lifecycle: Lifecycle, readiness: Readiness) =>
            GatewayDatabase.open(settings.databaseUrl.reveal(), lifecycle, readiness),
        },
        { provide: KeyDirectory, useFactory: () => KeyDirectory.open(settings.keyDirectory) },
        {
          provide: AccessLog,
          inject: [KeyDirectory, GatewayDatabase, Lifecycle, ServiceLog],
          useFactory: (keys: KeyDirectory, { pool }: GatewayDatabase, lifecycle: Lifecycle, log: ServiceLog) =>
            openAccessLog(keys, settings.keyDirectory, pool, lifecycle, log),
        },
        { provide: CallerSigner, useFactory: () => CallerSigner.open(settings.privateKey.reveal()) },
        {
          provide: OPENED,
          inject: [Accounts, AccountLog],
          useFactory: (accounts: Accounts, log: AccountLog) => openAccounts(settings, settings.mark, accounts, log),
        },
        ...[Accounts, AccountLog, SignIns, Attempts, ServiceAccounts],
        ...[Visitors, Door, Vouching, Forwarding, OpenApiDocument],
      ],
    };
  }
}

async function openAccessLog(
  keys: KeyDirectory,
  folder: string,
  pool: pg.Pool,
  lifecycle: Lifecycle,
  log: ServiceLog,
): Promise<AccessLog> {
  const accessLog = await AccessLog.open({
    pool,
    key: keys.keyOf('access-log'),
    headFile: join(folder, 'gateway.access-log-head.json'),
    onTrouble: () => log.error('The access log and its head file disagree: run npm run verify'),
  });
  lifecycle.onStop('lanes', () => accessLog.close());
  return accessLog;
}
