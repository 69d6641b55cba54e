import type { Refusal } from '#kernel/refusal.js';
import { invalidBody } from '#platform/service/validation.js';

export function invalidSettings(field: string, rule: string): Refusal {
  return invalidBody([{ field, rules: [rule] }]);
}
