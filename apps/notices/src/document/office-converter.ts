import { spawn } from 'node:child_process';
import { access, constants, readFile, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { Refusal } from '#kernel/refusal.js';

const PROGRAMS = ['soffice', 'libreoffice'];
/** For 500 cards and the first start of a profile; measured: 45 cards a second. */
const WITHIN_MS = 180_000;

/** LibreOffice, where it is installed: renders what the city's template became, as the printer would see it. */
export class OfficeConverter {
  /** @param path of the folders in which programs are looked for */
  constructor(private readonly path = process.env['PATH'] ?? '') {}

  async program(): Promise<string | undefined> {
    for (const folder of this.path.split(delimiter)) {
      for (const name of PROGRAMS) {
        const program = join(folder, name);
        if (folder !== '' && (await isRunnable(program))) return program;
      }
    }
    return undefined;
  }

  /** @throws Refusal `converter-missing` 409 */
  async mustBeThere(): Promise<string> {
    const program = await this.program();
    if (program !== undefined) return program;
    throw new Refusal(
      'converter-missing',
      'conflict',
      'LibreOfficeがありません。notices.docxを使うか、インストールしてください。',
    );
  }

  /**
   * @param folder where `name` lies and the PDF will; a profile of its own, so that two at once do not meet
   * @returns the PDF and its pages
   * @throws Error when the program fails or takes too long
   */
  async toPdf(folder: string, name: string, signal?: AbortSignal): Promise<{ bytes: Buffer; pages: number }> {
    const program = await this.mustBeThere();
    const profile = join(folder, `${name}-profile`);
    const options = ['--headless', '--norestore', `-env:UserInstallation=file://${profile}`];
    const task = ['--convert-to', 'pdf', '--outdir', folder, join(folder, name)];
    try {
      await run(program, [...options, ...task], folder, signal);
      const bytes = await readFile(join(folder, name.replace(/\.docx$/, '.pdf')));
      return { bytes, pages: pagesOf(bytes) };
    } finally {
      await rm(profile, { recursive: true, force: true });
    }
  }
}

/** Counted in the file itself: page objects stand in plain in what LibreOffice writes. */
export function pagesOf(pdf: Uint8Array): number {
  return Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0; // prettier-ignore
}

function run(program: string, options: readonly string[], home: string, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    // A group of its own: `soffice` starts another program, which has to end with it
    const child = spawn(program, options, {
      stdio: 'ignore',
      detached: true,
      env: { PATH: process.env['PATH'], HOME: home, LANG: 'C.UTF-8' },
    });
    const end = () => {
      try {
        process.kill(-child.pid!, 'SIGKILL');
      } catch {
        // it has ended already
      }
    };
    const late = setTimeout(end, WITHIN_MS);
    signal?.addEventListener('abort', end, { once: true });
    const done = (error?: Error) => {
      clearTimeout(late);
      signal?.removeEventListener('abort', end);
      if (error === undefined) resolve();
      else reject(error);
    };
    child.once('error', done);
    child.once('exit', (code) => done(code === 0 ? undefined : new Error('LibreOffice could not render the notices.')));
  });
}

async function isRunnable(program: string): Promise<boolean> {
  return access(program, constants.X_OK).then(
    () => true,
    () => false,
  );
}
