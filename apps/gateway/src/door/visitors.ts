import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '#platform/service/caller.js';
import { ServiceAccounts } from '../service-account/service-accounts.js';
import { signInIdOf } from '../sign-in/cookie.js';
import { SignIns, tokenHash } from '../sign-in/sign-ins.js';

export interface Visitor {
  readonly caller: Caller;
  /** Of this sign-in or token; tells nothing about it. */
  readonly key: string;
}

const BEARER = /^Bearer ([\w-]{1,200})$/i;

/** Who stands before the door. */
@Injectable()
export class Visitors {
  constructor(
    @Inject(SignIns) private readonly signIns: SignIns,
    @Inject(ServiceAccounts) private readonly serviceAccounts: ServiceAccounts,
  ) {}

  /** By token where one is shown, else by cookie. @param touching as in `SignIns.callerOf` */
  async visitorOf(request: FastifyRequest, touching = true): Promise<Visitor | undefined> {
    const { authorization } = request.headers;
    const shown = authorization === undefined ? signInIdOf(request) : BEARER.exec(authorization)?.[1];
    if (shown === undefined) return undefined;
    const caller =
      authorization === undefined
        ? await this.signIns.callerOf(shown, touching)
        : await this.serviceAccounts.callerOf(shown);
    return caller && { caller, key: tokenHash(shown).toString('base64url') };
  }
}
