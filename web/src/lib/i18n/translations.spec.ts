import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import i18next from 'i18next';
import { clusterReaches, powerStates, requestStates, resourceStates } from '../../ui/states';
import { changeLanguage } from '.';
import { withTranslations } from './for-tests';

await withTranslations();

describe('translations', () => {
  it('are in step, and every key is used', async () => {
    const script = join(import.meta.dirname, '../../../scripts/check-translations.mjs');
    const { stdout } = await promisify(execFile)(process.execPath, [script], {
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    expect(stdout).toContain('in step');
  });

  it.each(['zh-CN', 'en'] as const)('have a word for every state in %s', async (language) => {
    await changeLanguage(language);
    const keys = [
      ...Object.keys(requestStates).map((state) => `state.request.${state}`),
      ...Object.keys(resourceStates).map((state) => `state.resource.${state}`),
      ...Object.keys(powerStates).map((state) => `state.power.${state}`),
      ...Object.keys(clusterReaches).map((state) => `center.reach.${state}`),
    ];
    for (const key of keys) expect(i18next.exists(key, { fallbackLng: [] })).toBe(true);
  });
});
