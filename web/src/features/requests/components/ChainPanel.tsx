import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  ExclamationCircleOutlined,
  FieldTimeOutlined,
  MinusCircleOutlined,
  PaperClipOutlined,
  RollbackOutlined,
} from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { ApprovalStepState } from '../../../graphql/enums';
import { type FragmentOf, type ResultOf, readFragment } from '../../../graphql/tada';
import { Panel } from '../../../ui/Panel';
import { type StateLook, StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import { RequestChain } from '../requests.gql';

type Round = ResultOf<typeof RequestChain>['rounds'][number];
type Step = Round['steps'][number];
type Seat = Step['seats'][number];

const looks = {
  WAITING: { tone: 'quiet', icon: ClockCircleOutlined },
  CURRENT: { tone: 'waiting', icon: FieldTimeOutlined },
  APPROVED: { tone: 'good', icon: CheckCircleOutlined },
  RETURNED: { tone: 'bad', icon: RollbackOutlined },
  REJECTED: { tone: 'bad', icon: CloseCircleOutlined },
  CANCELLED: { tone: 'quiet', icon: MinusCircleOutlined },
} satisfies Record<ApprovalStepState, StateLook>;
const OVERDUE: StateLook = { tone: 'bad', icon: ExclamationCircleOutlined };

/** The chain that the request takes: of each step who has it, since when, until when, and what was said. */
export function ChainPanel({ request: masked }: { request: FragmentOf<typeof RequestChain> }) {
  const { t } = useTranslation();
  const { rounds } = readFragment(RequestChain, masked);
  const now = rounds.at(-1);
  const past = rounds.slice(0, -1).toReversed();
  if (!now) return null;
  return (
    <Panel title={t('chain.title')} aside={<span className="jy-quiet-text">{now.chainTitle}</span>}>
      <Steps round={now} />
      {past.map((round) => (
        <details key={round.id} className="jy-chain-past">
          <summary>
            {t('chain.pastRound', { number: round.number, state: t(`chain.roundState.${round.state}`) })}{' '}
            <Time at={round.endedAt} />
          </summary>
          <Steps round={round} />
        </details>
      ))}
    </Panel>
  );
}

function Steps({ round }: { round: Round }) {
  // Steps that nobody came to say nothing once the round is over.
  const shown = round.steps.filter(({ state }) => round.state === 'RUNNING' || state !== 'CANCELLED');
  return (
    <ol className="jy-timeline jy-chain">
      {shown.map((step) => (
        <StepItem key={step.id} step={step} />
      ))}
    </ol>
  );
}

function StepItem({ step }: { step: Step }) {
  const { t } = useTranslation();
  const current = step.state === 'CURRENT';
  return (
    <li data-now={current}>
      <div className="jy-timeline-head">
        <span className="jy-strong">{step.title}</span>
        <StateTag
          look={step.overdue ? OVERDUE : looks[step.state]}
          word={t(step.overdue ? 'chain.overdue' : `chain.stepState.${step.state}`)}
        />
      </div>
      {step.addedBy && <p className="jy-quiet-text">{t('chain.addedBy', { name: step.addedBy })}</p>}
      <Term step={step} />
      <ul className="jy-chain-seats">
        {step.seats.map((seat, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the seats of a step are counted and never change places.
          <SeatItem key={index} seat={seat} open={current} />
        ))}
      </ul>
    </li>
  );
}

function Term({ step }: { step: Step }) {
  const { t } = useTranslation();
  const { since, dueAt, escalatedAt, waitedWorkingDays, reminders } = step;
  if (!since)
    return (
      <p className="jy-quiet-text">
        {t('chain.term', { days: step.deadlineWorkingDays })}
        {step.holdsCapacity && ` · ${t('chain.holds')}`}
        {step.needsFile && ` · ${t('chain.needsFile')}`}
        {step.needsSeal && ` · ${t('chain.needsSeal')}`}
      </p>
    );
  return (
    <>
      <p className="jy-quiet-text">
        {t('chain.since')} <Time at={since} />
        {dueAt && (
          <>
            {' · '}
            {t('chain.due')} <Time at={dueAt} exact />
          </>
        )}
        {waitedWorkingDays !== null && ` · ${t('chain.waited', { days: waitedWorkingDays })}`}
        {reminders > 0 && ` · ${t('chain.reminded', { times: reminders })}`}
      </p>
      {escalatedAt && (
        <p className="jy-quiet-text">
          {t('chain.escalated', { role: t(`role.${step.escalatesTo}`) })} <Time at={escalatedAt} />
        </p>
      )}
    </>
  );
}

function SeatItem({ seat, open }: { seat: Seat; open: boolean }) {
  const { t } = useTranslation();
  const roles = seat.roles.map((role) => t(`role.${role}`)).join(t('chain.or'));
  if (!seat.verdict)
    return (
      <li className={open ? undefined : 'jy-quiet-text'}>
        {seat.personName
          ? t('chain.waitsForPerson', { name: seat.personName, roles: roles || t('chain.addedPerson') })
          : roles}
      </li>
    );
  return (
    <li>
      <div className="jy-timeline-head">
        <span>
          {t(`chain.verdict.${seat.verdict}`)} · {seat.decidedBy}
          {seat.onBehalfOf && t('chain.onBehalfOf', { name: seat.onBehalfOf })}
          {seat.decidedRole && <span className="jy-quiet-text"> {t(`role.${seat.decidedRole}`)}</span>}
        </span>
        <Time at={seat.decidedAt} />
      </div>
      {seat.opinion && <blockquote className="jy-opinion">{seat.opinion}</blockquote>}
      {seat.fileUrl && (
        <a href={seat.fileUrl} download>
          <PaperClipOutlined aria-hidden /> {seat.fileName}
        </a>
      )}
    </li>
  );
}
