export interface KafkaPorts {
  readonly client: number;
  readonly controller: number;
  /** Present when clients of this listener shall come through a proxy: where it listens, and the port it is told to advertise. */
  readonly proxied?: { listen: number; advertise: number } | undefined;
}

export function serverProperties(logDir: string, ports: KafkaPorts): string {
  const { client, controller, proxied } = ports;
  const properties: Record<string, string | number> = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controller}`,
    listeners: [
      `PLAINTEXT://127.0.0.1:${client}`,
      `CONTROLLER://127.0.0.1:${controller}`,
      ...(proxied ? [`PROXIED://127.0.0.1:${proxied.listen}`] : []),
    ].join(','),
    // Clients reconnect to the advertised address: a proxy in front of the bootstrap port alone would be bypassed.
    'advertised.listeners': [
      `PLAINTEXT://127.0.0.1:${client}`,
      ...(proxied ? [`PROXIED://127.0.0.1:${proxied.advertise}`] : []),
    ].join(','),
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,PROXIED:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    'log.dirs': logDir,
    'auto.create.topics.enable': 'false',
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 3,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 3,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'group.initial.rebalance.delay.ms': 0,
    'log.retention.ms': -1,
    'num.network.threads': 2,
    'num.io.threads': 4,
    // A broker that was killed may not register again before its last session has run out (9 s by default).
    'broker.session.timeout.ms': 2_000,
    'broker.heartbeat.interval.ms': 500,
    // The defaults reserve 128 MB of heap for compaction and 20 MB of index for every partition.
    'log.cleaner.dedupe.buffer.size': 8 << 20,
    'log.index.size.max.bytes': 1 << 20,
  };
  return lines(properties);
}

export function loggingProperties(): string {
  return lines({
    status: 'error',
    'appender.out.type': 'Console',
    'appender.out.name': 'out',
    'appender.out.layout.type': 'PatternLayout',
    'appender.out.layout.pattern': '%d %p %m (%c{1})%n%throwable{short}',
    'rootLogger.level': 'warn',
    // It warns of every start.
    'logger.controller.name': 'org.apache.kafka.controller.QuorumController',
    'logger.controller.level': 'error',
    'rootLogger.appenderRef.out.ref': 'out',
  });
}

function lines(properties: Record<string, string | number>): string {
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}
