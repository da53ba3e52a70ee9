import type { FastifyInstance, FastifyReply } from 'fastify';
import type { MediaSource } from '../engine/media/media-source.ts';
import { answerMedia } from './answer-media.ts';

export function addMediaRoutes(server: FastifyInstance, media: MediaSource): void {
  server.get('/media/:kind', async (request, reply) => {
    const answer = await answerMedia(media, request.url, whileWaiting(reply));
    // Nobody is there to answer.
    if (answer === null) return reply.hijack();
    reply.code(answer.status).headers(answer.headers);
    return answer.body === null ? reply.send() : reply.send(bufferOf(answer.body));
  });
}

/** A list that is scrolled fast asks for pictures that nobody sees any more. */
function whileWaiting(reply: FastifyReply): AbortSignal {
  const abort = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) abort.abort();
  });
  return abort.signal;
}

/** The same bytes, as fastify sends them. */
function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
