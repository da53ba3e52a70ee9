import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as v from 'valibot';
import { AnnealError } from '../base/errors.ts';
import { thumbnailSizes, type MediaFile, type MediaSource } from '../engine/media/media-source.ts';

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));
/** `v`: the beginning of the picture's sha256; an address with it names one content for ever. */
const pictureQuery = v.strictObject({ dataset: text, path: text, v: v.optional(text) });
const thumbnailQuery = v.strictObject({
  ...pictureQuery.entries,
  size: v.pipe(v.string(), v.transform(Number), v.picklist(thumbnailSizes)),
});

export function addMediaRoutes(server: FastifyInstance, media: MediaSource): void {
  server.get('/media/thumbnail', async (request, reply) => {
    const { v: version, ...query } = parse(thumbnailQuery, request);
    return answer(reply, version, await media.thumbnail({ ...query, signal: whileWaiting(reply) }));
  });
  server.get('/media/picture', async (request, reply) => {
    const { v: version, ...query } = parse(pictureQuery, request);
    return answer(reply, version, await media.picture({ ...query, signal: whileWaiting(reply) }));
  });
}

function parse<S extends v.GenericSchema>(schema: S, request: FastifyRequest): v.InferOutput<S> {
  const parsed = v.safeParse(schema, request.query);
  if (!parsed.success) throw new AnnealError('host.badRequest', { detail: parsed.issues[0].message });
  return parsed.output;
}

/** A list that is scrolled fast asks for pictures that nobody sees any more. */
function whileWaiting(reply: FastifyReply): AbortSignal {
  const abort = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) abort.abort();
  });
  return abort.signal;
}

function answer(reply: FastifyReply, version: string | undefined, file: MediaFile): FastifyReply {
  const names = version !== undefined && version.length >= 8 && file.sha256.startsWith(version);
  if (names) reply.header('cache-control', 'private, max-age=31536000, immutable');
  return reply
    .type(file.contentType)
    .send(Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength));
}
