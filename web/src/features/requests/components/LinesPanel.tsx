import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { count, decimal, gibOfMib, sizedName } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import type { KeyPaging } from '../../../lib/use-key-paging';
import { debtStates } from '../../../ui/debt-states';
import { KeyPages } from '../../../ui/KeyPages';
import { Money } from '../../../ui/Money';
import { Panel } from '../../../ui/Panel';
import { CandidateTable } from '../../../ui/placement/CandidateTable';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { type Line, relationWords, wordKey } from '../request-line';
import { RequestLines } from '../request-lines.gql';
import { useOfferMarks } from '../use-offer-marks';
import { ChangedSince } from './ChangedSince';
import { CheckList } from './CheckList';
import { GiveBackDialog } from './GiveBackDialog';

type Share = Line['shares'][number];

type Props = {
  request: FragmentOf<typeof RequestLines>;
  /** What a service's questions and the choices among its answers are called. */
  words: ReadonlyMap<string, string>;
  paging: KeyPaging;
};

/** What is asked for, line by line, and, once submitted, what of it stands in which center. */
export function LinesPanel({ request: masked, words, paging }: Props) {
  const { t } = useTranslation();
  const { linePage, version } = readFragment(RequestLines, masked);
  const lines = linePage.nodes;
  const [givingBack, setGivingBack] = useState<Line | null>(null);
  return (
    <Panel
      title={t('request.lines')}
      aside={<span className="jy-quiet-text">{t('request.lineCount', { lines: count(linePage.totalCount) })}</span>}
    >
      <ol className="jy-lines" start={paging.from}>
        {lines.map((line) => (
          <li key={line.id}>
            <div className="jy-line-head">
              <span className="jy-mark">{t(`lineKind.${line.kind}`)}</span>
              <span className="jy-strong">{line.name}</span>
              <span className="jy-number">
                × {count(line.count)}{' '}
                {line.service?.definition.unit ?? t(`lineUnit.${line.kind}`, { count: line.count })}
              </span>
              {line.beyondQuotaCount > 0 && (
                <span className="jy-quiet-text">
                  {t('budgetFit.beyondOfLine', { n: count(line.beyondQuotaCount) })}
                </span>
              )}
              <span className="jy-line-cost">
                <Money fen={line.monthlyCost} />
                <span className="jy-quiet-text"> {t('request.perMonth')}</span>
              </span>
            </div>
            <Leaving line={line} onGiveBack={() => setGivingBack(line)} />
            <Wanted line={line} words={words} />
            <ChangedSince line={line} words={words} />
            {line.kind !== 'SERVICE' && <Places line={line} />}
            <Why line={line} />
          </li>
        ))}
      </ol>
      <KeyPages label={t('request.lines')} page={linePage} shown={lines.length} paging={paging} />
      {givingBack && (givingBack.kind === 'SERVICE' || givingBack.kind === 'CABINET') && (
        <GiveBackDialog
          line={{ ...givingBack, kind: givingBack.kind }}
          version={version}
          onClose={() => setGivingBack(null)}
        />
      )}
    </Panel>
  );
}

/** A service, or places: since when they are given back, or the ways to it, the department's own and the center's. */
function Leaving({ line, onGiveBack }: { line: Line; onGiveBack: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  if (line.endedAt)
    return (
      <p className="jy-quiet-text">
        {t('giveBack.since')} <Time at={line.endedAt} exact />
      </p>
    );
  if (!line.mayGiveBack && !line.mayOpenReclaim && !line.reclaimCaseId) return null;
  return (
    <p className="jy-tags">
      {line.mayGiveBack && (
        <Button size="small" aria-label={`${t('giveBack.act')} ${line.name}`} onClick={onGiveBack}>
          {t('giveBack.act')}
        </Button>
      )}
      {line.mayOpenReclaim && (
        <Button
          size="small"
          aria-label={`${t('life.openCase')} ${line.name}`}
          onClick={() => void navigate(routes.newLineReclaimCase(line.id))}
        >
          {t('life.openCase')}
        </Button>
      )}
      {line.reclaimCaseId && <Link to={routes.reclaimCase(line.reclaimCaseId)}>{t('life.caseOpen')}</Link>}
    </p>
  );
}

/** How it stands to other lines, and why it stands where it does: the criteria, and the places that were compared. */
export function Why({ line: { relations, checks, candidates } }: { line: Line }) {
  const { t } = useTranslation();
  return (
    <>
      {relations.length > 0 && (
        <p className="jy-quiet-text">
          {relationWords(
            relations.map(({ line: name, ...one }) => ({ ...one, name })),
            t,
          )}
        </p>
      )}
      {checks.length > 0 && (
        <details>
          <summary>{t('placement.why')}</summary>
          <CheckList checks={checks} />
          {candidates.length > 0 && (
            <CandidateTable
              candidates={candidates}
              label={t('placement.candidates')}
              last={{ title: t('placement.taken'), of: ({ taken }) => (taken > 0 ? count(taken) : '–') }}
            />
          )}
        </details>
      )}
    </>
  );
}

/** What a line asks for, in the words of its kind. */
function Wanted({ line: { vm, server, cabinet, service }, words }: { line: Line } & Pick<Props, 'words'>) {
  const { t } = useTranslation();
  const marksOf = useOfferMarks();
  if (vm)
    return (
      <>
        <p>
          {sizedName(vm.offer.name, vm.offer.vcpu, vm.offer.memoryMib)}
          {marksOf(vm.offer).map((mark) => (
            <span key={mark} className="jy-mark">
              {mark}
            </span>
          ))}
        </p>
        <p className="jy-quiet-text">
          {vm.image.name} · {t(`tier.${vm.storageTier}`)} {count(vm.diskGib)} GiB · {t(`zone.${vm.zone}`)}
        </p>
      </>
    );
  if (server) {
    const { name, cores, memoryMib, disks, accelerator, acceleratorCount } = server.offer;
    const accelerators = accelerator && `${accelerator} × ${acceleratorCount}`;
    return (
      <>
        <p>{name}</p>
        <p className="jy-quiet-text">
          {[`${cores}C`, `${gibOfMib(memoryMib)} GiB`, disks, accelerators, server.image?.name]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </>
    );
  }
  if (cabinet)
    return (
      <>
        <p>{cabinet.offer.name}</p>
        <p className="jy-quiet-text">
          {decimal(cabinet.heightUnits)} U · {count(cabinet.powerW)} W · {decimal(cabinet.weightKg)} kg ·{' '}
          {t(`zone.${cabinet.offer.zone}`)}
          {cabinet.apart && ` · ${t('requestLine.apartPlaces')}`}
        </p>
      </>
    );
  if (!service) return null;
  return (
    <>
      <p>{service.offer.name}</p>
      <dl className="jy-line-answers">
        {service.answers.map(({ key, value }) => (
          <div key={key}>
            <dt>{words.get(wordKey(service.definition.id, key, '')) ?? key}</dt>
            <dd>{words.get(wordKey(service.definition.id, key, value)) ?? value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** The line's modes and, once submitted, its shares center by center. */
function Places({ line }: { line: Line }) {
  const { t } = useTranslation();
  return (
    <>
      <p className="jy-quiet-text">
        {t(`localMode.${line.localMode}`)} · {t(`remoteMode.${line.remoteMode}`)}
      </p>
      {line.shares.length > 0 ? (
        <ul className="jy-shares">
          {line.shares.map((share) => (
            <ShareRow
              key={`${share.share} ${share.center?.id}`}
              share={share}
              debt={line.drDebts.find((debt) => debt.share === share.share)}
            />
          ))}
          {line.placements.length > 0 && (
            <li className="jy-line-place">
              {line.placements.map((placement) => (
                <span key={placement.pool.id} className="jy-code">
                  {placement.pool.code} × {count(placement.count)}
                </span>
              ))}
            </li>
          )}
        </ul>
      ) : (
        <p className="jy-line-place">
          {line.center && <CenterMark role={line.center.role} name={line.center.name} />}
          {line.kind !== 'SERVICE' && <span className="jy-quiet-text">{t(`request.notPlaced.${line.kind}`)}</span>}
        </p>
      )}
    </>
  );
}

/** A share that is owed, or was, says so: it is never as good as one that stands. */
export function ShareRow({ share, debt }: { share: Share; debt?: Line['drDebts'][number] | undefined }) {
  const { t } = useTranslation();
  return (
    <li>
      <span>
        {share.center ? <CenterMark role={share.center.role} name={share.center.name} /> : t('previewMore.noCenter')}
      </span>
      <span>
        {t(`shareName.${share.share}`)} · {t(`standing.${share.standing}`)}
        <span className="jy-number"> × {count(share.count)}</span>
      </span>
      <span className="jy-tags">
        {share.owed && <span className="jy-mark jy-mark-stale">{t('previewMore.verdict.owed')}</span>}
        {debt && <StateTag look={debtStates[debt.state]} word={t(`drDebt.state.${debt.state}`)} />}
        {debt?.dueOn && <span className="jy-quiet-text jy-number">{t('drDebt.opensOn', { day: debt.dueOn })}</span>}
      </span>
      <span className="jy-line-cost">
        <Money fen={share.monthlyCost} />
      </span>
    </li>
  );
}
