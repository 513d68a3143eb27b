import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { ref, schemas } from './schemas.js';

const about = new DocumentBuilder()
  .setOpenAPIVersion('3.1.0')
  .setTitle('Karnama')
  .setDescription(
    'Figures of the labour market, each with the answer to three questions: where does it come from, ' +
      'what was known when, and what has changed since. Errors are problem documents of RFC 9457.',
  )
  .setVersion('1')
  .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
  .addServer('/')
  .addTag('data', 'Figures')
  .addTag('indicators', 'Indicators with their definitions, figures and revisions')
  .addTag('catalogue', 'Dataflows, code lists, measures, releases')
  .addTag('lineage', 'From figures back to records')
  .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'Token of the auditors' }, 'auditor')
  .addTag('status', 'How current and complete everything is')
  .build();

const healthPath = (operationId: string, summary: string, failure: string | undefined): object => ({
  get: {
    operationId,
    summary,
    tags: ['status'],
    responses: {
      200: { description: 'Yes', content: { 'application/json': { schema: ref('Health') } } },
      ...(failure === undefined
        ? {}
        : {
            503: {
              description: failure,
              content: { 'application/problem+json': { schema: ref('Problem') } },
            },
          }),
    },
  },
});

/** The health addresses are shared by every app and know nothing of OpenAPI. */
const healthPaths = {
  '/health/live': healthPath('live', 'Does the process answer?', undefined),
  '/health/ready': healthPath('ready', 'Can it answer questions?', 'No, the store does not answer'),
};

/** The OpenAPI document of the routes of an app. */
export const openApiOf = (app: INestApplication): OpenAPIObject => {
  const document = SwaggerModule.createDocument(app, about);
  return {
    ...document,
    paths: { ...document.paths, ...healthPaths },
    components: { ...document.components, schemas: schemas },
  };
};
