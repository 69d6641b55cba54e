import { createHash } from 'node:crypto';
import { ApiProperty } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { LineField } from '#platform/service/fields.js';

export class AsOfQuery {
  @LineField({ max: 2_000, optional: true, description: '`asOf.position` of an earlier answer: the same again.' })
  asOf?: string;
}

export class AskedOfAnswer {
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) instant: string | null;
  @ApiProperty({ description: 'Sent as `asOf`, the same is answered again.' }) position: string;
  @ApiProperty({
    type: 'integer',
    description: 'Streams that could not be applied: above 0, do not trust the numbers.',
  })
  parked: number;
}

export class AsOfAnswer {
  @ApiProperty({ type: 'integer' }) schemaVersion: 1;
  @ApiProperty({ type: AskedOfAnswer }) asOf: AskedOfAnswer;
}

const TYPES: Readonly<Record<string, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  zip: 'application/zip',
};

/** How a file is documented: `@ApiOkResponse(fileOf('xlsx'))`. */
export function fileOf(kind: 'docx' | 'xlsx' | 'zip') {
  return { content: { [TYPES[kind]!]: { schema: { type: 'string', format: 'binary' } } } };
}

/** Where a document is from: `asOf` that makes it again. */
export const AS_OF_HEADER = 'uketsuke-as-of';

/** A document with its SHA-256 and the place of the log it was made from. @param name no personal data, ASCII */
export async function sendFile(reply: FastifyReply, content: Buffer, name: string, asOf: string): Promise<void> {
  const sha256 = createHash('sha256').update(content).digest('hex');
  await reply
    .header('content-type', TYPES[name.split('.').at(-1)!] ?? 'application/octet-stream')
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('cache-control', 'no-store')
    .header(AS_OF_HEADER, asOf)
    .header('repr-digest', `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`)
    .send(content);
}
