import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

type Props = {
  /** As it is typed, Shanghai's time; empty = now. */
  value: string;
  onChange: (value: string) => void;
};

/** The moment that a cabinet is looked at. */
export function PastPicker({ value, onChange }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(value);
  return (
    <form
      className="jy-rack-past jy-no-print"
      onSubmit={(event) => {
        event.preventDefault();
        onChange(typed);
      }}
    >
      <label className="jy-inline-label">
        {t('space.past')}{' '}
        <input
          className="jy-date-input"
          type="datetime-local"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      <Button htmlType="submit" disabled={typed === ''}>
        {t('space.pastAt')}
      </Button>
      {value !== '' && (
        <Button
          onClick={() => {
            setTyped('');
            onChange('');
          }}
        >
          {t('space.now')}
        </Button>
      )}
    </form>
  );
}

/** The province keeps one calendar: what is typed is Shanghai's time, wherever the browser stands. null = no moment. */
export function momentOf(local: string): string | null {
  const at = new Date(`${local}:00+08:00`);
  return local === '' || Number.isNaN(at.getTime()) ? null : at.toISOString();
}
