import { Transform } from 'class-transformer';

/** For codes and names that are told apart: blanks around them are no part of them, as in a cell of a list. */
export function Trimmed(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));
}
