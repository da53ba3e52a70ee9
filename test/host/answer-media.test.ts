import { describe, expect, it } from 'vitest';
import { AnnealError } from '../../src/base/errors.ts';
import type { MediaFile, MediaSource } from '../../src/engine/media/media-source.ts';
import { answerMedia } from '../../src/host/answer-media.ts';

const file: MediaFile = {
  bytes: new Uint8Array([1, 2, 3]),
  contentType: 'image/webp',
  sha256: 'abcdef01'.padEnd(64, '0'),
};

function source(error?: Error) {
  const asked: unknown[] = [];
  const give = async ({ signal: _signal, ...request }: { signal?: AbortSignal | undefined }): Promise<MediaFile> => {
    asked.push(request);
    if (error) throw error;
    return file;
  };
  return { asked, media: { thumbnail: give, picture: give } satisfies MediaSource };
}

describe('answerMedia', () => {
  it('gives a thumbnail that may be kept for ever when the address names its content', async () => {
    const { media, asked } = source();
    const address = 'media/thumbnail?dataset=3&path=r%C3%B3se%2F1.jpg&size=256&v=abcdef01';
    const answer = await answerMedia(media, address);
    expect(asked).toEqual([{ dataset: '3', path: 'róse/1.jpg', size: 256 }]);
    expect(answer).toEqual({
      status: 200,
      headers: {
        'content-type': 'image/webp',
        'content-length': '3',
        'cache-control': 'private, max-age=31536000, immutable',
      },
      body: file.bytes,
    });
  });

  it.each(['', '&v=', '&v=00000000'])(
    'lets nobody keep a picture whose address does not name its content (%j)',
    async (v) => {
      const answer = await answerMedia(source().media, `/media/picture?dataset=3&path=a.jpg${v}`);
      expect(answer).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } });
    },
  );

  it.each([
    '/media/other?dataset=1&path=a',
    '/media/thumbnail?dataset=1&path=a',
    '/media/thumbnail?dataset=1&path=a&size=100',
    '/media/thumbnail?dataset=x&path=a&size=128',
    '/media/picture?dataset=1',
    '/media/picture?dataset=1&path=a&extra=1',
  ])('asks the engine nothing for a malformed address: %s', async (address) => {
    const { media, asked } = source();
    expect(await answerMedia(media, address)).toMatchObject({ status: 400, body: null });
    expect(asked).toEqual([]);
  });

  it.each([
    [new AnnealError('dataset.unknown'), 404],
    [new AnnealError('media.unknownPicture'), 404],
    [new AnnealError('media.outside'), 403],
    [new AnnealError('data.unreadable'), 422],
    [new Error('defect'), 500],
  ])('answers %s with %i', async (error, status) => {
    const answer = await answerMedia(source(error).media, '/media/picture?dataset=1&path=a');
    expect(answer).toEqual({ status, headers: {}, body: null });
  });

  it('answers nothing where nobody waits', async () => {
    const abort = new AbortController();
    abort.abort();
    const { media } = source(new Error('aborted'));
    expect(await answerMedia(media, '/media/picture?dataset=1&path=a', abort.signal)).toBeNull();
  });
});
