import { z } from 'zod';
import { EmbeddedFeed } from '../feed/embedded-feed.js';
import type { Feed } from '../feed/feed.js';
import { KafkaFeed } from '../kafka/kafka-feed.js';
import { databaseUrlSchema, databaseWeaknessOf, type Secret } from '../service/secret.js';
import { commonVariables, optionalSecret, variable } from '../service/settings.js';

/** How a service hears others: from the topics of a broker, or from their logs. */
export const transportVariables = {
  kafkaBrokers: commonVariables.kafkaBrokers,
  topicPrefix: variable('KAFKA_TOPIC_PREFIX', z.string().regex(/^[\w.-]{0,100}$/).default('')), // prettier-ignore
};

/** The address of the reader role on the database of that service: `RESERVATIONS_LOG_URL`; needed without Kafka. */
export function logUrlVariable(source: string) {
  return optionalSecret(`${source.toUpperCase()}_LOG_URL`, databaseWeaknessOf, databaseUrlSchema);
}

export interface Transport {
  readonly kafkaBrokers: readonly string[] | undefined;
  readonly topicPrefix: string;
}

/** @throws Error when neither a broker nor the log itself was named */
export function openFeed(
  service: string,
  source: string,
  { kafkaBrokers, topicPrefix }: Transport,
  logUrl: Secret | undefined,
): Feed {
  if (kafkaBrokers !== undefined) return new KafkaFeed(source, kafkaBrokers, service, topicPrefix);
  if (logUrl === undefined) throw new Error(`Set ${source.toUpperCase()}_LOG_URL, or KAFKA_BROKERS.`);
  return new EmbeddedFeed(source, { url: logUrl.reveal(), name: `${service}-feed` });
}
