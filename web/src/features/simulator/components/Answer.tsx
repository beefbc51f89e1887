import { CheckCircleOutlined, ClockCircleOutlined, CloseCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { readFragment } from '../../../graphql/tada';
import { Panel } from '../../../ui/Panel';
import { SaveTable } from '../../../ui/SaveTable';
import { StateTag } from '../../../ui/StateTag';
import { planPicture } from '../../../ui/three-centers/plan-picture';
import { ThreeCenters } from '../../../ui/three-centers/ThreeCenters';
import { ThreeCentersCenter } from '../../../ui/three-centers/three-centers.gql';
import type { SimulatorPageQuery } from '../simulator.gql';
import type { WhatIfInput } from '../simulator-input';
import { HeadroomList } from './HeadroomList';
import { type Hint, LineResults, type Simulation } from './LineResults';
import { PoolChanges, scaled } from './PoolChanges';
import { ServerChanges, SpaceChanges } from './ThingChanges';

const looks = {
  yes: { tone: 'good', icon: CheckCircleOutlined },
  no: { tone: 'bad', icon: CloseCircleOutlined },
  outdated: { tone: 'quiet', icon: ClockCircleOutlined },
} as const;

type Props = {
  simulation: Simulation;
  lines: WhatIfInput;
  words: readonly string[];
  centers: ResultOf<typeof SimulatorPageQuery>['centers'];
  /** The rows have changed since. */
  outdated: boolean;
  onTake: (index: number, hint: Hint) => void;
};

/** Where it would go, how far it goes, and what is free before and after. */
export function Answer({ simulation, lines, words, centers, outdated, onTake }: Props) {
  const { t } = useTranslation();
  const { planned, linked } = planPicture(
    lines.map((line, at) => ({ ...line, center: null, shares: placedOf(simulation.lines[at]) })),
    readFragment(ThreeCentersCenter, centers),
    t,
  );
  const heads = (key: 'saved' | 'savedPools') => t(`simulator.${key}`).split('/');
  return (
    <>
      <Panel
        title={t('simulator.answer')}
        aside={
          <>
            {outdated && <StateTag look={looks.outdated} word={t('simulator.outdated')} />}
            <StateTag
              look={simulation.feasible ? looks.yes : looks.no}
              word={t(simulation.feasible ? 'simulator.feasible' : 'simulator.infeasible')}
            />
            <SaveTable name="placement-simulation" table={() => savedLines(simulation, words, heads('saved'))} />
          </>
        }
      >
        <ThreeCenters centers={centers} planned={planned} linked={linked} compact />
        <LineResults simulation={simulation} words={words} onTake={outdated ? null : onTake} />
      </Panel>
      {lines.some(({ kind }) => kind === 'VM') && (
        <Panel
          title={t('simulator.pools')}
          aside={<SaveTable name="pools-after" table={() => savedPools(simulation, heads('savedPools'))} />}
        >
          <PoolChanges simulation={simulation} />
        </Panel>
      )}
      {simulation.servers.length > 0 && (
        <Panel title={t('simulator.servers')}>
          <ServerChanges servers={simulation.servers} />
        </Panel>
      )}
      {simulation.spaces.length > 0 && (
        <Panel title={t('simulator.spaces')}>
          <SpaceChanges spaces={simulation.spaces} />
        </Panel>
      )}
      {lines.some(({ kind }) => kind === 'VM') && (
        <Panel title={t('simulator.headroom')}>
          <HeadroomList simulation={simulation} />
        </Panel>
      )}
    </>
  );
}

/** The picture draws what would stand there; what found no room is told beside it. */
function placedOf(line: Simulation['lines'][number] | undefined) {
  return (line?.shares ?? []).filter(({ count, owed }) => count > 0 || owed);
}

function savedLines({ lines }: Simulation, words: readonly string[], header: string[]) {
  return {
    header,
    rows: lines.map((line) => {
      const refused = line.shares.flatMap(({ checks }) => checks).find((check) => !check.passed);
      const told = refused ?? line.checks.find((check) => !check.passed);
      return [
        words[line.index] ?? '',
        line.asked,
        line.placed,
        line.shares
          .filter(({ count }) => count > 0)
          .map(({ center, count, pools }) =>
            pools.length > 0
              ? pools.map(({ pool, count: machines }) => `${pool.code} × ${machines}`).join(' ')
              : `${center?.name ?? ''} × ${count}`,
          )
          .join(' '),
        told?.criterion ?? null,
        told ? [told.text, told.figures].filter(Boolean).join(' ') : null,
      ];
    }),
  };
}

function savedPools({ pools }: Simulation, header: string[]) {
  return {
    header,
    rows: pools.flatMap(({ pool, machines, meters }) =>
      meters.map(({ meter, total, freeBefore, freeAfter }) => [
        pool.center?.name ?? null,
        pool.code,
        machines,
        meter,
        ...[total, freeBefore, freeAfter].map((value) => scaled(meter, value)),
      ]),
    ),
  };
}
