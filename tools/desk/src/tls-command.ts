import { hostname, networkInterfaces } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ServerProblem } from '#servers/server-problem.js';
import { makeCertificates } from './office-certificates.js';

const USAGE = `npm run tls -- [NAME or ADDRESS …] [--data DIR]
  Makes an office CA (once) and a server certificate for the names and addresses given (this machine's own unless
  given) in DIR/tls; DIR is .uketsuke unless given. Run it again each year: the CA stays.`;

/** Answers the exit code. */
export async function runTls(args: readonly string[], say: (line: string) => void = console.log): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { data: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help) {
      say(USAGE);
      return 0;
    }
    const names = positionals.length > 0 ? positionals : ownNames();
    const made = await makeCertificates(join(resolve(values.data ?? '.uketsuke'), 'tls'), names);
    say(
      `Certificate for ${names.join(', ')}, good until ${made.validUntil.toISOString().slice(0, 10)}: ${made.certFile}`,
    );
    say(
      made.isNewCa
        ? `Install this CA on every PC of the desk, among the trusted root certificates (Windows: certlm.msc, "Trusted Root Certification Authorities"; Firefox: Settings, Certificates, Authorities): ${made.caFile}`
        : `The CA is the one of before; nothing has to be installed again: ${made.caFile}`,
    );
    say(`Keep office-ca-key.pem away from the network: whoever has it can pretend to be any site to these PCs.`);
    say(`Start: npm start -- --host ${names.at(-1)} --tls-cert ${made.certFile} --tls-key ${made.keyFile}`);
    return 0;
  } catch (error) {
    if (error instanceof ServerProblem) console.error(error.message);
    else if (error instanceof TypeError && 'code' in error) console.error(`${error.message}\n${USAGE}`);
    else throw error;
    return 1;
  }
}

function ownNames(): string[] {
  const addresses = Object.values(networkInterfaces())
    .flat()
    .filter((one) => one !== undefined && !one.internal && one.family === 'IPv4')
    .map((one) => one!.address);
  return [hostname(), 'localhost', '127.0.0.1', ...addresses];
}
