import '../../source.js';

const { stopTestServers } = await import('./test-servers.ts');

export default stopTestServers;
