import { Button, type ButtonProps } from 'antd';
import { type ReactNode, useId } from 'react';
import { useNotice } from './notice';

type Props = {
  /** Why it cannot be pressed now; null = it can. */
  disabledReason: string | null | undefined;
  onPress: () => void;
  children: ReactNode;
} & Pick<ButtonProps, 'type' | 'danger' | 'loading' | 'icon'>;

/** A button that stays reachable while it is disabled, so that everyone can read why. */
export function ActionButton({ disabledReason, onPress, children, ...look }: Props) {
  const id = useId();
  const notice = useNotice();
  const disabled = Boolean(disabledReason);
  return (
    <span className="jy-action" title={disabledReason ?? undefined}>
      <Button
        {...look}
        type={disabled ? 'default' : look.type}
        danger={disabled ? false : look.danger}
        className={disabled ? 'jy-disabled' : undefined}
        aria-disabled={disabled}
        aria-describedby={disabled ? id : undefined}
        onClick={() => {
          // On a touch screen nothing hovers: pressing says why.
          if (disabledReason) notice(disabledReason, 'reason');
          else onPress();
        }}
      >
        {children}
      </Button>
      {disabled && (
        <span id={id} className="jy-sr-only">
          {disabledReason}
        </span>
      )}
    </span>
  );
}
