import { CheckCircleOutlined, CloseCircleOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { count, gibOfMib } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { readStored, writeStored } from '../../../lib/stored';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { SaveTable } from '../../../ui/SaveTable';
import { StateTag } from '../../../ui/StateTag';
import { HeadroomList } from '../components/HeadroomList';
import { LineResults, type Simulation } from '../components/LineResults';
import { PoolChanges, scaled } from '../components/PoolChanges';
import { PasteDialog } from '../forms/PasteDialog';
import { RowsTable } from '../forms/RowsTable';
import { inputOf, newRow, type WhatIfRow } from '../forms/what-if-draft';
import { SimulatePlacementQuery, SimulationParts, SimulatorPageQuery } from '../simulator.gql';

/** Kept in this tab: a question of half an hour survives a reload. */
const KEPT_UNDER = 'jiyun.simulator';

/** 容量推演: what placement would do if these came. It holds nothing. */
export function SimulatorPage() {
  const { t } = useTranslation();
  const [{ data, error }, again] = useQuery({ query: SimulatorPageQuery });
  const [rows, setRows] = useState<WhatIfRow[]>(keptRows);
  const [asked, setAsked] = useState<{ lines: ReturnType<typeof inputOf>['lines'] } | null>(null);
  const [pasting, setPasting] = useState(false);
  useEffect(() => writeStored(sessionStorage, KEPT_UNDER, JSON.stringify(rows)), [rows]);
  const [answer, ask] = useQuery({
    query: SimulatePlacementQuery,
    variables: { input: asked ?? { lines: [] } },
    pause: asked === null,
    requestPolicy: 'network-only',
  });
  const { lines, errors } = inputOf(rows);
  const machines = lines.reduce((sum, line) => sum + line.count * (line.localMode === 'DUAL_ACTIVE' ? 2 : 1), 0);
  if (!data)
    return error ? (
      <FailureState
        failure={failureOf(error)}
        onRetry={() => again({ requestPolicy: 'network-only' })}
        home={<Link to={routes.home()}>{t('shell.toHome')}</Link>}
      />
    ) : (
      <LoadingState rows={8} />
    );
  const simulation = asked && answer.data ? readFragment(SimulationParts, answer.data.simulatePlacement) : null;
  return (
    <>
      <PageHeader title={t('simulator.title')}>{t('simulator.lead')}</PageHeader>
      <Panel
        title={t('simulator.rows')}
        aside={
          <Button size="small" onClick={() => setPasting(true)}>
            {t('simulator.paste')}
          </Button>
        }
      >
        <RowsTable rows={rows} centers={data.centers} onChange={setRows} />
        <div className="jy-form-foot">
          <Button icon={<PlusOutlined aria-hidden />} onClick={() => setRows([...rows, newRow(rows.at(-1))])}>
            {t('simulator.addRow')}
          </Button>
          <Button
            type="primary"
            disabled={errors.length > 0}
            loading={answer.fetching}
            onClick={() => {
              setAsked({ lines });
              ask({ requestPolicy: 'network-only' });
            }}
          >
            {t('simulator.run', { machines: count(machines) })}
          </Button>
          <p className="jy-quiet-text">
            {errors.length > 0 ? t('simulator.rowWrong', { row: errors[0]?.row ?? 1 }) : t('simulator.nothingHeld')}
          </p>
        </div>
      </Panel>
      <div aria-live="polite" aria-busy={answer.fetching}>
        {answer.error && !answer.data && <FailureState failure={failureOf(answer.error)} onRetry={() => ask()} />}
        {!asked && <EmptyState title={t('simulator.none')}>{t('simulator.noneText')}</EmptyState>}
        {simulation && asked && <Answer simulation={simulation} lines={asked.lines} />}
      </div>
      {pasting && <PasteDialog centers={data.centers} onRows={setRows} onClose={() => setPasting(false)} />}
    </>
  );
}

const looks = {
  yes: { tone: 'good', icon: CheckCircleOutlined },
  no: { tone: 'bad', icon: CloseCircleOutlined },
} as const;

function Answer({ simulation, lines }: { simulation: Simulation; lines: ReturnType<typeof inputOf>['lines'] }) {
  const { t } = useTranslation();
  const words = lines.map((line, at) =>
    t('simulator.line', {
      row: at + 1,
      count: count(line.count),
      size: `${line.vcpu}C${gibOfMib(line.memoryMib)}G`,
      zone: t(`zone.${line.zone}`),
      architecture: t(`architecture.${line.architecture}`),
    }),
  );
  return (
    <>
      <Panel
        title={t('simulator.answer')}
        aside={
          <>
            <StateTag
              look={simulation.feasible ? looks.yes : looks.no}
              word={t(simulation.feasible ? 'simulator.feasible' : 'simulator.infeasible')}
            />
            <SaveTable name="placement-simulation" table={() => savedLines(simulation, words, t('simulator.saved'))} />
          </>
        }
      >
        <LineResults simulation={simulation} words={words} />
      </Panel>
      <Panel
        title={t('simulator.pools')}
        aside={<SaveTable name="pools-after" table={() => savedPools(simulation, t('simulator.savedPools'))} />}
      >
        <PoolChanges simulation={simulation} />
      </Panel>
      <Panel title={t('simulator.headroom')}>
        <HeadroomList simulation={simulation} />
      </Panel>
    </>
  );
}

/** `heads` are the column's names, told with slashes between. */
function savedLines({ lines }: Simulation, words: readonly string[], heads: string) {
  return {
    header: heads.split('/'),
    rows: lines.map((line) => {
      const refused = line.checks.find((check) => !check.passed);
      return [
        words[line.index] ?? '',
        line.asked,
        line.placed,
        line.placements.map(({ pool, count: machines }) => `${pool.code} × ${machines}`).join(' '),
        refused?.criterion ?? null,
        refused ? [refused.text, refused.figures].filter(Boolean).join(' ') : null,
      ];
    }),
  };
}

function savedPools({ pools }: Simulation, heads: string) {
  return {
    header: heads.split('/'),
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

function keptRows(): WhatIfRow[] {
  try {
    const kept = JSON.parse(readStored(sessionStorage, KEPT_UNDER) ?? 'null') as WhatIfRow[] | null;
    return Array.isArray(kept) && kept.length > 0 ? kept.map((row) => newRow(row)) : [newRow()];
  } catch {
    return [newRow()];
  }
}
