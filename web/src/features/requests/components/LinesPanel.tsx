import { useTranslation } from 'react-i18next';
import { type FragmentOf, type ResultOf, readFragment } from '../../../graphql/tada';
import { count, decimal, gibOfMib, sizedName } from '../../../lib/quantity';
import { Money } from '../../../ui/Money';
import { Panel } from '../../../ui/Panel';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { RequestLines } from '../requests.gql';
import { useOfferMarks } from '../use-offer-marks';
import { CandidateTable } from './CandidateTable';
import { CheckList } from './CheckList';

export type Line = ResultOf<typeof RequestLines>['lines'][number];
type Share = Line['shares'][number];

type Props = {
  request: FragmentOf<typeof RequestLines>;
  /** What a service's questions and the choices among its answers are called. */
  words: ReadonlyMap<string, string>;
};

/** Where a question (without a value) and one of its choices are kept. */
export const wordKey = (definitionId: string, field: string, value: string): string =>
  `${definitionId} ${field} ${value}`;

/** What is asked for, line by line, and, once submitted, what of it stands in which center. */
export function LinesPanel({ request: masked, words }: Props) {
  const { t } = useTranslation();
  const { lines } = readFragment(RequestLines, masked);
  return (
    <Panel title={t('request.lines')}>
      <ol className="jy-lines">
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
            <Wanted line={line} words={words} />
            {line.kind !== 'SERVICE' && <Places line={line} />}
            <Why line={line} />
          </li>
        ))}
      </ol>
    </Panel>
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
            <ShareRow key={share.share} share={share} />
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

export function ShareRow({ share }: { share: Share }) {
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
      <span>{share.owed && <span className="jy-mark jy-mark-stale">{t('previewMore.verdict.owed')}</span>}</span>
      <span className="jy-line-cost">
        <Money fen={share.monthlyCost} />
      </span>
    </li>
  );
}
