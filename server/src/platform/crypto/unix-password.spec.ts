import { describe, expect, it } from '@jest/globals';
import { unixPasswordHash } from './unix-password.js';

describe('SHA-512 crypt', () => {
  it.each([
    // Of Drepper's specification.
    [
      'Hello world!',
      'saltstringsaltst',
      10_000,
      '$6$rounds=10000$saltstringsaltst$OW1/O6BYHV6BcXZu8QVeXbDWra3Oeqh0sbHbbMCVNSnCM/UrjmM0Dp8vOuZeHBy/YTBmSK6H9qs/y3RnOaw5v.',
    ],
    [
      'the minimum number is still observed',
      'roundstoolow',
      1_000,
      '$6$rounds=1000$roundstoolow$kUMsbe306n21p9R.FRkW3IGn.S9NPN0x50YhH1xhLsPuWGsUSklZt58jaTfF4ZEQpyUNGc0dqbpBYYBaHHrsX.',
    ],
  ])('gives what crypt(3) gives for %j', (password, salt, rounds, hash) => {
    expect(unixPasswordHash(password, salt, rounds)).toBe(hash);
  });

  it('never twice the same', () => {
    expect(unixPasswordHash('x')).not.toBe(unixPasswordHash('x'));
  });
});
