import { Inject, Injectable } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { BEHIND_THE_GATEWAY } from '#contracts/access/endpoint.js';
import { SETTINGS } from '#platform/service/service.module.js';
import { unavailable } from '../door/forwarding.js';
import { upstreamsOf, type GatewaySettings } from '../gateway.settings.js';
import { mergeDocuments, type ServiceDocument } from './merged-document.js';

const ASKED_FOR_MS = 5_000;

/** The OpenAPI document of the whole desk: what the gateway answers itself, and what its services say of themselves. */
@Injectable()
export class OpenApiDocument {
  private own: OpenAPIObject | undefined;

  constructor(@Inject(SETTINGS) private readonly settings: GatewaySettings) {}

  /** Once, when every controller is there. */
  describe(app: NestFastifyApplication): void {
    const about = new DocumentBuilder()
      .setTitle('Uketsuke')
      .setDescription(
        "The booking desk of a city's classes. Refusals are problem documents (RFC 9457) with a stable slug.",
      )
      .setVersion('1')
      .setOpenAPIVersion('3.1.0')
      .setLicense('MIT', '')
      .build();
    this.own = SwaggerModule.createDocument(app, about);
  }

  /** @throws Refusal `unavailable` when a service does not answer: half a document would be a wrong one */
  async whole(): Promise<OpenAPIObject> {
    const upstreams = upstreamsOf(this.settings);
    const services = await Promise.all(BEHIND_THE_GATEWAY.map((service) => documentOf(service, upstreams[service])));
    return mergeDocuments(this.own!, services);
  }
}

async function documentOf(service: ServiceDocument['service'], url: string): Promise<ServiceDocument> {
  try {
    const answer = await fetch(`${url}/openapi.json`, { signal: AbortSignal.timeout(ASKED_FOR_MS) });
    if (!answer.ok) throw new Error(`${service} answered ${answer.status}`);
    return { service, document: (await answer.json()) as OpenAPIObject };
  } catch {
    throw unavailable();
  }
}
