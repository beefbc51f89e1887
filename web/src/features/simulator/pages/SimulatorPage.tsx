import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { readStored, writeStored } from '../../../lib/stored';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { Answer } from '../components/Answer';
import { useLineWords } from '../components/use-line-words';
import { PasteDialog } from '../forms/PasteDialog';
import { RowsTable } from '../forms/RowsTable';
import { changed, inputOf, KINDS, newRow, type WhatIfRow } from '../forms/what-if-draft';
import { SimulatePlacementQuery, SimulationParts, SimulatorPageQuery } from '../simulator.gql';
import type { WhatIfInput } from '../simulator-input';

/** Kept in this tab: a question of half an hour survives a reload. */
const KEPT_UNDER = 'jiyun.simulator';

/** 容量推演: what placement would do if these came. It holds nothing. */
export function SimulatorPage() {
  const { t } = useTranslation();
  const [{ data, error }, again] = useQuery({ query: SimulatorPageQuery });
  const [rows, setRows] = useState<WhatIfRow[]>(keptRows);
  const [asked, setAsked] = useState<{ lines: WhatIfInput } | null>(null);
  const [pasting, setPasting] = useState(false);
  useEffect(() => writeStored(sessionStorage, KEPT_UNDER, JSON.stringify(rows)), [rows]);
  const [answer, ask] = useQuery({
    query: SimulatePlacementQuery,
    variables: { input: asked ?? { lines: [] } },
    pause: asked === null,
    requestPolicy: 'network-only',
  });
  const words = useLineWords(data?.catalog);
  const { lines, errors } = inputOf(rows);
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
  const run = (next: WhatIfRow[]) => {
    setRows(next);
    setAsked({ lines: inputOf(next).lines });
  };
  const simulation = asked && answer.data ? readFragment(SimulationParts, answer.data.simulatePlacement) : null;
  // What was answered is about the rows as they were; a hint is taken only while they are the same.
  const same = asked !== null && JSON.stringify(asked.lines) === JSON.stringify(lines);
  const things = lines.reduce((sum, line) => sum + line.count, 0);
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
        <RowsTable rows={rows} choices={data} onChange={setRows} />
        <div className="jy-what-if-add">
          {KINDS.map((kind) => (
            <Button
              key={kind}
              size="small"
              icon={<PlusOutlined aria-hidden />}
              aria-label={t('simulator.addRow', { kind: t(`lineKind.${kind}`) })}
              onClick={() =>
                setRows([
                  ...rows,
                  newRow(
                    kind,
                    rows.findLast((row) => row.kind === kind),
                  ),
                ])
              }
            >
              {t(`lineKind.${kind}`)}
            </Button>
          ))}
        </div>
        <div className="jy-form-foot">
          <Button
            type="primary"
            disabled={errors.length > 0}
            loading={answer.fetching}
            onClick={() => {
              run(rows);
              ask({ requestPolicy: 'network-only' });
            }}
          >
            {t('simulator.run', { things: count(things), count: things })}
          </Button>
          <p className="jy-quiet-text">
            {errors[0]
              ? t('simulator.rowWrong', { row: errors[0].row, column: t(`simulator.column.${errors[0].column}`) })
              : t('simulator.nothingHeld')}
          </p>
        </div>
      </Panel>
      <div aria-live="polite" aria-busy={answer.fetching}>
        {answer.error && !answer.data && <FailureState failure={failureOf(answer.error)} onRetry={() => ask()} />}
        {!asked && <EmptyState title={t('simulator.none')}>{t('simulator.noneText')}</EmptyState>}
        {simulation && asked && (
          <Answer
            simulation={simulation}
            lines={asked.lines}
            words={asked.lines.map(words)}
            centers={data.centers}
            outdated={!same}
            onTake={(index, hint) => run(rows.map((row, at) => (at === index ? changed(row, hint) : row)))}
          />
        )}
      </div>
      {pasting && (
        <PasteDialog
          centers={data.centers}
          onRows={(machines) => setRows([...machines, ...rows.filter(({ kind }) => kind !== 'VM')])}
          onClose={() => setPasting(false)}
        />
      )}
    </>
  );
}

function keptRows(): WhatIfRow[] {
  try {
    const kept = JSON.parse(readStored(sessionStorage, KEPT_UNDER) ?? 'null') as WhatIfRow[] | null;
    const known = Array.isArray(kept) ? kept.filter(({ kind }) => KINDS.includes(kind)) : [];
    return known.length > 0 ? known.map((row) => newRow(row.kind, row)) : [newRow('VM')];
  } catch {
    return [newRow('VM')];
  }
}
