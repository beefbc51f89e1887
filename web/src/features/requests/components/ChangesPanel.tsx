import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import type { KeyPaging } from '../../../lib/use-key-paging';
import { KeyPages } from '../../../ui/KeyPages';
import { Money } from '../../../ui/Money';
import { Panel } from '../../../ui/Panel';
import { Time } from '../../../ui/Time';
import { type Line, wordKey } from '../request-line';
import { RequestLines } from '../request-lines.gql';
import { ChangedAnswers } from './ChangedAnswers';
import { ChangedSizes } from './ChangedSizes';
import { ShareRow, Why } from './LinesPanel';
import { placeRows } from './place-rows';

type Change = Line['changes'][number];

type Props = {
  request: FragmentOf<typeof RequestLines>;
  /** What the questions of services and their choices are called. */
  words: ReadonlyMap<string, string>;
  paging: KeyPaging;
};

/** Of a change request, line by line: what each machine was and becomes, and how far that has come. */
export function ChangesPanel({ request, words, paging }: Props) {
  const { t } = useTranslation();
  const { linePage } = readFragment(RequestLines, request);
  return (
    <Panel title={t('change.lines')}>
      <ol className="jy-lines" start={paging.from}>
        {linePage.nodes.map((line) => (
          <li key={line.id}>
            <div className="jy-line-head">
              <span className="jy-mark">{t('change.mark')}</span>
              <span className="jy-strong">{line.name}</span>
              {offerOf(line) && <span>{offerOf(line)}</span>}
              <span className="jy-line-cost">
                <Money signed fen={line.monthlyCost} />
                <span className="jy-quiet-text"> {t('change.perMonthMore')}</span>
              </span>
            </div>
            {!line.service && <Modes line={line} />}
            <PlaceChange line={line} />
            {line.service && <ServiceChange line={line} words={words} />}
            {line.changes.length > 0 && (
              <ChangedSizes
                label={t('change.nowAndThen', { name: line.name })}
                rows={line.changes.map((change) => ({
                  id: change.id,
                  name: <Machine change={change} />,
                  center: change.resource?.center ?? null,
                  from: change.from,
                  to: change.to,
                  state: <Progress change={change} />,
                }))}
              />
            )}
            {line.shares.length > 0 && (
              <ul className="jy-shares" aria-label={t('change.newShares')}>
                {line.shares.map((share) => (
                  <ShareRow
                    key={share.share}
                    share={share}
                    debt={line.drDebts.find((debt) => debt.share === share.share)}
                  />
                ))}
              </ul>
            )}
            <Why line={line} />
          </li>
        ))}
      </ol>
      <KeyPages label={t('change.lines')} page={linePage} shown={linePage.nodes.length} paging={paging} />
    </Panel>
  );
}

const offerOf = ({ vm, cabinet, server }: Line) => (vm ?? cabinet ?? server)?.offer.name;

function ServiceChange({ line, words }: { line: Line; words: Props['words'] }) {
  const { t } = useTranslation();
  const { service, fromCount, fromAnswers } = line;
  if (!service) return null;
  const { definition } = service;
  const word = (key: string, value: string) => words.get(wordKey(definition.id, key, value)) ?? value;
  return (
    <>
      <ChangedAnswers
        label={t('change.nowAndThen', { name: line.name })}
        rows={[
          {
            key: 'count',
            label: t('change.quantity'),
            from: count(fromCount ?? line.count),
            to: count(line.count),
          },
          ...service.answers.map(({ key, value }) => ({
            key,
            label: words.get(wordKey(definition.id, key, '')) ?? key,
            from: word(key, fromAnswers.find((one) => one.key === key)?.value ?? ''),
            to: word(key, value),
          })),
        ]}
      />
      {line.fulfilledAt && (
        <p className="jy-quiet-text">
          {t('change.state.DONE')} <Time at={line.fulfilledAt} /> {line.evidence}
        </p>
      )}
    </>
  );
}

/** What each place had and gets, and since when it has it. */
function PlaceChange({ line }: { line: Line }) {
  const { t } = useTranslation();
  const { cabinet, fromPlace, fulfilledAt, evidence } = line;
  if (!cabinet && !line.server) return null;
  return (
    <>
      {cabinet && fromPlace && (
        <ChangedAnswers label={t('change.nowAndThen', { name: line.name })} rows={placeRows(t, fromPlace, cabinet)} />
      )}
      {fulfilledAt && (
        <p className="jy-quiet-text">
          {t('change.state.DONE')} <Time at={fulfilledAt} /> {evidence}
        </p>
      )}
    </>
  );
}

function Modes({ line: { localMode, remoteMode, fromLocalMode, fromRemoteMode } }: { line: Line }) {
  const { t } = useTranslation();
  const now = `${t(`localMode.${localMode}`)} · ${t(`remoteMode.${remoteMode}`)}`;
  if (!fromLocalMode || !fromRemoteMode) return <p className="jy-quiet-text">{now}</p>;
  const before = `${t(`localMode.${fromLocalMode}`)} · ${t(`remoteMode.${fromRemoteMode}`)}`;
  return (
    <p className={before === now ? 'jy-quiet-text' : undefined}>
      {before === now ? now : t('change.modes', { before, now })}
    </p>
  );
}

function Machine({ change: { resource } }: { change: Change }) {
  return resource ? <Link to={routes.resource(resource.id)}>{resource.name}</Link> : <>–</>;
}

function Progress({ change: { what, state, doneAt, resource } }: { change: Change }) {
  const { t } = useTranslation();
  return (
    <>
      {what !== 'RESIZE' && <span className="jy-mark">{t(`change.what.${what}`)}</span>}{' '}
      {state === 'UNDERWAY' && resource ? resource.statusText : t(`change.state.${state}`)}{' '}
      {doneAt && <Time at={doneAt} />}
    </>
  );
}
