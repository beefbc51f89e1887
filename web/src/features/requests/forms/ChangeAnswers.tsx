import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { count } from '../../../lib/quantity';
import { Money } from '../../../ui/Money';
import { ChangedAnswers } from '../components/ChangedAnswers';
import { ChangedSizes } from '../components/ChangedSizes';
import { placeRows } from '../components/place-rows';
import {
  answersOf,
  type ChangeDraft,
  type ChangeGroup,
  type ChangeService,
  type ChangeThings,
  type GroupDraft,
  type ServiceWish,
  sizeAfter,
  type ThingsDraft,
} from './change-draft';
import type { Choices } from './line-draft';
import type { ChangePreview, ResizeWays } from './use-preview-change';

type Props = {
  groups: readonly ChangeGroup[];
  services: readonly ChangeService[];
  things: readonly ChangeThings[];
  draft: ChangeDraft;
  choices: Choices;
  /** null = no vCPU or memory changes. */
  ways: ResizeWays | null;
  /** Of each line of the wish, which group of the form it is. */
  numbers: readonly number[];
  preview: ChangePreview | null;
  onEdit: (field: string) => void;
};

/** Everything that will be sent, read back before it is, each with the way to its field. */
export function ChangeAnswers({ groups, services, things, draft, choices, ways, numbers, preview, onEdit }: Props) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const first = groups[0]?.resources[0] ?? services[0]?.request ?? things[0]?.request;
  return (
    <>
      <section className="jy-panel" aria-labelledby="check-title">
        <h2 id="check-title" ref={heading} tabIndex={-1}>
          {t('requestCheck.title')}
        </h2>
        <p className="jy-hint">{t('requestCheck.lead')}</p>
        <dl className="jy-answers">
          <div>
            <dt>{t('request.system')}</dt>
            <dd>{first?.system.name}</dd>
            <dd />
          </div>
          <div>
            <dt>{t('request.project')}</dt>
            <dd>{first?.project.name}</dd>
            <dd />
          </div>
          <div>
            <dt>{t('change.purpose')}</dt>
            <dd>{draft.purpose}</dd>
            <dd>
              <EditButton what={t('change.purpose')} onPress={() => onEdit('purpose')} />
            </dd>
          </div>
          {ways && (
            <div>
              <dt>{t('change.restart')}</dt>
              <dd>
                {t(
                  ways.restartCount === 0
                    ? 'change.restartNone'
                    : draft.restartAgreed
                      ? 'change.restartYes'
                      : 'change.restartNo',
                )}
              </dd>
              <dd>
                {ways.restartCount > 0 && (
                  <EditButton what={t('change.restart')} onPress={() => onEdit('restartAgreed')} />
                )}
              </dd>
            </div>
          )}
        </dl>
      </section>
      <section className="jy-panel" aria-labelledby="check-lines">
        <h2 id="check-lines">{t('change.lines')}</h2>
        <ol className="jy-lines">
          {numbers.map((number, line) => {
            const [group, wished] = [groups[number], draft.groups[number]];
            if (!group || !wished) {
              const [service, wish] = [services[number - groups.length], draft.services[number - groups.length]];
              const at = number - groups.length - services.length;
              const [thing, size] = [things[at], draft.things[at]];
              if (thing && size)
                return (
                  <ThingsAfter
                    key={number}
                    thing={thing}
                    wished={size}
                    fen={preview?.result.lines[line]?.monthlyCost}
                    onEdit={() => onEdit(`groups.${number}`)}
                  />
                );
              return service && wish ? (
                <ServiceAfter
                  key={number}
                  service={service}
                  wished={wish}
                  choices={choices}
                  fen={preview?.result.lines[line]?.monthlyCost}
                  onEdit={() => onEdit(`groups.${number}.count`)}
                />
              ) : null;
            }
            return (
              <li key={number}>
                <div className="jy-line-head">
                  <span className="jy-strong">{group.name}</span>
                  <span className="jy-line-cost">
                    <Money signed fen={preview?.result.lines[line]?.monthlyCost} />
                    <span className="jy-quiet-text"> {t('change.perMonthMore')}</span>
                  </span>
                </div>
                <ModesAfter group={group} wished={wished} />
                <ChangedSizes
                  label={t('change.nowAndThen', { name: group.name })}
                  rows={group.resources.map((machine) => ({
                    id: machine.id,
                    name: machine.name,
                    center: machine.center,
                    from: machine,
                    to: sizeAfter(machine, wished, choices),
                  }))}
                />
                <EditButton what={group.name} onPress={() => onEdit(`groups.${number}.offerId`)} />
              </li>
            );
          })}
        </ol>
      </section>
    </>
  );
}

type AfterProps = {
  service: ChangeService;
  wished: ServiceWish;
  choices: Choices;
  fen: string | null | undefined;
  onEdit: () => void;
};

function ServiceAfter({ service, wished, choices, fen, onEdit }: AfterProps) {
  const { t } = useTranslation();
  const { line } = service;
  const definition = choices.catalog.services.find(({ id }) => id === line.service?.offer.id)?.definition;
  const now = answersOf(service.answers);
  const word = (key: string, value: string): string =>
    definition?.fields.find((one) => one.key === key)?.choices.find((choice) => choice.value === value)?.label ?? value;
  return (
    <li>
      <div className="jy-line-head">
        <span className="jy-strong">{line.name}</span>
        <span>{line.service?.offer.name}</span>
        <span className="jy-line-cost">
          <Money signed fen={fen} />
          <span className="jy-quiet-text"> {t('change.perMonthMore')}</span>
        </span>
      </div>
      <ChangedAnswers
        label={t('change.nowAndThen', { name: line.name })}
        rows={[
          {
            key: 'count',
            label: t('change.quantity'),
            from: count(service.count),
            to: count(wished.count ?? service.count),
          },
          ...(definition?.fields ?? []).map(({ key, label }) => ({
            ...{ key, label },
            from: word(key, now[key] ?? ''),
            to: word(key, (wished.answers[key] ?? '').trim()),
          })),
        ]}
      />
      <EditButton what={line.name} onPress={onEdit} />
    </li>
  );
}

type ThingsAfterProps = {
  thing: ChangeThings;
  wished: ThingsDraft;
  fen: string | null | undefined;
  onEdit: () => void;
};

function ThingsAfter({ thing, wished, fen, onEdit }: ThingsAfterProps) {
  const { t } = useTranslation();
  const { line, size } = thing;
  return (
    <li>
      <div className="jy-line-head">
        <span className="jy-strong">{line.name}</span>
        <span>{(line.cabinet ?? line.server)?.offer.name}</span>
        <span className="jy-line-cost">
          <Money signed fen={fen} />
          <span className="jy-quiet-text"> {t('change.perMonthMore')}</span>
        </span>
      </div>
      <ModesAfter group={thing} wished={wished} />
      {size && (
        <ChangedAnswers
          label={t('change.nowAndThen', { name: line.name })}
          rows={placeRows(t, size, {
            heightUnits: wished.heightUnits ?? size.heightUnits,
            powerW: wished.powerW ?? size.powerW,
            weightKg: wished.weightKg ?? size.weightKg,
          })}
        />
      )}
      <EditButton what={line.name} onPress={onEdit} />
    </li>
  );
}

type Modes = Pick<GroupDraft, 'localMode' | 'remoteMode'>;

function ModesAfter({ group, wished }: { group: Modes; wished: Modes }) {
  const { t } = useTranslation();
  const words = ({ localMode, remoteMode }: Modes) =>
    `${t(`localMode.${localMode}`)} · ${t(`remoteMode.${remoteMode}`)}`;
  const [before, now] = [words(group), words(wished)];
  return (
    <p className={before === now ? 'jy-quiet-text' : undefined}>
      {before === now ? now : t('change.modes', { before, now })}
    </p>
  );
}

function EditButton({ what, onPress }: { what: string; onPress: () => void }) {
  const { t } = useTranslation();
  return (
    <Button type="link" size="small" onClick={onPress} aria-label={t('requestCheck.editOne', { what })}>
      {t('requestCheck.edit')}
    </Button>
  );
}
