import type { ComponentType } from 'react';

type Tone = 'quiet' | 'waiting' | 'moving' | 'good' | 'bad';
export type StateLook = { tone: Tone; icon: ComponentType<{ 'aria-hidden'?: boolean }> };

/** A state is an icon, a word and a colour, so that none of the three has to be seen. */
export function StateTag({ look, word }: { look: StateLook; word: string }) {
  const Icon = look.icon;
  return (
    <span className={`jy-state jy-tone-${look.tone}`}>
      <Icon aria-hidden />
      <span>{word}</span>
    </span>
  );
}
