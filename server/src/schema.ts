import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { pino } from 'pino';
import { DataSource } from 'typeorm';
import { ApplicationModule } from './application.module.js';
import { entities } from './entities.js';
import { graphqlApi } from './graphql-api.js';
import { systemClock } from './kernel/clock.js';
import type { Configuration } from './platform/config/configuration.js';
import type { CryptoProvider } from './platform/crypto/crypto-provider.js';
import { dataSourceOptions } from './platform/database/data-source.js';
import { TrustedDocuments } from './platform/graphql/trusted-documents.js';

const HEADER = '# Printed from the code by "npm run schema"; not written by hand.\n\n';

/** The API without a database: nothing is asked of it while modules are put together. */
export async function openSchemaApplication(configuration: Configuration): Promise<INestApplication> {
  const application = await NestFactory.create(
    ApplicationModule.of({
      ground: {
        configuration,
        db: new DataSource(dataSourceOptions({ socketPath: '/nowhere', database: 'none' }, entities)),
        crypto: {} as CryptoProvider,
        clock: systemClock,
      },
      demonstration: null,
      parts: [graphqlApi({ documents: TrustedDocuments.any, logger: pino({ level: 'silent' }) })],
    }),
    { logger: false },
  );
  return application.init();
}

export async function printedSchema(configuration: Configuration): Promise<string> {
  const application = await openSchemaApplication(configuration);
  const { schema } = application.get(GraphQLSchemaHost);
  const text = printSchema(lexicographicSortSchema(schema));
  await application.close();
  return `${HEADER}${text}\n`;
}
