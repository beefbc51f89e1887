/** Decides in which fields two contents of the form differ, in words that say why a sealed paper no longer counts. */
import { canonicalJson } from '../../audit/domain/canonical-json.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { FormAttachment, FormContent, FormLine, FormPart } from './form-content.js';
import { FIELD_WORDS, LINE_FIELD_WORDS } from './form-words.js';

const same = (a: unknown, b: unknown): boolean => canonicalJson(a ?? null) === canonicalJson(b ?? null);

/** Empty = the same content. Lines are told apart by their names, which are unique in a request. */
export function formChanges(sealed: FormContent, now: FormContent): Bilingual[] {
  const parts = (Object.keys(FIELD_WORDS) as FormPart[]).flatMap((part) => partChanges(part, sealed, now));
  const attached = attachmentChanges(sealed.attachments ?? [], now.attachments ?? []);
  return [...parts, ...lineChanges(sealed.lines, now.lines), ...changesOfWhatIs(sealed, now), ...attached];
}

/** By their bytes: the same file under another name, or as another kind of paper, is told as changed. */
function attachmentChanges(sealed: readonly FormAttachment[], now: readonly FormAttachment[]): Bilingual[] {
  const [before, after] = [new Set(sealed.map(canonicalJson)), new Set(now.map(canonicalJson))];
  const changes = [
    ...sealed
      .filter((one) => !after.has(canonicalJson(one)))
      .map(({ name }) => say(`撤下了附件“${name}”`, `attachment “${name}” was taken back`)),
    ...now
      .filter((one) => !before.has(canonicalJson(one)))
      .map(({ name }) => say(`添加了附件“${name}”`, `attachment “${name}” was added`)),
  ];
  if (changes.length > 0 || same(sealed, now)) return changes;
  return [say('附件的顺序已变更', 'the order of the attachments has changed')];
}

/** Of a change request: what its resources are, and what they become. */
function changesOfWhatIs(sealed: FormContent, now: FormContent): Bilingual[] {
  const [modes, resources, services] = [
    same(sealed.change?.modes, now.change?.modes),
    same(sealed.change?.resources, now.change?.resources),
    same(sealed.change?.services, now.change?.services),
  ];
  return [
    ...(modes ? [] : [say('变更前后的容灾模式已变更', 'the DR modes before and after have changed')]),
    ...(resources ? [] : [say('资源变更前后的规格已变更', 'what its resources are and become has changed')]),
    ...(services ? [] : [say('服务变更前后的数量或内容已变更', 'what its services are and become has changed')]),
  ];
}

function partChanges(part: FormPart, sealed: FormContent, now: FormContent): Bilingual[] {
  const before = sealed[part] as Readonly<Record<string, unknown>>;
  const after = now[part] as Readonly<Record<string, unknown>>;
  const words = FIELD_WORDS[part] as Readonly<Record<string, Bilingual>>;
  return Object.entries(words).flatMap(([field, word]) =>
    same(before[field], after[field]) ? [] : [say(`“${word.zh}”已变更`, `“${word.en}” has changed`)],
  );
}

function lineChanges(sealed: readonly FormLine[], now: readonly FormLine[]): Bilingual[] {
  const before = new Map(sealed.map((line) => [line.name, line]));
  const after = new Map(now.map((line) => [line.name, line]));
  const changes = [
    ...sealed.flatMap((line) => {
      const other = after.get(line.name);
      return other
        ? changedFields(line, other)
        : [say(`删除了明细“${line.name}”`, `line “${line.name}” was taken out`)];
    }),
    ...now
      .filter((line) => !before.has(line.name))
      .map((line) => say(`新增了明细“${line.name}”`, `line “${line.name}” was added`)),
  ];
  if (changes.length > 0 || same(sealed, now)) return changes;
  return [say('资源明细的顺序已变更', 'the order of the lines has changed')];
}

function changedFields(before: FormLine, after: FormLine): Bilingual[] {
  return (Object.keys(LINE_FIELD_WORDS) as (keyof FormLine)[])
    .filter((field) => !same(before[field], after[field]))
    .map((field) => {
      const word = LINE_FIELD_WORDS[field];
      return say(`明细“${before.name}”的“${word.zh}”已变更`, `“${word.en}” of line “${before.name}” has changed`);
    });
}
