import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { formatDocument, stringifyDocument } from '@urql/core';
import type { DocumentNode } from 'graphql';
import { type Plugin, runnerImport } from 'vite';

type DocumentModule = { documents: DocumentNode[] };

/**
 * Writes documents.json, { sha256: text } of every operation of the console. The server in production runs no other text,
 * so the text must be exactly what the client sends: formatted by urql, which adds __typename.
 */
export function trustedDocuments(): Plugin {
  let root = '';
  let outDir = '';
  return {
    name: 'jiyun:trusted-documents',
    apply: 'build',
    configResolved(config) {
      root = config.root;
      outDir = resolve(config.root, config.build.outDir);
    },
    async closeBundle() {
      const { module } = await runnerImport<DocumentModule>(join(root, 'src/app/documents.ts'), {
        root,
        configFile: false,
      });
      const texts = module.documents.map((document) => stringifyDocument(formatDocument(document)));
      if (texts.length === 0)
        throw new Error('No operation found under features/**/*.gql.ts: documents.json would lock the console out.');
      const entries = texts.map((text) => [createHash('sha256').update(text).digest('hex'), text]);
      await mkdir(outDir, { recursive: true });
      await writeFile(join(outDir, 'documents.json'), `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`);
    },
  };
}
