// Runs in jest's own process, which transforms nothing.
import '../../source.js';

const { startTestServers } = await import('./test-servers.ts');

export default async function setUp() {
  Object.assign(process.env, await startTestServers());
}
