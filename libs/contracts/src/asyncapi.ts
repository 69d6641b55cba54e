import { dataschemaOf } from './dataschema.js';
import type { AnyCatalogue, JsonSchema } from './event-catalogue.js';

export interface AsyncApiOptions {
  /** Of the release that the document describes. */
  readonly version: string;
  /** P, fixed when the databases are made (design §3). */
  readonly partitions: number;
  readonly topics: { readonly [topic: string]: AnyCatalogue };
}

const KAFKA_BINDING = '0.5.0';

/** AsyncAPI 3: one channel a topic, one message for every version of every type that stands in it. Plain JSON. */
export function asyncApiOf({ version, partitions, topics }: AsyncApiOptions): JsonSchema {
  const channels = Object.entries(topics).map(([topic, catalogue]) => [topic, channelOf(topic, catalogue, partitions)]);
  const operations = Object.keys(topics).map((topic) => [
    `publish-${topic}`,
    {
      action: 'send',
      channel: { $ref: `#/channels/${topic}` },
      summary: `Relays the log of ${topic.replace(/\.events$/, '')}, partition by partition, in commit order.`,
    },
  ]);
  const messages = Object.values(topics).flatMap((catalogue) => versionsOf(catalogue).map(messageOf));
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Uketsuke events',
      version,
      description:
        'What the services of a booking desk tell each other. No event holds personal data: persons are ids. ' +
        'CloudEvents 1.0 in binary mode; the value is the data as JSON. Readers ignore fields they do not know.',
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(channels) as JsonSchema,
    operations: Object.fromEntries(operations) as JsonSchema,
    components: {
      messages: Object.fromEntries(messages) as JsonSchema,
      schemas: { CloudEventHeaders: cloudEventHeaders },
      messageBindings: {
        keyedByStream: {
          kafka: { key: { type: 'string', description: 'The stream.' }, bindingVersion: KAFKA_BINDING },
        },
      },
    },
  };
}

interface Version {
  readonly catalogue: AnyCatalogue;
  readonly type: string;
  readonly version: number;
}

function versionsOf(catalogue: AnyCatalogue): Version[] {
  return catalogue
    .types()
    .flatMap((type) =>
      Array.from({ length: catalogue.latest(type) }, (_, at) => ({ catalogue, type, version: at + 1 })),
    );
}

function channelOf(topic: string, catalogue: AnyCatalogue, partitions: number): JsonSchema {
  const references = versionsOf(catalogue).map(({ type, version }) => [
    `${type}.v${version}`,
    { $ref: `#/components/messages/${type}.v${version}` },
  ]);
  return {
    address: topic,
    description:
      'Key = stream = ce_subject. The partition is (murmur2(key) & 0x7fffffff) % partitions, the partition of the log; ' +
      'ce_sequence counts 1, 2, 3, … in it without holes. Order holds within a partition, not across. ' +
      'Everything is kept: a reader may begin again at 1.',
    messages: Object.fromEntries(references) as JsonSchema,
    bindings: {
      kafka: {
        topic,
        partitions,
        topicConfiguration: { 'cleanup.policy': ['delete'], 'retention.ms': -1, 'retention.bytes': -1 },
        bindingVersion: KAFKA_BINDING,
      },
    },
  };
}

function messageOf({ catalogue, type, version }: Version): [string, JsonSchema] {
  const { $schema: _, ...payload } = catalogue.jsonSchema(type, version);
  return [
    `${type}.v${version}`,
    {
      name: type,
      contentType: 'application/json',
      headers: {
        allOf: [
          { $ref: '#/components/schemas/CloudEventHeaders' },
          { properties: { ce_type: { const: type }, ce_dataschema: { const: dataschemaOf(type, version) } } },
        ],
      },
      payload,
      bindings: { $ref: '#/components/messageBindings/keyedByStream' },
    },
  ];
}

const COUNTED = { type: 'string', pattern: '^[1-9][0-9]*$' };

/** The headers that `cloud-event.ts` writes. All are texts, numbers in decimal. */
const cloudEventHeaders = {
  type: 'object',
  required: [
    'ce_specversion',
    'ce_id',
    'ce_type',
    'ce_source',
    'ce_time',
    'ce_subject',
    'ce_dataschema',
    'content-type',
    'ce_sequence',
    'ce_logid',
    'ce_streamversion',
  ],
  properties: {
    ce_specversion: { const: '1.0' },
    ce_id: { type: 'string', description: 'The same event has the same id wherever it is met.' },
    ce_type: { type: 'string', description: 'The bare name of the event.' },
    ce_source: { type: 'string', format: 'uri-reference', description: 'Who publishes.' },
    ce_time: { type: 'string', format: 'date-time', description: 'Of the commit; never falls within a partition.' },
    ce_subject: { type: 'string', description: 'The stream.' },
    ce_dataschema: { type: 'string', format: 'uri', description: 'urn:uketsuke:<Type>.v<N>' },
    'content-type': { const: 'application/json' },
    ce_sequence: { ...COUNTED, description: 'Place in the partition of the log.' },
    ce_logid: { type: 'string', description: 'The log that the sequence counts in.' },
    ce_streamversion: { ...COUNTED, description: 'Place in the stream.' },
    ce_correlationid: { type: 'string', description: 'One for all that one request set in motion.' },
    ce_causationid: { type: 'string', description: 'The event that this one reacts to.' },
    traceparent: { type: 'string', description: 'W3C trace context of the command.' },
  },
};
