/** The fields that a thing can do without. */
export type Missable<Thing> = {
  [Field in keyof Thing]-?: object extends Pick<Thing, Field> ? Field : never;
}[keyof Thing];

/** Only what is to be different: what is left out stays, null empties a field that may be missing. */
export type Correction<Thing> = {
  [Field in keyof Thing]?: Field extends Missable<Thing> ? Thing[Field] | null : Thing[Field];
};

/** The thing after its correction; nothing in it is null. */
export function correctedBy<Thing extends object>(before: Thing, correction: Correction<Thing>): Thing {
  const merged = Object.entries({ ...before, ...correction });
  return Object.fromEntries(merged.filter(([, value]) => value !== null)) as Thing;
}
