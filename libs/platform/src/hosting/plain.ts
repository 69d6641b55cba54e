/** A checked body as plain data without what is absent: events know no `undefined`, and no class. */
export function plain<Body extends object>(body: Body): PlainOf<Body> {
  return JSON.parse(JSON.stringify(body)) as PlainOf<Body>;
}

type PlainOf<Body> = { [Key in keyof Body]: Body[Key] };
