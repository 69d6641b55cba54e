import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent, fetch as fetchBy, type buildConnector } from 'undici';
import { ServerProblem } from '#servers/server-problem.js';

/** How a desk is reached: `fetch`, and whose certificate it believes. */
export type Fetch = typeof fetch;

/** For a desk of our own: its certificate and no other, by whatever name or address it is called. */
export function pinnedTo(certFile: string): Fetch {
  const pem = readPem(certFile);
  const { fingerprint256 } = new X509Certificate(pem);
  return fetchWith({
    ca: pem,
    // The CA of the office need not be at hand: this one certificate is the root.
    allowPartialTrustChain: true,
    checkServerIdentity: (host, shown) =>
      shown.fingerprint256 === fingerprint256 ? undefined : new Error(`${host} shows another certificate than ours.`),
  });
}

/** For somebody's desk: certificates of this CA alone, made for the name it is called by. */
export function trusting(caFile: string): Fetch {
  return fetchWith({ ca: readPem(caFile) });
}

/** What is wrong with a certificate, as a sentence that says what to do; undefined where it is something else. */
export function certificateProblem(url: string, thrown: unknown): string | undefined {
  const { code } = ((thrown as Error | undefined)?.cause ?? {}) as { readonly code?: string };
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return `The certificate of ${url} is not made for this name: call the desk by one of its names, or make a certificate for it (npm run tls).`;
  }
  if (code === 'CERT_HAS_EXPIRED') return `The certificate of ${url} has ended: make a new one (npm run tls).`;
  if (code === undefined || !/CERT|ISSUER|SIGNATURE/.test(code)) return undefined;
  return `The certificate of ${url} is not trusted here (${code}): give the CA of the office, --ca DIR/tls/office-ca.pem.`;
}

function fetchWith(connect: buildConnector.BuildOptions): Fetch {
  const dispatcher = new Agent({ connect });
  const reach: typeof fetchBy = (address, init) => fetchBy(address, { ...init, dispatcher });
  return reach as unknown as Fetch;
}

function readPem(file: string): string {
  try {
    const pem = readFileSync(file, 'utf8');
    void new X509Certificate(pem);
    return pem;
  } catch (error) {
    throw new ServerProblem(`${file} is no certificate in PEM form (${(error as NodeJS.ErrnoException).code}).`);
  }
}
