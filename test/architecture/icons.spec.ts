import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = resolve(import.meta.dirname, '../..');
const drawings = join(root, 'node_modules/@ant-design/icons-svg/es/asn');

/** Names that the console imports from the icon library. */
function usedIcons(): Set<string> {
  const names = new Set<string>();
  for (const path of readdirSync(join(root, 'web/src'), { recursive: true, encoding: 'utf8' })) {
    if (!/\.tsx?$/.test(path)) continue;
    const text = readFileSync(join(root, 'web/src', path), 'utf8');
    for (const [, list] of text.matchAll(/import \{([^}]*)\} from '@ant-design\/icons'/g))
      for (const name of (list as string).split(',')) if (name.trim() !== '') names.add(name.trim());
  }
  return names;
}

/** Some drawings bring an empty style element, which the console's content security policy refuses. */
const bringsStyle = (name: string): boolean => readFileSync(join(drawings, `${name}.js`), 'utf8').includes('"style"');

describe('icons', () => {
  it('bring no style of their own', () => {
    const used = [...usedIcons()];
    expect(used.length).toBeGreaterThan(30);
    expect(used.filter(bringsStyle)).toEqual([]);
    // One that does, so that the look is known to see it.
    expect(bringsStyle('RestOutlined')).toBe(true);
  });
});
