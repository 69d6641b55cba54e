import { generateKeyPairSync } from 'node:crypto';
import { Controller, Get, Module, Param, Post } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RunningService } from './bootstrap.js';
import { CALLER_HEADER, CurrentCaller, type Caller } from './caller.js';
import { CallerGuard } from './caller-guard.js';
import { CallerSigner, CallerVerifier } from './caller-token.js';
import { startRehearsal } from './rehearsal-desk.js';

@Controller()
class DeskHttp {
  @Post('holds')
  hold(@CurrentCaller() caller: Caller): Caller {
    return caller;
  }

  @Post('reservations/search')
  search(): object {
    return { found: [] };
  }

  /** In no table: somebody forgot. */
  @Get('forgotten/:id')
  forgotten(@Param('id') id: string): object {
    return { id };
  }

  @Get('internal/seats')
  internal(@CurrentCaller() caller: Caller): Caller {
    return caller;
  }
}

let service: RunningService;
let signer: CallerSigner;

beforeAll(async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  signer = await CallerSigner.open(privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);
  const verifier = await CallerVerifier.open(publicKey.export({ type: 'spki', format: 'pem' }) as string);
  @Module({ controllers: [DeskHttp], providers: [{ provide: APP_GUARD, useValue: new CallerGuard(verifier) }] })
  class DeskModule {}
  service = await startRehearsal({ module: DeskModule });
});
afterAll(() => service?.stop());

const operator: Caller = { accountId: 'op-01', roles: ['operator'], handler: true };

async function ask(route: string, caller?: Caller): Promise<[number, Record<string, unknown>]> {
  const [method, path] = route.split(' ') as [string, string];
  const headers = caller && { [CALLER_HEADER]: await signer.sign(caller) };
  const answer = await fetch(service.url + path, { method, ...(headers && { headers }) });
  return [answer.status, (await answer.json()) as Record<string, unknown>];
}

describe('a service', () => {
  test('answers whom the gateway vouches for, and knows who it is', async () => {
    expect(await ask('POST /holds', operator)).toEqual([201, operator]);
  });

  test('answers nobody without a token, or with one that is none', async () => {
    expect(await ask('POST /holds')).toEqual([401, expect.objectContaining({ slug: 'not-signed-in' })]);
    for (const token of ['op-01', `${await signer.sign(operator)}x`]) {
      const { status } = await fetch(`${service.url}/holds`, { method: 'POST', headers: { [CALLER_HEADER]: token } });
      expect(status).toBe(401);
    }
  });

  test('refuses a role what the policy does not give it', async () => {
    const city: Caller = { ...operator, roles: ['city'] };
    expect(await ask('POST /holds', city)).toEqual([403, expect.objectContaining({ slug: 'forbidden' })]);
  });

  test('refuses everybody a route that is not in the policy', async () => {
    const [status, { slug }] = await ask('GET /forgotten/1', { ...operator, roles: ['manager', 'administrator'] });
    expect([status, slug]).toEqual([403, 'forbidden']);
  });

  test('refuses personal data to who is not designated, and says that this is why', async () => {
    const [status, problem] = await ask('POST /reservations/search', { ...operator, handler: false });
    expect([status, problem]).toEqual([403, expect.objectContaining({ slug: 'forbidden', reason: 'not-designated' })]);
    expect((await ask('POST /reservations/search', operator))[0]).toBe(201);
  });

  test('wants a token for what services ask each other, and answers probes without one', async () => {
    expect((await ask('GET /internal/seats'))[0]).toBe(401);
    expect((await ask('GET /internal/seats', operator))[0]).toBe(200);
    expect((await ask('GET /health/live'))[0]).toBe(200);
  });
});
