import { Button } from 'antd';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { Panel } from '../../../ui/Panel';
import type { RequestContent } from '../request-form.gql';
import { LinesTable } from './LinesTable';

type Props = {
  draft: { id: string; version: number };
  /** The tables that the lines fill: of a kind, and of services each its own. */
  sets: ResultOf<typeof RequestContent>['lineSets'];
  /** Lines went or changed places. */
  onChanged: () => void;
  /** Whether something typed is not in the draft yet. */
  onPending: (pending: boolean) => void;
};

/** The lines of a draft that is too long for one form, as tables: typed over cell by cell, taken out, moved up. */
export function ManyLines({ draft, sets, onChanged, onPending }: Props) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const [held, setHeld] = useState(false);
  const tell = useCallback(
    (pending: boolean) => {
      setHeld(pending);
      onPending(pending);
    },
    [onPending],
  );
  const keyed = sets.map((set) => ({ ...set, key: `${set.kind} ${set.serviceId ?? ''}` }));
  const shown = keyed.find(({ key }) => key === chosen) ?? keyed[0];
  const all = sets.reduce((sum, { lineCount }) => sum + lineCount, 0);
  return (
    <Panel
      title={t('request.lines')}
      aside={<span className="jy-quiet-text">{t('request.lineCount', { lines: count(all) })}</span>}
    >
      {keyed.length > 1 && (
        // biome-ignore lint/a11y/useSemanticElements: a choice among buttons, not a group of form fields.
        <div className="jy-line-sets" role="group" aria-label={t('batch.kind')}>
          {keyed.map(({ key, kind, serviceName, lineCount }) => (
            <Button
              key={key}
              aria-pressed={key === shown?.key}
              disabled={held && key !== shown?.key}
              onClick={() => setChosen(key)}
            >
              {serviceName ?? t(`lineKind.${kind}`)} <span className="jy-number">{count(lineCount)}</span>
            </Button>
          ))}
        </div>
      )}
      {shown && (
        <LinesTable
          key={shown.key}
          draft={draft}
          table={shown}
          last={all === 1}
          onChanged={onChanged}
          onPending={tell}
        />
      )}
    </Panel>
  );
}
