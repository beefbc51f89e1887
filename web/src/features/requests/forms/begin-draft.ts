import type { RequestLineKind } from '../../../graphql/enums';
import type { ResultOf } from '../../../graphql/tada';
import type { PastRequest } from '../request-form.gql';
import type { Choices, LineDraft, VmDraft } from './line-draft';
import { type ChosenSystem, emptyDraft, forSystem, type RequestDraft } from './request-draft';

/** A request that was made before, with its system unmasked. */
export type Past = Omit<ResultOf<typeof PastRequest>, 'system'> & { system: ChosenSystem };

/** Systems that the viewer asked for, the last first, each once; then others of the department until there are enough. */
export function recentSystems(past: readonly Past[], others: readonly ChosenSystem[], most: number): ChosenSystem[] {
  const systems = new Map<string, ChosenSystem>();
  for (const system of [...past.map((request) => request.system), ...others])
    if (!systems.has(system.id)) systems.set(system.id, system);
  return [...systems.values()].slice(0, most);
}

/** A form for a system, begun like what was last asked for it: its project, and of machines the size, the image and the zone. */
export function beginDraft(
  choices: Choices,
  { system, kind, past }: { system: ChosenSystem | null; kind: RequestLineKind; past: readonly Past[] },
): RequestDraft {
  const draft = emptyDraft(choices, kind);
  const before = past.filter((request) => request.system.id === system?.id);
  const lines = draft.lines.map((line): LineDraft => (line.kind === 'VM' ? likeLast(line, choices, before) : line));
  if (!system) return { ...draft, lines };
  const lastProject = before[0]?.project.id;
  const paying = system.projects.some(({ id }) => id === lastProject) ? lastProject : undefined;
  const start = forSystem(system);
  return { ...draft, ...start, projectId: paying ?? start.projectId, lines };
}

/** As the last machines of the system, as far as it is still offered. */
function likeLast(line: VmDraft, { catalog }: Choices, before: readonly Past[]): VmDraft {
  for (const { linePage } of before)
    for (const { vm } of linePage.nodes) {
      const offer = catalog.offers.find(({ id }) => id === vm?.offer.id);
      const image = catalog.images.find(({ id }) => id === vm?.image.id);
      if (!vm || !offer || !image) continue;
      const { zone, storageTier, diskGib } = vm;
      return { ...line, offerId: offer.id, imageId: image.id, zone, storageTier, diskGib };
    }
  return line;
}
