import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { drillItems, drillNotYet as notYet } from '../../../ui/drill-states';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import { clockText, itemText } from '../drill-words';
import { type Drill, PressItemMutation } from '../drills.gql';
import { SayDialog } from './SayDialog';

type Item = Drill['items'][number];

/** 演练清单: in its order, each with its limit and how long it took; who may tick what is at hand has the buttons there. */
export function CheckList({ drill, now }: { drill: Drill; now: number }) {
  const { t } = useTranslation();
  const { busy, send } = useOutcome(PressItemMutation);
  const [asked, setAsked] = useState<{ item: Item; done: boolean } | null>(null);
  const press = async (item: Item, done: boolean, note: string) => {
    const wish = { id: drill.id, expectedVersion: drill.version, number: item.number, done, note };
    return (await send(wish)).errors;
  };
  return (
    <>
      <ol className="jy-drill-list">
        {drill.items.map((item) => (
          <li key={item.number} className={item.begunAt && item.state !== 'DONE' ? 'jy-drill-now' : undefined}>
            <div className="jy-drill-what">
              <strong>{itemText(t, item)}</strong>
              {item.mark && <span className="jy-mark">{item.mark}</span>}
              <div className="jy-quiet-text">
                {t(`drill.itemKind.${item.kind}`)} · {t('drill.within', { limit: clockText(item.limitSeconds) })}
                {item.doneBy && ` · ${item.doneBy}`}
              </div>
              {item.note && <div className="jy-wrap-anywhere">{item.note}</div>}
            </div>
            <div className="jy-drill-state">
              <StateTag
                look={item.begunAt || item.state !== 'WAITING' ? drillItems[item.state] : notYet}
                word={t(item.begunAt || item.state !== 'WAITING' ? `drill.itemState.${item.state}` : 'drill.notYet')}
              />
              {item.begunAt && (
                <span className={item.late ? 'jy-number jy-drill-late' : 'jy-number'}>
                  {clockText(tookOf(item, now))}
                  {item.late && ` · ${t('drill.late')}`}
                </span>
              )}
              {item.doneAt && <Time at={item.doneAt} exact />}
            </div>
            {item.mayPress && (
              <div className="jy-drill-acts">
                <Button type="primary" onClick={() => setAsked({ item, done: true })}>
                  {t(item.kind === 'OWNER' ? 'drill.verified' : 'drill.tick')}
                </Button>
                <Button danger onClick={() => setAsked({ item, done: false })}>
                  {t(item.kind === 'OWNER' ? 'drill.notVerified' : 'drill.failed')}
                </Button>
              </div>
            )}
          </li>
        ))}
      </ol>
      {asked && (
        <SayDialog
          title={itemText(t, asked.item)}
          label={t(asked.done ? 'drill.note' : 'drill.whyFailed')}
          submit={t(asked.done ? 'drill.tick' : 'drill.failed')}
          danger={!asked.done}
          optional={asked.done}
          busy={busy}
          field="note"
          onSay={(note) => press(asked.item, asked.done, note)}
          onClose={() => setAsked(null)}
        >
          <p>{t(asked.done ? 'drill.tickText' : 'drill.failText')}</p>
        </SayDialog>
      )}
    </>
  );
}

function tookOf({ begunAt, doneAt }: Item, now: number): number {
  const begun = begunAt ? Date.parse(begunAt) : now;
  return Math.max(0, Math.ceil(((doneAt ? Date.parse(doneAt) : now) - begun) / 1_000));
}
