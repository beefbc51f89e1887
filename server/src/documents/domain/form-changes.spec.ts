import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FULL_FORM } from '../../../../test/support/builders/form.ts';
import { canonicalJson } from '../../audit/domain/canonical-json.js';
import { formChanges } from './form-changes.js';
import type { FormContent } from './form-content.js';

const hashOf = (content: FormContent): string => createHash('sm3').update(canonicalJson(content)).digest('hex');

/** Every leaf of the form, by its path. */
function leaves(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (value === null || typeof value !== 'object') return [path];
  return Object.entries(value).flatMap(([key, part]) => leaves(part, [...path, key]));
}

function changed(path: readonly string[], to: unknown): FormContent {
  const copy = structuredClone(FULL_FORM) as unknown as Record<string, unknown>;
  const parent = path
    .slice(0, -1)
    .reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, copy);
  parent[path.at(-1) as string] = to;
  return copy as unknown as FormContent;
}

const valueAt = (path: readonly string[]): unknown =>
  path.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], FULL_FORM);

const ALL = leaves(FULL_FORM);

describe('a change of the form', () => {
  it('is seen by the hash and told in words, whichever field it is and whatever it becomes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ALL),
        fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)),
        (path, to) => {
          fc.pre(!Object.is(canonicalJson(to), canonicalJson(valueAt(path))));
          const other = changed(path, to);
          expect(hashOf(other)).not.toBe(hashOf(FULL_FORM));
          const reasons = formChanges(FULL_FORM, other);
          expect(reasons.length).toBeGreaterThan(0);
          for (const { zh, en } of reasons)
            expect([zh, en]).toEqual([expect.stringMatching(/\S/), expect.stringMatching(/\S/)]);
        },
      ),
      { numRuns: 600 },
    );
  });

  it('is looked for in every field that there is', () => {
    expect(ALL.length).toBe(117);
    for (const path of ALL) expect(formChanges(FULL_FORM, changed(path, 'another'))).not.toEqual([]);
  });

  it('is none where nothing changed, also when the keys come in another order', () => {
    const reversed = Object.fromEntries(
      Object.entries(structuredClone(FULL_FORM)).toReversed(),
    ) as unknown as FormContent;
    expect(formChanges(FULL_FORM, reversed)).toEqual([]);
    expect(hashOf(reversed)).toBe(hashOf(FULL_FORM));
  });

  it('is seen in what the resources of a change are and become, and in its DR modes', () => {
    const size = { vcpu: 2, memoryMib: 4_096, diskGib: 100 };
    const single = { localMode: 'SINGLE', remoteMode: 'NONE' };
    const modes = [{ line: 'web', from: single, to: single }];
    const resources = [{ line: 'web', code: 'VM-1', name: 'web-1', from: size, to: { ...size, vcpu: 4 } }];
    const sealed: FormContent = { ...FULL_FORM, change: { modes, resources } };
    const zh = (change: FormContent['change']) =>
      formChanges(sealed, change ? { ...sealed, change } : FULL_FORM).map((one) => one.zh);
    expect(zh({ modes, resources })).toEqual([]);
    expect(zh({ modes, resources: resources.map((one) => ({ ...one, to: { ...size, vcpu: 8 } })) })).toEqual([
      '资源变更前后的规格已变更',
    ]);
    expect(zh({ modes: [{ line: 'web', from: single, to: { ...single, remoteMode: 'DATA' } }], resources })).toEqual([
      '变更前后的容灾模式已变更',
    ]);
    expect(zh(undefined)).toHaveLength(2);
  });

  it('is seen in what the services of a change are and become', () => {
    const service = {
      ...{ line: 'waf', service: 'Web 防护', unit: '个', count: { from: 2, to: 5 } },
      answers: [{ label: '防护域名', from: 'a.gov.cn', to: 'b.gov.cn' }],
    };
    const of = (services: NonNullable<FormContent['change']>['services']): FormContent => ({
      ...FULL_FORM,
      change: { modes: [], resources: [], ...(services ? { services } : {}) },
    });
    const zh = (services: Parameters<typeof of>[0]) => formChanges(of([service]), of(services)).map((one) => one.zh);
    expect(zh([service])).toEqual([]);
    const said = ['服务变更前后的数量或内容已变更'];
    expect(zh([{ ...service, count: { from: 3, to: 5 } }])).toEqual(said);
    expect(zh([{ ...service, answers: [{ label: '防护域名', from: 'a.gov.cn', to: 'c.gov.cn' }] }])).toEqual(said);
    expect(zh(undefined)).toEqual(said);
  });

  it('is seen in what lies beside it: by the bytes, the name, the kind and the order', () => {
    const letter = { kind: 'LETTER', name: '公函.pdf', sm3: 'a'.repeat(64) } as const;
    const plan = { kind: 'TECHNICAL_PLAN', name: '方案.docx', sm3: 'b'.repeat(64) } as const;
    const of = (attachments: FormContent['attachments']): FormContent => ({
      ...FULL_FORM,
      ...(attachments ? { attachments } : {}),
    });
    const sealed = of([letter, plan]);
    const zh = (attachments: FormContent['attachments']) => formChanges(sealed, of(attachments)).map((one) => one.zh);
    expect(zh([letter, plan])).toEqual([]);
    expect(zh(undefined)).toEqual(['撤下了附件“公函.pdf”', '撤下了附件“方案.docx”']);
    expect(zh([letter, { ...plan, sm3: 'c'.repeat(64) }])).toEqual(['撤下了附件“方案.docx”', '添加了附件“方案.docx”']);
    expect(zh([letter, { ...plan, kind: 'OTHER' }])).toHaveLength(2);
    expect(zh([plan, letter])).toEqual(['附件的顺序已变更']);
    for (const other of [undefined, [letter], [plan, letter]]) expect(hashOf(of(other))).not.toBe(hashOf(sealed));
    expect(hashOf(of(undefined))).toBe(hashOf(FULL_FORM));
  });

  it('names lines that came, went, changed or moved', () => {
    const [first, second, ...rest] = FULL_FORM.lines;
    const zh = (lines: FormContent['lines']) => formChanges(FULL_FORM, { ...FULL_FORM, lines }).map((one) => one.zh);
    if (!first || !second) throw new Error('the fixture has lines');
    expect(zh([second, ...rest])).toEqual(['删除了明细“web-0”']);
    expect(zh([...FULL_FORM.lines, { ...first, name: 'db' }])).toEqual(['新增了明细“db”']);
    expect(zh([{ ...first, count: 5, place: '同城数据中心 B' }, second, ...rest])).toEqual([
      '明细“web-0”的“部署位置”已变更',
      '明细“web-0”的“数量”已变更',
    ]);
    expect(zh([second, first, ...rest])).toEqual(['资源明细的顺序已变更']);
  });
});
