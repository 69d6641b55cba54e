import { Inject, Injectable } from '@nestjs/common';
import { Rows } from '#platform/hosting/rows.js';
import { plainName } from './ids.js';

/** What the city names, and has renamed since. */
type Kind = 'venue' | 'course';

const BEARERS: Readonly<Record<Kind, string>> = {
  venue: 'select venue_id as id, name from venue',
  course: 'select course_id as id, title as name from course',
};

/** Who bears which name now. */
export class Names {
  private readonly ids = new Map<string, string[]>();
  private readonly taken: ReadonlySet<string>;

  constructor(bearers: readonly { readonly id: string; readonly name: string }[]) {
    this.taken = new Set(bearers.map(({ id }) => id));
    for (const { id, name } of bearers) this.ids.set(plainName(name), [...this.bearersOf(name), id]);
  }

  /** One or none: more only of those who were renamed in the same instant. */
  bearersOf(name: string): readonly string[] {
    return this.ids.get(plainName(name)) ?? [];
  }

  /** Whose name it is already; undefined also for a thing that keeps its name. */
  otherBearer(id: string, name: string): string | undefined {
    const bearers = this.bearersOf(name);
    return bearers.includes(id) ? undefined : bearers[0];
  }

  /** For something new: that of the bearer, for the rule to refuse, or one that nobody ever had under that name. */
  idFor(name: string, idOf: (name: string, nth: number) => string): string {
    const [bearer] = this.bearersOf(name);
    if (bearer !== undefined) return bearer;
    let nth = 1;
    while (this.taken.has(idOf(name, nth))) nth++;
    return idOf(name, nth);
  }
}

@Injectable()
export class PresentNames {
  constructor(@Inject(Rows) private readonly rows: Rows) {}

  async of(kind: Kind): Promise<Names> {
    return new Names(await this.rows.all<{ id: string; name: string }>(`${kind}-names`, BEARERS[kind]));
  }
}
