import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = resolve(import.meta.dirname, '../..');
const drawings = join(root, 'node_modules/@ant-design/icons-svg/es/asn');

const sources = readdirSync(join(root, 'web/src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => ({ path, text: readFileSync(join(root, 'web/src', path), 'utf8') }));

/** Names that the console imports from the icon library. */
function usedIcons(): Set<string> {
  const lists = sources.flatMap(({ text }) => [...text.matchAll(/import \{([^}]*)\} from '@ant-design\/icons'/g)]);
  return new Set(lists.flatMap(([, list]) => (list as string).split(',').map((name) => name.trim())).filter(Boolean));
}

/** Some drawings bring an empty style element, which the console's content security policy refuses. */
const bringsStyle = (name: string): boolean => readFileSync(join(drawings, `${name}.js`), 'utf8').includes('"style"');

describe('the content security policy, which refuses inline styles', () => {
  it('is kept by every icon', () => {
    const used = [...usedIcons()];
    expect(used.length).toBeGreaterThan(30);
    expect(used.filter(bringsStyle)).toEqual([]);
    // One that does, so that the look is known to see it.
    expect(bringsStyle('RestOutlined')).toBe(true);
  });

  it('is kept by every text area: one that grows by itself measures with a style attribute', () => {
    const grows = ({ text }: { text: string }): boolean => /\bautoSize\b/.test(text);
    expect(sources.filter(grows).map(({ path }) => path)).toEqual([]);
    expect(grows({ text: '<Input.TextArea autoSize />' })).toBe(true);
  });
});
