// Names every key that one language lacks, that the code asks for in vain, or that nothing asks for. Exit 1 if there is any.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { en } from '../src/lib/i18n/en/index.ts';
import { zhCN } from '../src/lib/i18n/zh-CN/index.ts';

const source = new URL('../src/', import.meta.url).pathname;

/** { a: { b: 'x' } } → Map { 'a.b' → 'x' } */
function flat(tree, prefix = '') {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${prefix}${key}`, value]] : flat(value, `${prefix}${key}.`),
  );
}

const chinese = new Map(flat(zhCN));
const english = new Map(flat(en));
/** What the code asks for: i18next chooses the form by the count. Chinese has one form (other), English two. */
const askedAs = (key) => key.replace(/_(one|other)$/, '');
/** The key whose text a language must have at least as well. */
const twinOf = (key) => key.replace(/_one$/, '_other');
/** A form without the other is a text that some counts lack. */
const halves = [...english.keys()]
  .filter((key) => /_(one|other)$/.test(key))
  .flatMap((key) => {
    const other = key.endsWith('_one') ? twinOf(key) : key.replace(/_other$/, '_one');
    return english.has(other) ? [] : [`missing in en: ${other}`];
  });
const placeholders = (text) =>
  [...text.matchAll(/{{(\w+)}}/g)]
    .map((match) => match[1])
    .sort((one, other) => one.localeCompare(other))
    .join(',');

// Every literal or template that could be a key counts as asked for: t('a.b'), t(x ? 'a.b' : 'a.c'), t(`a.${state}`).
const asked = new Set();
const askedPatterns = [];
const called = new Set();
let scanned = 0;
for (const name of await readdir(source, { recursive: true })) {
  if (!/\.tsx?$/.test(name) || /\.spec\.tsx?$/.test(name) || name.startsWith('lib/i18n/')) continue;
  scanned += 1;
  const text = await readFile(join(source, name), 'utf8');
  for (const [, key] of text.matchAll(/['"]([a-zA-Z]\w*(?:\.\w+)+)['"]/g)) asked.add(key);
  for (const [, template] of text.matchAll(/`([a-zA-Z]\w*\.[^`\s]*\$\{[^`]*)`/g)) {
    const pattern = template
      .split(/\$\{[^}]*\}/)
      .map((part) => part.replaceAll('.', '\\.'))
      .join('\\w+');
    if (/^[\w\\.+]+$/.test(pattern)) askedPatterns.push(new RegExp(`^${pattern}$`));
  }
  for (const [, key] of text.matchAll(/\bt\(\s*'([^']+)'/g)) called.add(key);
}

const problems = [
  ...[...chinese.keys()].filter((key) => !english.has(key)).map((key) => `missing in en: ${key}`),
  ...halves,
  ...[...english.keys()].filter((key) => !chinese.has(twinOf(key))).map((key) => `missing in zh-CN: ${key}`),
  ...[...chinese]
    .flatMap(([key, text]) => [
      [key, text],
      [key.replace(/_other$/, '_one'), text],
    ])
    .filter(([key, text]) => english.has(key) && placeholders(text) !== placeholders(english.get(key)))
    .map(([key]) => `other placeholders in en: ${key}`),
  ...[...called]
    .filter((key) => !chinese.has(key) && !chinese.has(`${key}_other`))
    .map((key) => `asked for, but in no language: ${key}`),
  ...[...chinese.keys()]
    .filter((key) => !asked.has(askedAs(key)) && !askedPatterns.some((pattern) => pattern.test(askedAs(key))))
    .map((key) => `never asked for: ${key}`),
];
if (scanned === 0) problems.push('no source file was scanned');
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);
console.log(`${chinese.size} keys in two languages, ${scanned} files: in step.`);
