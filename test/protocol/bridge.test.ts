import { describe, expect, it } from 'vitest';
import { isAllowedLink } from '../../src/protocol/bridge.ts';

describe('isAllowedLink', () => {
  it.each(['https://arxiv.org/abs/1704.00109', 'https://www.tensorflow.org/', 'https://github.com/a/b#c'])(
    'allows %s',
    (address) => expect(isAllowedLink(address)).toBe(true),
  );

  it.each([
    'http://arxiv.org/abs/1704.00109',
    'https://arxiv.org.example.com/',
    'https://evil.arxiv.org/',
    'https://arxiv.org@example.com/',
    'https://user:word@arxiv.org/',
    'https://arxiv.org:8443/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'anneal://app/index.html',
    'arxiv.org',
    '',
  ])('refuses %j', (address) => expect(isAllowedLink(address)).toBe(false));
});
