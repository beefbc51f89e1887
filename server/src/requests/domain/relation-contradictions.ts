/** Decides whether what two lines say of each other can hold at once: together in a cabinet and apart in its room cannot, wherever they go. */
import type { RelationScope } from '../../allocation/domain/placement-facts.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { InputPath } from '../../kernel/refusal.js';
import type { LineContent, LineRelation } from './content.js';

/** What is together in the narrower is so in the wider, too. */
const WIDTH: { readonly [S in RelationScope]: number } = { CABINET: 0, POOL: 0, ROOM: 1, CENTER: 2 };

const SCOPE_WORDS: { readonly [S in RelationScope]: Bilingual } = {
  CABINET: say('机柜', 'cabinet'),
  POOL: say('资源池', 'pool'),
  ROOM: say('机房', 'room'),
  CENTER: say('数据中心', 'center'),
};

interface Said extends LineRelation {
  readonly by: string;
}

/** Each at the later of the two that contradict each other. Said by one line, it holds for both. */
export function contradictionsIn(
  lines: readonly Pick<LineContent, 'name' | 'relations'>[],
): { readonly path: InputPath; readonly message: Bilingual }[] {
  const known = new Map<string, Said[]>();
  return lines.flatMap(({ name, relations = [] }, index) =>
    relations.flatMap((relation, n) => {
      const pair = JSON.stringify([name, relation.line].toSorted());
      const before = known.get(pair) ?? [];
      const against = before.find((one) => contradicts(one, relation));
      known.set(pair, [...before, { ...relation, by: name }]);
      if (!against) return [];
      const path = ['content', 'lines', String(index), 'relations', String(n)];
      return [{ path, message: contradiction(name, relation, against) }];
    }),
  );
}

function contradicts(a: LineRelation, b: LineRelation): boolean {
  if (a.kind === b.kind) return false;
  const [together, apart] = a.kind === 'TOGETHER' ? [a, b] : [b, a];
  return WIDTH[together.scope] <= WIDTH[apart.scope];
}

function contradiction(name: string, said: LineRelation, against: Said): Bilingual {
  const [scope, other] = [SCOPE_WORDS[said.scope], SCOPE_WORDS[against.scope]];
  const [zh, en] = said.kind === 'APART' ? ['分开', 'apart by'] : ['同处', 'together by'];
  const [zhOther, enOther] = against.kind === 'APART' ? ['分开', 'apart by'] : ['同处', 'together by'];
  return say(
    `“${name}”与“${said.line}”按${scope.zh}${zh}，而“${against.by}”已写按${other.zh}${zhOther}，两者不能同时满足，请去掉一条`,
    `“${name}” and “${said.line}” are to be ${en} ${scope.en}, while “${against.by}” says ${enOther} ${other.en}: both cannot hold, take one out`,
  );
}
