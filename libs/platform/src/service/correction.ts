import { ApiProperty, DECORATORS, PartialType, type ApiPropertyOptions } from '@nestjs/swagger';
import { ValidateIf } from 'class-validator';
import type { Correction, Missable } from '#kernel/correction.js';

/**
 * The body that corrects another one. A null is refused everywhere else: `PartialType` alone would take it for a field
 * that was left out, and hand it on.
 * @param emptied may be missing from `body`; their null is documented
 */
export function CorrectionOf<Body extends object>(
  body: new () => Body,
  emptied: readonly (Missable<Body> & string)[],
): new () => Correction<Body> {
  const corrected = PartialType(body, { skipNullProperties: false });
  for (const field of emptied) {
    const known = Reflect.getMetadata(
      DECORATORS.API_MODEL_PROPERTIES,
      corrected.prototype,
      field,
    ) as ApiPropertyOptions;
    const description = [known.description, 'null empties it.'].filter(Boolean).join(' ');
    ApiProperty({ ...known, nullable: true, description } as ApiPropertyOptions)(corrected.prototype, field);
    ValidateIf((_, value) => value !== null)(corrected.prototype, field);
  }
  return corrected as new () => Correction<Body>;
}
