import { Inject, Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import type { Accepted } from '../lane/lane-command.js';
import { formatPosition, POSITION_HEADER } from '../subscription/position-token.js';
import { OwnLog } from './log.module.js';

/** Answers an accepted command: its answer as the body, and in a header what a read must wait for to see it. */
@Injectable()
export class AcceptedInterceptor implements NestInterceptor {
  constructor(@Inject(OwnLog) private readonly log: OwnLog) {}

  intercept(context: ExecutionContext, next: CallHandler<Accepted>): Observable<unknown> {
    return next.handle().pipe(
      map(({ answer, positions }) => {
        const position = formatPosition({ logId: this.log.logId, positions: positions.filter(({ seq }) => seq > 0) });
        const reply = context.switchToHttp().getResponse<FastifyReply>();
        if (position !== undefined) void reply.header(POSITION_HEADER, position);
        return answer;
      }),
    );
  }
}
