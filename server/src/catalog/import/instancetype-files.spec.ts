import { describe, expect, it } from '@jest/globals';
import { draftOffers, type ImportFile } from './instancetype-files.js';

function yaml(name: string, memory = '"8Gi"', cpu = '2'): string {
  return `---
apiVersion: instancetype.kubevirt.io/v1beta1
kind: VirtualMachineClusterInstancetype
metadata:
  name: "${name}"
spec:
  cpu:
    guest: ${cpu}
  memory:
    guest: ${memory}
`;
}

function problemsOf(...files: ImportFile[]): string[] {
  const drafts = draftOffers(files, 'AMD64');
  return drafts.ok ? [] : drafts.error.map((p) => `${p.file}#${p.document ?? '-'} ${p.field}: ${p.message.en}`);
}

describe('draftOffers', () => {
  it('reads every document of every file', () => {
    const drafts = draftOffers(
      [
        { name: 'u.yaml', text: yaml('u1.small') + yaml('u1.large') },
        { name: 'm.yaml', text: yaml('m1.large', '16Gi') },
      ],
      'ARM64',
    );
    expect(drafts).toMatchObject({
      ok: true,
      value: [
        { file: 'u.yaml', document: 1, offer: { code: 'u1.small', architecture: 'ARM64' } },
        { file: 'u.yaml', document: 2, offer: { code: 'u1.large' } },
        { file: 'm.yaml', document: 1, offer: { code: 'm1.large', family: 'MEMORY' } },
      ],
    });
  });

  it('passes over empty documents without losing count', () => {
    const text = `${yaml('a')}---\n# nothing here\n${yaml('b', '"lots"')}---\n`;
    expect(problemsOf({ name: 'f.yaml', text })).toEqual([
      'f.yaml#3 spec.memory.guest: must be an amount of memory such as 8Gi',
    ]);
  });

  it('names file, document and field of everything that is wrong, in all files at once', () => {
    expect(
      problemsOf(
        { name: 'a.yaml', text: yaml('good') + yaml('bad', '8Gi', '0') },
        { name: 'b.yaml', text: yaml('Bad!') },
      ),
    ).toEqual([
      'a.yaml#2 spec.cpu.guest: must be a whole number from 1 to 512',
      'b.yaml#1 metadata.name: must be 1 to 63 lower-case letters, digits, dots or hyphens',
    ]);
  });

  it('refuses a name that stands twice, within a file or across files', () => {
    expect(
      problemsOf({ name: 'a.yaml', text: yaml('x') + yaml('x') }, { name: 'b.yaml', text: yaml('y') + yaml('x') }),
    ).toEqual([
      'a.yaml#2 metadata.name: x is already the name of document 1 of a.yaml',
      'b.yaml#2 metadata.name: x is already the name of document 1 of a.yaml',
    ]);
  });

  it.each([
    ['a broken flow', 'a: [1, 2'],
    ['a key twice', 'kind: A\nkind: B'],
    ['a tab for indent', 'a:\n\tb: 1'],
    ['an unknown alias', 'a: *nowhere'],
  ])('refuses %s as YAML, saying which document', (_what, text) => {
    expect(problemsOf({ name: 'f.yaml', text: `${yaml('x')}---\n${text}\n` })).toEqual([
      expect.stringMatching(/^f\.yaml#2 : not valid YAML: .+/),
    ]);
  });

  it('refuses aliases that unfold into a mountain', () => {
    const levels = Array.from({ length: 9 }, (_, i) => `l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`).join(', ')}]`);
    const text = `l0: &l0 [x]\n${levels.join('\n')}\n`;
    expect(problemsOf({ name: 'f.yaml', text })).toEqual([expect.stringContaining('f.yaml#1 : not valid YAML')]);
  });

  it('refuses files without any instance type, too large ones and too many types', () => {
    expect(problemsOf({ name: 'f.yaml', text: '' })).toEqual(['f.yaml#- : there is no instance type in it']);
    expect(problemsOf({ name: 'f.yaml', text: `# ${'x'.repeat(1 << 20)}` })).toEqual([
      'f.yaml#- : the file is larger than 1024 KiB',
    ]);
    const many = Array.from({ length: 1001 }, (_, i) => yaml(`t${i}`)).join('');
    expect(problemsOf({ name: 'f.yaml', text: many })).toEqual(['f.yaml#- : there are more than 1000 instance types']);
  });

  it('gives each of the many its own sense: a list is no mapping, a scalar is none either', () => {
    expect(problemsOf({ name: 'f.yaml', text: '- 1\n---\nhello\n' })).toEqual([
      'f.yaml#1 : the document is no mapping',
      'f.yaml#2 : the document is no mapping',
    ]);
  });
});
