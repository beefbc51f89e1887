import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { count, decimal, gibOfMib, sizedName } from '../../../lib/quantity';
import type { KeyPaging } from '../../../lib/use-key-paging';
import { debtStates } from '../../../ui/debt-states';
import { KeyPages } from '../../../ui/KeyPages';
import { Money } from '../../../ui/Money';
import { Panel } from '../../../ui/Panel';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { type Line, wordKey } from '../request-line';
import { RequestLines } from '../request-lines.gql';
import { useOfferMarks } from '../use-offer-marks';
import { CandidateTable } from './CandidateTable';
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
                × {count(line.count)} {line.service?.definition.unit ?? t(`lineUnit.${line.kind}`)}
              </span>
              <span className="jy-line-cost">
                <Money fen={line.monthlyCost} />
                <span className="jy-quiet-text"> {t('request.perMonth')}</span>
              </span>
            </div>
            <GivenBack line={line} onGiveBack={() => setGivingBack(line)} />
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

/** A service, or places: since when they are given back, or the way to do so. */
function GivenBack({ line, onGiveBack }: { line: Line; onGiveBack: () => void }) {
  const { t } = useTranslation();
  if (line.endedAt)
    return (
      <p className="jy-quiet-text">
        {t('giveBack.since')} <Time at={line.endedAt} exact />
      </p>
    );
  if (!line.mayGiveBack) return null;
  return (
    <p>
      <Button size="small" aria-label={`${t('giveBack.act')} ${line.name}`} onClick={onGiveBack}>
        {t('giveBack.act')}
      </Button>
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
          {relations
            .map(({ kind, scope, line: name }) => t(`requestForm.relation.${kind}_${scope}`, { name }))
            .join('；')}
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
          {[`${cores}C`, `${gibOfMib(memoryMib)} GiB`, disks, accelerators].filter(Boolean).join(' · ')}
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
            <ShareRow key={share.share} share={share} debt={line.drDebts.find((debt) => debt.share === share.share)} />
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
          <span className="jy-quiet-text">{t('request.notPlaced')}</span>
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
